using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.Ecs;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Network;

/// <summary>What public address is wanted.</summary>
internal sealed record AddressOrder(string Type, string Name, string EnterpriseProject);

/// <summary>Public addresses of v1: DOWN is unbound and good, ACTIVE is bound; with alias and port only the alias counts.</summary>
internal static class Addresses
{
    private static readonly string[] Types = ["5_bgp", "5_sbgp", "5_telcom", "5_union", "5_g-vm"];

    public static Reply Create(Call call)
    {
        var cloud = call.Cloud;
        var asked = call.Section("publicip", "VPC.0501");
        var enterprise = call.Body.Str("enterprise_project_id") ?? "0";
        var order = new AddressOrder(asked.Str("type") ?? "", asked.Str("alias") ?? "", enterprise);
        var port = asked.Str("port_id") is { Length: > 0 } wanted ? Bindable(cloud, wanted) : null;
        var eip = Allocate(cloud, order, call.Body.Obj("bandwidth"));
        eip.Alias = order.Name;
        var view = View(cloud, eip);
        cloud.Timeline.After(
            cloud.Options.SettleTime,
            () => (eip.Port, eip.Status) = (port?.Id, port is null ? "DOWN" : "ACTIVE")
        );
        return Reply.Ok(new JsonObject { ["publicip"] = view });
    }

    /// <summary>Allocates an address with a bandwidth of its own or a shared one.</summary>
    public static Eip Allocate(Cloud cloud, AddressOrder order, JsonObject? bandwidth)
    {
        if (!Types.Contains(order.Type))
        {
            throw new Fault(400, "VPC.0501", $"publicip type [{order.Type}] is invalid");
        }

        if (!Cloud.Fits(cloud.Options.Quotas.Addresses, cloud.Eips.Count, 1))
        {
            throw new Fault(409, "VPC.0521", "Quota exceeded for resources: publicip");
        }

        var width = Bandwidths.Of(cloud, bandwidth, order);
        var number = (uint)cloud.Eips.Count;
        string address;
        do
        {
            // 203.0.113.0/24 would hold too few; 198.18.0.0/15 is for tests as well.
            address = Cidrs.Address((198u << 24) + (18u << 16) + 1 + number++);
        } while (cloud.Eips.All().Any(eip => eip.Address == address));

        var made = new Eip(cloud.Ids.Next(), address, width.Id, cloud.Now)
        {
            Type = order.Type,
            EnterpriseProject = order.EnterpriseProject,
        };
        cloud.Eips.Add(made);
        return made;
    }

    public static void Release(Cloud cloud, Eip eip)
    {
        cloud.Eips.Remove(eip.Id);
        if (cloud.Bandwidths.Find(eip.Bandwidth) is { Share: "PER" } own)
        {
            cloud.Bandwidths.Remove(own.Id);
        }
    }

    public static Reply List(Call call)
    {
        var page = Paging.First(
            call,
            call.Cloud.Eips,
            eip =>
                Paging.Any(call, "id", eip.Id)
                && Paging.Any(call, "public_ip_address", eip.Address)
                && Paging.Any(call, "port_id", eip.Port)
                && Paging.Any(call, "private_ip_address", PortOf(call.Cloud, eip)?.Address)
                && Paging.InEnterprise(call, eip.EnterpriseProject)
        );
        return Reply.Ok(new JsonObject { ["publicips"] = Json.Array(page.Select(eip => View(call.Cloud, eip))) });
    }

    public static Reply Show(Call call) => Reply.Ok(new JsonObject { ["publicip"] = View(call.Cloud, Find(call)) });

    public static Eip Find(Call call) =>
        call.Cloud.Eips.Find(call.Id) ?? throw new Fault(404, "VPC.0504", $"Floating IP {call.Id} could not be found");

    public static Reply Update(Call call)
    {
        var eip = Find(call);
        var change = call.Section("publicip", "VPC.0501");
        if (change.Str("alias") is { } alias)
        {
            eip.Alias = alias;
        }
        else if (change.Str("port_id") is { Length: > 0 } port)
        {
            Bind(call.Cloud, eip, port);
        }
        else
        {
            Unbind(call.Cloud, eip);
        }

        eip.Updated = call.Cloud.Now;
        return Show(call);
    }

    public static void Bind(Cloud cloud, Eip eip, string port)
    {
        var target = Bindable(cloud, port);
        if (eip.Port is not null || eip.Status != "DOWN")
        {
            throw new Fault(409, "VPC.0511", $"Floating IP {eip.Id} is in status {eip.Status}, not DOWN");
        }

        (eip.Port, eip.Status) = (target.Id, "BINDING");
        cloud.Timeline.After(cloud.Options.SettleTime, () => eip.Status = eip.Port is null ? "DOWN" : "ACTIVE");
    }

    public static void Unbind(Cloud cloud, Eip eip)
    {
        if (eip.Port is null)
        {
            throw new Fault(400, "VPC.0512", $"Floating IP {eip.Id} is bound to nothing");
        }

        eip.Port = null;
        eip.Status = "DOWN";
        eip.Updated = cloud.Now;
    }

    public static Reply Delete(Call call)
    {
        var eip = Find(call);
        if (eip.Port is not null)
        {
            throw new Fault(409, "VPC.0517", "Floating IP has associated with a port");
        }

        Release(call.Cloud, eip);
        return Reply.NoContent;
    }

    public static Reply Tag(Call call)
    {
        ServerChange.Apply(call, Find(call).Tags, "VPC.0501");
        return Reply.NoContent;
    }

    public static Reply Tags(Call call) => Reply.Ok(new JsonObject { ["tags"] = Json.TagList(Find(call).Tags) });

    public static Port? PortOf(Cloud cloud, Eip eip) => eip.Port is null ? null : cloud.Ports.Find(eip.Port);

    private static Port Bindable(Cloud cloud, string id)
    {
        var port = cloud.Ports.Find(id) ?? throw new Fault(404, "VPC.0510", $"Port {id} could not be found");
        return cloud.EipOn(id) is null
            ? port
            : throw new Fault(409, "VPC.0509", $"Port {id} already has an associated floating IP");
    }

    private static JsonObject View(Cloud cloud, Eip eip)
    {
        var width = cloud.Bandwidths.Find(eip.Bandwidth)!;
        var view = new JsonObject
        {
            ["id"] = eip.Id,
            ["type"] = eip.Type,
            ["ip_version"] = 4,
            ["alias"] = eip.Alias,
            ["public_ip_address"] = eip.Address,
            ["status"] = eip.Status,
            ["bandwidth_id"] = width.Id,
            ["bandwidth_name"] = width.Name,
            ["bandwidth_share_type"] = width.Share,
            ["bandwidth_size"] = width.Size,
            ["create_time"] = Json.Blank(eip.Created),
            ["tenant_id"] = cloud.Options.ProjectId,
            ["enterprise_project_id"] = eip.EnterpriseProject,
            ["public_border_group"] = "center",
            ["tags"] = Json.Strings(eip.Tags.Select(tag => $"{tag.Key}*{tag.Value}")),
            ["profile"] = new JsonObject(),
        };
        if (PortOf(cloud, eip) is { } port)
        {
            view["port_id"] = port.Id;
            view["private_ip_address"] = port.Address;
        }

        return view;
    }
}
