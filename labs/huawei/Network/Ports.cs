using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Network;

/// <summary>Ports of subnets; in their fixed_ips the subnet is called by its neutron id.</summary>
internal static class Ports
{
    /// <summary>Makes a port; null if the subnet has no such address free.</summary>
    public static Port? Make(Cloud cloud, Subnet subnet, string? address, IReadOnlyList<string> groups)
    {
        if (subnet.Take(address) is not { } taken)
        {
            return null;
        }

        var id = cloud.Ids.Next();
        var port = new Port(id, subnet.Id, taken)
        {
            NeutronSubnet = subnet.NeutronSubnet,
            Vpc = subnet.Vpc,
            Mac = $"fa:16:3e:{id[..2]}:{id[2..4]}:{id[4..6]}",
            SecurityGroups = [.. groups],
        };
        cloud.Ports.Add(port);
        return port;
    }

    public static void Remove(Cloud cloud, string id)
    {
        if (cloud.Ports.Find(id) is { } port)
        {
            cloud.Subnets.Find(port.Subnet)?.Return(port.Address);
            cloud.Ports.Remove(id);
        }
    }

    public static Reply Create(Call call)
    {
        var cloud = call.Cloud;
        var asked = call.Section("port", "VPC.0701");
        var subnet = Subnets.Find(cloud, asked.Str("network_id") ?? "");
        var address = asked.List("fixed_ips").FirstOrDefault().Str("ip_address");
        var port =
            Make(cloud, subnet, address, GroupsOf(asked) ?? [cloud.Ids.Fixed("security-group-default")])
            ?? throw new Fault(409, "VPC.0702", "No such IP address is free in the subnet");
        port.Name = asked.Str("name") ?? "";
        return Reply.Ok(new JsonObject { ["port"] = View(cloud, port) });
    }

    public static Reply List(Call call)
    {
        var device = call.Query("device_id");
        var table = call.Cloud.Ports;
        if (device is not null && call.Query("marker") is null)
        {
            // Nobody looks through 100,000 ports for those of one server.
            var own = (call.Cloud.Servers.Find(device)?.Ports ?? []).Select(table.Find).OfType<Port>();
            return Answer(call, own.Where(port => Fits(call, port)));
        }

        return Answer(call, Paging.First(call, table, port => Fits(call, port)));
    }

    public static Reply Show(Call call) =>
        Reply.Ok(new JsonObject { ["port"] = View(call.Cloud, Find(call.Cloud.Ports.Find(call.Id), call.Id)) });

    public static Reply Update(Call call)
    {
        var port = Find(call.Cloud.Ports.Edit(call.Id), call.Id);
        var change = call.Section("port", "VPC.0701");
        port.Name = change.Str("name") ?? port.Name;
        port.SecurityGroups = GroupsOf(change) ?? port.SecurityGroups;
        return Show(call);
    }

    public static Reply Delete(Call call)
    {
        var port = Find(call.Cloud.Ports.Find(call.Id), call.Id);
        if (port.Device.Length > 0)
        {
            throw new Fault(409, "VPC.0705", "The port is in use and cannot be deleted");
        }

        Remove(call.Cloud, port.Id);
        return Reply.NoContent;
    }

    private static Port Find(Port? port, string id) =>
        port ?? throw new Fault(404, "VPC.0704", $"Port {id} could not be found.");

    private static List<string>? GroupsOf(JsonObject asked) =>
        (asked["security_groups"] as JsonArray)?.Select(id => id?.GetValue<string>() ?? "").ToList();

    private static bool Fits(Call call, Port port) =>
        Paging.Any(call, "id", port.Id)
        && Paging.Any(call, "name", port.Name)
        && Paging.Any(call, "network_id", port.Subnet)
        && Paging.Any(call, "device_id", port.Device)
        && Paging.Any(call, "mac_address", port.Mac)
        && (call.Query("fixed_ips") is not { } fixedIp || fixedIp == $"ip_address={port.Address}");

    private static Reply Answer(Call call, IEnumerable<Port> ports) =>
        Reply.Ok(new JsonObject { ["ports"] = Json.Array(ports.Select(port => View(call.Cloud, port))) });

    private static JsonObject View(Cloud cloud, Port port) =>
        new()
        {
            ["id"] = port.Id,
            ["name"] = port.Name,
            ["network_id"] = port.Subnet,
            ["mac_address"] = port.Mac,
            ["admin_state_up"] = true,
            ["status"] = port.Device.Length > 0 ? "ACTIVE" : "DOWN",
            ["device_id"] = port.Device,
            ["device_owner"] = port.Owner,
            ["tenant_id"] = cloud.Options.ProjectId,
            ["fixed_ips"] = new JsonArray(
                new JsonObject { ["ip_address"] = port.Address, ["subnet_id"] = port.NeutronSubnet }
            ),
            ["security_groups"] = Json.Strings(port.SecurityGroups),
            ["allowed_address_pairs"] = new JsonArray(),
            ["extra_dhcp_opts"] = new JsonArray(),
            ["instance_id"] = "",
            ["instance_type"] = "",
        };
}
