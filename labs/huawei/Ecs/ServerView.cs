using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Ecs;

/// <summary>A server as ECS v1 describes it: numbers of a flavour are strings, tags are <c>key=value</c>.</summary>
internal static class ServerView
{
    public static JsonObject Of(Cloud cloud, Server server)
    {
        var view = Facts(cloud, server);
        view["flavor"] = Flavor(cloud.FlavorOf(server));
        view["image"] = new JsonObject { ["id"] = server.Image };
        view["metadata"] = Json.Map(server.Metadata);
        view["addresses"] = Addresses(cloud, server);
        view["security_groups"] = Json.Array(server.SecurityGroups.Select(id => Group(cloud, id)));
        view["os-extended-volumes:volumes_attached"] = Json.Array(server.Disks.Select(Disk));
        view["tags"] = Json.Strings(server.Tags.Select(tag => $"{tag.Key}={tag.Value}"));
        view["sys_tags"] = new JsonArray(
            new JsonObject { ["key"] = "_sys_enterprise_project_id", ["value"] = server.EnterpriseProject }
        );
        view["network_interfaces"] = Json.Array(Ports(cloud, server).Select(port => Nic(cloud, server, port)));
        return view;
    }

    private static JsonObject Facts(Cloud cloud, Server server) =>
        new()
        {
            ["id"] = server.Id,
            ["name"] = server.Name,
            ["description"] = server.Description,
            ["status"] = server.Status,
            ["created"] = Json.Seconds(server.Created),
            ["updated"] = Json.Seconds(server.Updated),
            ["tenant_id"] = cloud.Options.ProjectId,
            ["user_id"] = cloud.Ids.Fixed("user").Replace("-", "", StringComparison.Ordinal),
            ["hostId"] = cloud.Ids.Fixed($"host-{server.Zone}").Replace("-", "", StringComparison.Ordinal),
            ["host_status"] = "UP",
            ["locked"] = false,
            ["key_name"] = server.KeyName,
            ["enterprise_project_id"] = server.EnterpriseProject,
            ["OS-EXT-AZ:availability_zone"] = server.Zone,
            ["OS-EXT-STS:vm_state"] = server.VmState,
            ["OS-EXT-STS:task_state"] = server.Task,
            ["OS-EXT-STS:power_state"] = server.PowerState,
            ["OS-SRV-USG:launched_at"] = server.Launched is { } at ? Json.Micros(at) : null,
            ["OS-SRV-USG:terminated_at"] = null,
            ["OS-EXT-SRV-ATTR:hostname"] = server.Name.ToLowerInvariant(),
        };

    private static JsonObject Flavor(Flavor flavor) =>
        new()
        {
            ["id"] = flavor.Id,
            ["name"] = flavor.Id,
            ["vcpus"] = flavor.Vcpus.ToString(),
            ["ram"] = flavor.RamMiB.ToString(),
            ["disk"] = "0",
        };

    /// <summary>An id that a filter named and that does not exist: the list answers it with nothing in it.</summary>
    public static JsonObject Nobody(string id) =>
        new()
        {
            ["id"] = id,
            ["name"] = null,
            ["status"] = null,
            ["created"] = null,
            ["flavor"] = null,
            ["addresses"] = null,
            ["metadata"] = null,
            ["tags"] = null,
        };

    public static IEnumerable<Port> Ports(Cloud cloud, Server server) =>
        server.Ports.Select(cloud.Ports.Find).OfType<Port>();

    private static JsonObject Addresses(Cloud cloud, Server server)
    {
        var all = new JsonObject();
        foreach (var port in Ports(cloud, server))
        {
            if (all[port.Vpc] is not JsonArray list)
            {
                all[port.Vpc] = list = [];
            }

            list.Add(Address(port, port.Address, "fixed"));
            if (cloud.EipOn(port.Id) is { } eip)
            {
                list.Add(Address(port, eip.Address, "floating"));
            }
        }

        return all;
    }

    private static JsonNode Address(Port port, string address, string type) =>
        new JsonObject
        {
            ["version"] = "4",
            ["addr"] = address,
            ["primary"] = true,
            ["OS-EXT-IPS:type"] = type,
            ["OS-EXT-IPS-MAC:mac_addr"] = port.Mac,
            ["OS-EXT-IPS:port_id"] = port.Id,
        };

    private static JsonObject Group(Cloud cloud, string id) =>
        new() { ["id"] = id, ["name"] = cloud.SecurityGroups.Find(id)?.Name ?? id };

    private static JsonObject Disk(HeldDisk disk) =>
        new()
        {
            ["id"] = disk.VolumeId,
            ["device"] = disk.Device,
            ["bootIndex"] = disk.IsSystem ? "0" : null,
            ["delete_on_termination"] = disk.DeletedWithServer ? "true" : "false",
        };

    private static JsonObject Nic(Cloud cloud, Server server, Port port) =>
        new()
        {
            ["port_id"] = port.Id,
            ["primary"] = port.Id == server.Ports[0],
            ["subnet_id"] = port.Subnet,
            ["ip_addresses"] = new JsonArray(port.Address),
            ["association"] = cloud.EipOn(port.Id) is { } eip
                ? new JsonObject { ["public_ip_address"] = eip.Address }
                : null,
        };
}
