using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Network;

/// <summary>VPCs of v1: the whole object in the reply, no job; the status goes from CREATING to OK by itself.</summary>
internal static class Vpcs
{
    public static Reply Create(Call call)
    {
        var vpc = Make(call, StarTags(call.Section("vpc", "VPC.0101")));
        return Reply.Ok(new JsonObject { ["vpc"] = View(call.Cloud, vpc) });
    }

    public static Vpc Make(Call call, Dictionary<string, string> tags)
    {
        var cloud = call.Cloud;
        var asked = call.Section("vpc", "VPC.0101");
        var name = asked.Str("name") ?? "";
        var cidr = asked.Str("cidr") ?? "";
        if (name.Length > 64 || (cidr.Length > 0 && Cidrs.PrivateRange(cidr) is not { PrefixLength: <= 28 }))
        {
            throw new Fault(400, "VPC.0101", "name or cidr is invalid");
        }

        if (!Cloud.Fits(cloud.Options.Quotas.Vpcs, cloud.Vpcs.Count, 1))
        {
            throw new Fault(409, "VPC.0114", "Quota exceeded for resources: router");
        }

        var vpc = new Vpc(cloud.Ids.Next(), cloud.Now)
        {
            Name = name,
            Cidr = cidr,
            Description = asked.Str("description") ?? "",
            EnterpriseProject = asked.Str("enterprise_project_id") ?? "0",
            Tags = tags,
        };
        cloud.Vpcs.Add(vpc);
        cloud.Timeline.After(cloud.Options.SettleTime, () => vpc.Status = "OK");
        return vpc;
    }

    /// <summary>Tags as v1 writes them when something is made: <c>key*value</c>.</summary>
    public static Dictionary<string, string> StarTags(JsonObject asked)
    {
        var tags = new Dictionary<string, string>();
        foreach (var text in (asked["tags"] as JsonArray ?? []).Select(tag => tag?.GetValue<string>() ?? ""))
        {
            var cut = text.IndexOf('*');
            tags[cut < 0 ? text : text[..cut]] = cut < 0 ? "" : text[(cut + 1)..];
        }

        return tags;
    }

    public static Reply List(Call call)
    {
        var page = Paging.First(
            call,
            call.Cloud.Vpcs,
            vpc => Paging.Any(call, "id", vpc.Id) && Paging.InEnterprise(call, vpc.EnterpriseProject)
        );
        return Reply.Ok(new JsonObject { ["vpcs"] = Json.Array(page.Select(vpc => View(call.Cloud, vpc))) });
    }

    public static Reply Show(Call call) =>
        Reply.Ok(new JsonObject { ["vpc"] = View(call.Cloud, Find(call.Cloud, call.Id)) });

    public static Vpc Find(Cloud cloud, string id) =>
        cloud.Vpcs.Find(id) ?? throw new Fault(404, "VPC.0012", $"VPC {id} could not be found.");

    public static Reply Update(Call call)
    {
        var vpc = Find(call.Cloud, call.Id);
        var change = call.Section("vpc", "VPC.0101");
        vpc.Name = change.Str("name") ?? vpc.Name;
        vpc.Description = change.Str("description") ?? vpc.Description;
        vpc.Updated = call.Cloud.Now;
        return Show(call);
    }

    public static Reply Delete(Call call)
    {
        var vpc = Find(call.Cloud, call.Id);
        if (call.Cloud.Subnets.All().Any(subnet => subnet.Vpc == vpc.Id))
        {
            throw new Fault(409, "VPC.0118", "The VPC is used by subnets");
        }

        call.Cloud.Vpcs.Remove(vpc.Id);
        return Reply.NoContent;
    }

    public static Reply Quotas(Call call)
    {
        var cloud = call.Cloud;
        var limits = cloud.Options.Quotas;
        (string Type, int Used, int Limit)[] all =
        [
            ("vpc", cloud.Vpcs.Count, limits.Vpcs),
            ("subnet", cloud.Subnets.Count, limits.Subnets),
            ("securityGroup", cloud.SecurityGroups.Count, limits.SecurityGroups),
            ("securityGroupRule", cloud.SecurityGroups.All().Sum(group => group.Rules.Count), limits.Rules),
            ("publicIp", cloud.Eips.Count, limits.Addresses),
        ];
        var wanted = call.Query("type");
        return Reply.Ok(
            new JsonObject
            {
                ["quotas"] = new JsonObject
                {
                    ["resources"] = Json.Array(
                        all.Where(quota => wanted is null || quota.Type == wanted)
                            .Select(quota => new JsonObject
                            {
                                ["type"] = quota.Type,
                                ["used"] = quota.Used,
                                ["quota"] = quota.Limit,
                                ["min"] = 0,
                            })
                    ),
                },
            }
        );
    }

    private static JsonObject View(Cloud cloud, Vpc vpc) =>
        new()
        {
            ["id"] = vpc.Id,
            ["name"] = vpc.Name,
            ["cidr"] = vpc.Cidr,
            ["description"] = vpc.Description,
            ["status"] = vpc.Status,
            ["routes"] = new JsonArray(),
            ["enterprise_project_id"] = vpc.EnterpriseProject,
            ["tenant_id"] = cloud.Options.ProjectId,
            ["created_at"] = Json.Seconds(vpc.Created),
            ["updated_at"] = Json.Seconds(vpc.Updated),
        };
}
