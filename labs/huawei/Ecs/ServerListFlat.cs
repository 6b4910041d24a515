using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Ecs;

/// <summary>The newer list, v1.1: flatter names, numbers that are numbers, a link to the next page.</summary>
internal static class ServerListFlat
{
    public static Reply Detail(Call call)
    {
        var limit = call.Number("limit", 10, (1, 100), "Ecs.0005");
        var servers = call.Query("marker") is { } marker
            ? call.Cloud.Servers.After(marker) ?? throw new Fault(400, "Ecs.0005", $"marker [{marker}] not found")
            : call.Cloud.Servers.All();
        var page = servers.Where(server => Fits(call, server)).Take(limit + 1).ToList();
        var more = page.Count > limit;
        var shown = page.Take(limit).ToList();
        return Reply.Ok(
            new JsonObject
            {
                ["servers"] = Json.Array(shown.Select(server => View(call.Cloud, server))),
                ["servers_links"] = more ? new JsonArray(Next(call, limit, shown[^1].Id)) : new JsonArray(),
                ["request_id"] = call.RequestId,
            }
        );
    }

    private static bool Fits(Call call, Server server) =>
        ServerList.Fits(call, server)
        && ServerList.Same(call.Query("id"), server.Id)
        && ServerList.Same(call.Query("flavor_name"), server.Flavor)
        && ServerList.Same(call.Query("image_id"), server.Image)
        && ServerList.Like(call.Query("availability_zone"), server.Zone)
        && ServerList.Same(call.Query("availability_zone_eq"), server.Zone)
        && call.Query("charging_mode") is null or "0" or "postPaid"
        && call.Query("in_recycle_bin") is null or "false";

    private static JsonNode Next(Call call, int limit, string marker) =>
        new JsonObject
        {
            ["rel"] = "next",
            ["href"] = $"{call.BaseUrl}/v1.1/{call.Route("p")}/cloudservers/detail?limit={limit}&marker={marker}",
        };

    private static JsonObject View(Cloud cloud, Server server)
    {
        var flavor = cloud.FlavorOf(server);
        var full = ServerView.Of(cloud, server);
        return new JsonObject
        {
            ["id"] = server.Id,
            ["name"] = server.Name,
            ["description"] = server.Description,
            ["status"] = server.Status,
            ["vm_state"] = server.VmState,
            ["task_state"] = server.Task,
            ["power_state"] = server.PowerState,
            ["created"] = Json.Seconds(server.Created),
            ["updated"] = Json.Seconds(server.Updated),
            ["launched_at"] = server.Launched is { } at ? Json.Micros(at) : null,
            ["tenant_id"] = cloud.Options.ProjectId,
            ["availability_zone"] = server.Zone,
            ["enterprise_project_id"] = server.EnterpriseProject,
            ["key_name"] = server.KeyName,
            ["flavor"] = new JsonObject
            {
                ["id"] = flavor.Id,
                ["name"] = flavor.Id,
                ["vcpus"] = flavor.Vcpus,
                ["ram"] = flavor.RamMiB,
                ["disk"] = 0,
            },
            ["image"] = full["image"]!.DeepClone(),
            ["metadata"] = full["metadata"]!.DeepClone(),
            ["addresses"] = full["addresses"]!.DeepClone(),
            ["security_groups"] = full["security_groups"]!.DeepClone(),
            ["network_interfaces"] = full["network_interfaces"]!.DeepClone(),
            ["volumes_attached"] = Json.Array(server.Disks.Select(Disk)),
            ["tags"] = Json.TagList(server.Tags),
            ["market_info"] = new JsonObject { ["charge_mode"] = "postPaid" },
        };
    }

    private static JsonObject Disk(HeldDisk disk) =>
        new()
        {
            ["id"] = disk.VolumeId,
            ["device"] = disk.Device,
            ["boot_index"] = disk.IsSystem ? "0" : null,
            ["delete_on_termination"] = disk.DeletedWithServer,
        };
}
