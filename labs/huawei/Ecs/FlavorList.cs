using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Ecs;

/// <summary>Sizes on offer, what a server may be resized to, what is on sale.</summary>
internal static class FlavorList
{
    public static Reply List(Call call)
    {
        var zone = call.Query("availability_zone");
        var id = call.Query("flavor_id");
        var found = Page(call, call.Cloud.Flavors.Values.Where(flavor => id is null || flavor.Id == id));
        return Reply.Ok(
            new JsonObject
            {
                ["flavors"] = Json.Array(found.Select(flavor => Render(call.Cloud, flavor, zone, "os_extra_specs"))),
            }
        );
    }

    public static Reply ResizeTargets(Call call)
    {
        var source = call.Query("instance_uuid") is { } id
            ? call.Cloud.Servers.Find(id)?.Flavor ?? throw new Fault(404, "Ecs.0114", "The ECS does not exist")
            : call.Query("source_flavor_id") ?? call.Query("source_flavor_name");
        if (source is null || !call.Cloud.Flavors.TryGetValue(source, out var from))
        {
            throw new Fault(400, "Ecs.0005", "instance_uuid or source_flavor_id is required");
        }

        var found = Page(
            call,
            call.Cloud.Flavors.Values.Where(flavor =>
                flavor.Id != from.Id && flavor.Architecture == from.Architecture && flavor.Sale == "normal"
            )
        );
        return Reply.Ok(
            new JsonObject
            {
                ["flavors"] = Json.Array(found.Select(flavor => Render(call.Cloud, flavor, null, "extra_specs"))),
            }
        );
    }

    public static Reply SellPolicies(Call call)
    {
        var flavor = call.Query("flavor_id");
        var zone = call.Query("availability_zone_id");
        var status = call.Query("sell_status");
        var mode = call.Query("sell_mode");
        var all = call
            .Cloud.Flavors.Values.Where(f => f.Sale != "abandon" && (flavor is null || f.Id == flavor))
            .SelectMany(_ => call.Cloud.Zones, (f, z) => (Flavor: f, Zone: z))
            .Where(policy => zone is null || policy.Zone == zone)
            .Where(_ => mode is null or "postPaid")
            .Where(policy => status is null || Status(policy.Flavor, policy.Zone) == status)
            .ToList();
        var limit = call.Number("limit", 1000, (1, 1000), "Ecs.0005");
        var marker = call.Number("marker", 0, (0, int.MaxValue), "Ecs.0005");
        var policies = all.Select((policy, index) => (policy, Id: index + 1))
            .Where(item => item.Id > marker)
            .Take(limit);
        return Reply.Ok(
            new JsonObject
            {
                ["sell_policies"] = Json.Array(
                    policies.Select(item => new JsonObject
                    {
                        ["id"] = item.Id,
                        ["flavor_id"] = item.policy.Flavor.Id,
                        ["sell_status"] = Status(item.policy.Flavor, item.policy.Zone),
                        ["availability_zone_id"] = item.policy.Zone,
                        ["sell_mode"] = "postPaid",
                    })
                ),
                ["count"] = all.Count,
            }
        );
    }

    private static string Status(Flavor flavor, string zone) => flavor.IsSoldOut(zone) ? "sellout" : "available";

    private static IEnumerable<Flavor> Page(Call call, IEnumerable<Flavor> all)
    {
        var limit = call.Number("limit", 1000, (1, 1000), "Ecs.0005");
        if (call.Query("marker") is { } marker)
        {
            all = call.Cloud.Flavors.ContainsKey(marker)
                ? all.Where(flavor => string.CompareOrdinal(flavor.Id, marker) > 0)
                : throw new Fault(400, "Ecs.0005", $"marker [{marker}] not found");
        }

        return all.OrderBy(flavor => flavor.Id, StringComparer.Ordinal).Take(limit);
    }

    private static JsonObject Render(Cloud cloud, Flavor flavor, string? zone, string specs)
    {
        var byZone = cloud.Zones.Select(z => $"{z}({(flavor.IsSoldOut(z) ? "sellout" : flavor.Sale)})");
        var status = zone is not null && flavor.IsSoldOut(zone) ? "sellout" : flavor.Sale;
        return new JsonObject
        {
            ["id"] = flavor.Id,
            ["name"] = flavor.Id,
            ["vcpus"] = flavor.Vcpus.ToString(),
            ["ram"] = flavor.RamMiB,
            ["disk"] = "0",
            ["swap"] = "",
            ["rxtx_factor"] = 1.0,
            ["os-flavor-access:is_public"] = true,
            ["attachableQuantity"] = new JsonObject { ["free_disk"] = 23, ["free_nic"] = 11 },
            [specs] = new JsonObject
            {
                ["ecs:performancetype"] = flavor.Architecture == "arm64" ? "kunpeng_computing" : "normal",
                ["resource_type"] = "IOoptimized",
                ["ecs:generation"] = flavor.Id.Split('.')[0],
                ["ecs:instance_architecture"] = flavor.Architecture,
                ["ecs:virtualization_env_types"] = "CloudCompute",
                ["info:cpu:name"] = flavor.Architecture == "arm64" ? "HUAWEI Kunpeng 920" : "Intel Cascade Lake",
                ["quota:max_rate"] = "3000",
                ["cond:operation:status"] = status,
                ["cond:operation:az"] = string.Join(',', byZone),
            },
        };
    }
}
