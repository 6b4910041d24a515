using System.Net;
using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Network;

/// <summary>Rules of v1: ports as a range of two numbers. There is no change of a rule.</summary>
internal static class Rules
{
    private static readonly string[] Protocols = ["tcp", "udp", "icmp", "icmpv6"];

    public static Reply Create(Call call)
    {
        var asked = call.Section("security_group_rule", "VPC.0602");
        var (least, most) = (asked.Int("port_range_min"), asked.Int("port_range_max"));
        if (least > most || least < 0 || most > 65535)
        {
            throw new Fault(400, "VPC.0602", "port_range_min or port_range_max is invalid");
        }

        var ports =
            least is null ? null
            : least == most ? $"{least}"
            : $"{least}-{most}";
        var rule = Draft(call, asked) with { Ports = ports };
        Add(call, rule);
        return Reply.Ok(new JsonObject { ["security_group_rule"] = View(call.Cloud, rule) });
    }

    /// <summary>The rule a body asks for, checked but for its ports.</summary>
    public static Rule Draft(Call call, JsonObject asked)
    {
        var group = Groups.Find(call, asked.Str("security_group_id") ?? "");
        var direction = asked.Str("direction");
        var protocol = asked.Str("protocol");
        var type = asked.Str("ethertype") ?? "IPv4";
        var cidr = asked.Str("remote_ip_prefix");
        if (
            direction is not ("ingress" or "egress")
            || !string.Equals(type, "IPv4", StringComparison.OrdinalIgnoreCase)
                && !string.Equals(type, "IPv6", StringComparison.OrdinalIgnoreCase)
            || (protocol is not null && !Protocols.Contains(protocol) && !byte.TryParse(protocol, out _))
            || (cidr is not null && !IPNetwork.TryParse(cidr, out _) && !IPAddress.TryParse(cidr, out _))
        )
        {
            throw new Fault(400, "VPC.0602", "direction, ethertype, protocol or remote_ip_prefix is invalid");
        }

        var remote = asked.Str("remote_group_id");
        return remote is not null && cidr is not null
            ? throw new Fault(400, "VPC.0602", "remote_ip_prefix and remote_group_id exclude each other")
            : new Rule(call.Cloud.Ids.Next(), group.Id, direction, call.Cloud.Now)
            {
                EtherType = type,
                Protocol = protocol,
                RemoteCidr = cidr,
                RemoteGroup = remote is null ? null : Groups.Find(call, remote).Id,
                Description = asked.Str("description") ?? "",
            };
    }

    public static void Add(Call call, Rule rule)
    {
        var cloud = call.Cloud;
        var group = Groups.Find(call, rule.Group);
        if (group.Rules.Contains(rule))
        {
            throw new Fault(409, "VPC.0611", "Security group rule already exists.");
        }

        if (!Cloud.Fits(cloud.Options.Quotas.Rules, cloud.SecurityGroups.All().Sum(g => g.Rules.Count), 1))
        {
            throw new Fault(409, "VPC.0608", "Quota exceeded for resources: security_group_rule");
        }

        group.Rules.Add(rule);
    }

    public static IEnumerable<Rule> All(Call call)
    {
        var limit = call.Number("limit", 2000, (0, 2000), "VPC.0002");
        var rules = call.Cloud.SecurityGroups.All().SelectMany(group => group.Rules);
        if (call.Query("marker") is { } marker)
        {
            rules = rules.SkipWhile(rule => rule.Id != marker).Skip(1);
        }

        return rules
            .Where(rule => Paging.Any(call, "security_group_id", rule.Group) && Paging.Any(call, "id", rule.Id))
            .Where(rule => Paging.Any(call, "direction", rule.Direction) && Paging.Any(call, "protocol", rule.Protocol))
            .Take(limit);
    }

    public static Reply List(Call call) =>
        Reply.Ok(
            new JsonObject { ["security_group_rules"] = Json.Array(All(call).Select(rule => View(call.Cloud, rule))) }
        );

    public static Reply Show(Call call) =>
        Reply.Ok(new JsonObject { ["security_group_rule"] = View(call.Cloud, Find(call)) });

    public static Rule Find(Call call) =>
        call.Cloud.SecurityGroups.All().SelectMany(group => group.Rules).FirstOrDefault(rule => rule.Id == call.Id)
        ?? throw new Fault(404, "VPC.0609", $"Security group rule {call.Id} does not exist");

    public static Reply Delete(Call call)
    {
        var rule = Find(call);
        Groups.Find(call, rule.Group).Rules.RemoveAll(other => other.Id == rule.Id);
        return Reply.NoContent;
    }

    public static JsonObject View(Cloud cloud, Rule rule)
    {
        // v1 knows one range only; several ports of v3 look like none.
        var ends = rule.Ports is null || rule.Ports.Contains(',') ? [] : rule.Ports.Split('-');
        return new JsonObject
        {
            ["id"] = rule.Id,
            ["security_group_id"] = rule.Group,
            ["direction"] = rule.Direction,
            ["ethertype"] = rule.EtherType,
            ["protocol"] = rule.Protocol,
            ["port_range_min"] = ends.Length > 0 ? int.Parse(ends[0]) : null,
            ["port_range_max"] = ends.Length > 0 ? int.Parse(ends[^1]) : null,
            ["remote_ip_prefix"] = rule.RemoteCidr,
            ["remote_group_id"] = rule.RemoteGroup,
            ["remote_address_group_id"] = null,
            ["description"] = rule.Description,
            ["tenant_id"] = cloud.Options.ProjectId,
        };
    }
}
