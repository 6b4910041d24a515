using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Network;

/// <summary>Public addresses of v3: what they are bound to, and a total.</summary>
internal static class AddressesThird
{
    public static Reply List(Call call)
    {
        bool Wanted(Eip eip) => Fits(call, eip);
        var answer = Paging.Third(call, call.Cloud.Eips, "publicips", Wanted, eip => View(call.Cloud, eip));
        answer["total_count"] = call.Cloud.Eips.All().Count(Wanted);
        return Reply.Ok(answer);
    }

    public static Reply Show(Call call) => Answer(call, 200);

    public static Reply Associate(Call call)
    {
        var order = call.Section("publicip", "EIP.7901");
        if (order.Str("associate_instance_type") != "PORT")
        {
            throw new Fault(400, "EIP.7901", "associate_instance_type is invalid: this cloud binds ports");
        }

        Addresses.Bind(call.Cloud, Addresses.Find(call), order.Str("associate_instance_id") ?? "");
        return Answer(call, 202);
    }

    public static Reply Disassociate(Call call)
    {
        Addresses.Unbind(call.Cloud, Addresses.Find(call));
        return Answer(call, 202);
    }

    private static Reply Answer(Call call, int status) =>
        new(
            status,
            new JsonObject { ["request_id"] = call.RequestId, ["publicip"] = View(call.Cloud, Addresses.Find(call)) }
        );

    private static bool Fits(Call call, Eip eip)
    {
        var port = Addresses.PortOf(call.Cloud, eip);
        return Paging.Any(call, "id", eip.Id)
            && Paging.Any(call, "public_ip_address", eip.Address)
            && Paging.Any(call, "alias", eip.Alias)
            && Paging.Any(call, "status", eip.Status)
            && Paging.Any(call, "type", eip.Type)
            && Paging.Any(call, "bandwidth.id", eip.Bandwidth)
            && Paging.Any(call, "vnic.port_id", port?.Id)
            && Paging.Any(call, "vnic.device_id", port?.Device)
            && Paging.Any(call, "vnic.instance_id", port?.Device)
            && Paging.Any(call, "vnic.vpc_id", port?.Vpc)
            && Paging.Any(call, "vnic.private_ip_address", port?.Address)
            && Paging.InEnterprise(call, eip.EnterpriseProject);
    }

    private static JsonObject View(Cloud cloud, Eip eip)
    {
        var width = cloud.Bandwidths.Find(eip.Bandwidth)!;
        var port = Addresses.PortOf(cloud, eip);
        return new JsonObject
        {
            ["id"] = eip.Id,
            ["project_id"] = cloud.Options.ProjectId,
            ["public_ip_address"] = eip.Address,
            ["ip_version"] = 4,
            ["status"] = eip.Status,
            ["type"] = "EIP",
            ["publicip_pool_name"] = eip.Type,
            ["alias"] = eip.Alias,
            ["created_at"] = Json.Seconds(eip.Created),
            ["updated_at"] = Json.Seconds(eip.Updated),
            ["enterprise_project_id"] = eip.EnterpriseProject,
            ["tags"] = Json.Strings(eip.Tags.Select(tag => $"{tag.Key}={tag.Value}")),
            ["associate_instance_type"] = port is null ? null : "PORT",
            ["associate_instance_id"] = port?.Id,
            ["bandwidth"] = new JsonObject
            {
                ["id"] = width.Id,
                ["name"] = width.Name,
                ["size"] = width.Size,
                ["share_type"] = width.Share,
                ["charge_mode"] = width.ChargeMode,
            },
            ["vnic"] = port is null ? null : Vnic(port),
        };
    }

    private static JsonObject Vnic(Port port) =>
        new()
        {
            ["private_ip_address"] = port.Address,
            ["device_id"] = port.Device,
            ["device_owner"] = port.Owner,
            ["port_id"] = port.Id,
            ["vpc_id"] = port.Vpc,
            ["mac"] = port.Mac,
            ["instance_id"] = port.Device,
            ["instance_type"] = port.Device.Length > 0 ? "ECS" : "",
        };
}
