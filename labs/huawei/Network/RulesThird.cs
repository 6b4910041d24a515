using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Network;

/// <summary>Rules of v3: ports as text, allow and deny, a priority that is text in requests and a number in replies.</summary>
internal static partial class RulesThird
{
    public static Reply Create(Call call)
    {
        var rule = Draft(call, call.Section("security_group_rule", "VPC.0602"));
        Rules.Add(call, rule);
        return new Reply(
            201,
            new JsonObject { ["request_id"] = call.RequestId, ["security_group_rule"] = View(call.Cloud, rule) }
        );
    }

    public static Reply CreateMany(Call call)
    {
        var group = Groups.Find(call, call.Id);
        var made = new List<Rule>();
        foreach (var asked in call.Body.List("security_group_rules"))
        {
            var mine = (JsonObject)asked.DeepClone();
            mine["security_group_id"] = group.Id;
            var rule = Draft(call, mine);
            if (group.Rules.Contains(rule) && call.Body.Flag("ignore_duplicate"))
            {
                continue;
            }

            Rules.Add(call, rule);
            made.Add(rule);
        }

        return new Reply(
            201,
            new JsonObject
            {
                ["request_id"] = call.RequestId,
                ["security_group_rules"] = Json.Array(made.Select(rule => View(call.Cloud, rule))),
            }
        );
    }

    public static Reply List(Call call)
    {
        var shown = Rules.All(call).ToList();
        return Reply.Ok(
            new JsonObject
            {
                ["request_id"] = call.RequestId,
                ["security_group_rules"] = Json.Array(shown.Select(rule => View(call.Cloud, rule))),
                ["page_info"] = new JsonObject { ["current_count"] = shown.Count },
            }
        );
    }

    public static Reply Show(Call call) =>
        Reply.Ok(
            new JsonObject
            {
                ["request_id"] = call.RequestId,
                ["security_group_rule"] = View(call.Cloud, Rules.Find(call)),
            }
        );

    public static JsonObject View(Cloud cloud, Rule rule) =>
        new()
        {
            ["id"] = rule.Id,
            ["description"] = rule.Description,
            ["security_group_id"] = rule.Group,
            ["direction"] = rule.Direction,
            ["protocol"] = rule.Protocol,
            ["ethertype"] = rule.EtherType,
            ["multiport"] = rule.Ports,
            ["action"] = rule.Action,
            ["priority"] = rule.Priority,
            ["remote_group_id"] = rule.RemoteGroup,
            ["remote_ip_prefix"] = rule.RemoteCidr,
            ["remote_address_group_id"] = null,
            ["enabled"] = rule.Enabled,
            ["project_id"] = cloud.Options.ProjectId,
            ["created_at"] = Json.Seconds(rule.Created),
            ["updated_at"] = Json.Seconds(rule.Created),
        };

    private static Rule Draft(Call call, JsonObject asked)
    {
        var ports = asked.Str("multiport");
        var priority = asked.Int("priority") ?? 100;
        var action = asked.Str("action") ?? "allow";
        if (
            (ports is not null && !Multiport().IsMatch(ports))
            || priority is < 1 or > 100
            || action is not ("allow" or "deny")
        )
        {
            throw new Fault(400, "VPC.0602", "multiport, priority or action is invalid");
        }

        return Rules.Draft(call, asked) with
        {
            Ports = ports,
            Priority = priority,
            Action = action,
            Enabled = asked.Str("enabled") is null || asked.Flag("enabled"),
        };
    }

    [GeneratedRegex("^[0-9]{1,5}(-[0-9]{1,5})?(,[0-9]{1,5}(-[0-9]{1,5})?)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Multiport();
}
