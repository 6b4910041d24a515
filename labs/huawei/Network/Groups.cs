using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Network;

/// <summary>Security groups of v1: a list carries their rules.</summary>
internal static class Groups
{
    public static Reply Create(Call call)
    {
        var group = Make(call);
        return Reply.Ok(new JsonObject { ["security_group"] = View(call, group) });
    }

    /// <summary>Makes a group with the rules that every new one has.</summary>
    public static SecurityGroup Make(Call call)
    {
        var cloud = call.Cloud;
        var asked = call.Section("security_group", "VPC.0601");
        if (asked.Str("name") is not { Length: > 0 and <= 64 } name)
        {
            throw new Fault(400, "VPC.0601", "name is invalid");
        }

        if (!Cloud.Fits(cloud.Options.Quotas.SecurityGroups, cloud.SecurityGroups.Count, 1))
        {
            throw new Fault(409, "VPC.0604", "Quota exceeded for resources: security_group");
        }

        var group = new SecurityGroup(cloud.Ids.Next(), cloud.Now)
        {
            Name = name,
            Description = asked.Str("description") ?? "",
            EnterpriseProject = asked.Str("enterprise_project_id") ?? "0",
        };
        foreach (var type in new[] { "IPv4", "IPv6" })
        {
            group.Rules.Add(new Rule(cloud.Ids.Next(), group.Id, "egress", cloud.Now) { EtherType = type });
            group.Rules.Add(
                new Rule(cloud.Ids.Next(), group.Id, "ingress", cloud.Now) { EtherType = type, RemoteGroup = group.Id }
            );
        }

        cloud.SecurityGroups.Add(group);
        return group;
    }

    public static Reply List(Call call)
    {
        var page = Paging.First(
            call,
            call.Cloud.SecurityGroups,
            group => Paging.InEnterprise(call, group.EnterpriseProject)
        );
        return Reply.Ok(new JsonObject { ["security_groups"] = Json.Array(page.Select(group => View(call, group))) });
    }

    public static Reply Show(Call call) =>
        Reply.Ok(new JsonObject { ["security_group"] = View(call, Find(call, call.Id)) });

    public static SecurityGroup Find(Call call, string id) =>
        call.Cloud.SecurityGroups.Find(id)
        ?? throw new Fault(404, "VPC.0603", $"Security group {id} could not be found.");

    public static Reply Delete(Call call)
    {
        var cloud = call.Cloud;
        var group = Find(call, call.Id);
        if (group.Name == "default" || cloud.Ports.Own().Any(port => port.SecurityGroups.Contains(group.Id)))
        {
            throw new Fault(409, "VPC.0606", "The security group is in use or the default one");
        }

        cloud.SecurityGroups.Remove(group.Id);
        return Reply.NoContent;
    }

    private static JsonObject View(Call call, SecurityGroup group) =>
        new()
        {
            ["id"] = group.Id,
            ["name"] = group.Name,
            ["description"] = group.Description,
            ["vpc_id"] = "",
            ["enterprise_project_id"] = group.EnterpriseProject,
            ["security_group_rules"] = Json.Array(group.Rules.Select(rule => Rules.View(call.Cloud, rule))),
        };
}

/// <summary>Security groups of v3: bound to no VPC; only showing and creating tells the rules.</summary>
internal static class GroupsThird
{
    public static Reply Create(Call call) => new(201, Answer(call, Groups.Make(call)));

    public static Reply Show(Call call) => Reply.Ok(Answer(call, Groups.Find(call, call.Id)));

    public static Reply Update(Call call)
    {
        var group = Groups.Find(call, call.Id);
        var change = call.Section("security_group", "VPC.0601");
        group.Name = change.Str("name") ?? group.Name;
        group.Description = change.Str("description") ?? group.Description;
        return Show(call);
    }

    public static Reply List(Call call) =>
        Reply.Ok(
            Paging.Third(
                call,
                call.Cloud.SecurityGroups,
                "security_groups",
                group =>
                    Paging.Any(call, "id", group.Id)
                    && Paging.Any(call, "name", group.Name)
                    && Paging.InEnterprise(call, group.EnterpriseProject),
                group => View(call, group)
            )
        );

    private static JsonObject Answer(Call call, SecurityGroup group)
    {
        var view = View(call, group);
        view["security_group_rules"] = Json.Array(group.Rules.Select(rule => RulesThird.View(call.Cloud, rule)));
        return new JsonObject { ["request_id"] = call.RequestId, ["security_group"] = view };
    }

    private static JsonObject View(Call call, SecurityGroup group) =>
        new()
        {
            ["id"] = group.Id,
            ["name"] = group.Name,
            ["description"] = group.Description,
            ["project_id"] = call.Cloud.Options.ProjectId,
            ["enterprise_project_id"] = group.EnterpriseProject,
            ["tags"] = new JsonArray(),
            ["created_at"] = Json.Seconds(group.Created),
            ["updated_at"] = Json.Seconds(group.Created),
        };
}

/// <summary>Security groups on neutron's own paths, as private editions use them.</summary>
internal static class NeutronGroups
{
    public static Reply List(Call call)
    {
        var page = Paging.First(
            call,
            call.Cloud.SecurityGroups,
            group => Paging.Any(call, "id", group.Id) && Paging.Any(call, "name", group.Name)
        );
        return Reply.Ok(new JsonObject { ["security_groups"] = Json.Array(page.Select(group => View(call, group))) });
    }

    public static Reply Show(Call call)
    {
        var group =
            call.Cloud.SecurityGroups.Find(call.Id)
            ?? throw new Fault(404, "SecurityGroupNotFound", $"Security group {call.Id} does not exist");
        return Reply.Ok(new JsonObject { ["security_group"] = View(call, group) });
    }

    private static JsonObject View(Call call, SecurityGroup group) =>
        new()
        {
            ["id"] = group.Id,
            ["name"] = group.Name,
            ["description"] = group.Description,
            ["tenant_id"] = call.Cloud.Options.ProjectId,
            ["project_id"] = call.Cloud.Options.ProjectId,
            ["security_group_rules"] = Json.Array(group.Rules.Select(rule => Rules.View(call.Cloud, rule))),
        };
}
