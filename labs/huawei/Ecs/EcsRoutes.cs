using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Ecs;

/// <summary>Elastic Cloud Server (host ecs, https://support.huaweicloud.com/intl/en-us/api-ecs/).</summary>
internal static class EcsRoutes
{
    private const string Servers = "/v1/{p}/cloudservers";

    public static void Map(RouteTable routes)
    {
        routes
            .Of(Family.Native)
            .Post(Servers, ServerCreate.Create)
            .Post("/v1.1/{p}/cloudservers", ServerCreate.Create)
            .Get($"{Servers}/detail", ServerList.Detail)
            .Get("/v1.1/{p}/cloudservers/detail", ServerListFlat.Detail)
            .Get(Servers + "/{id}", ServerList.Show)
            .Put(Servers + "/{id}", ServerChange.Rename)
            .Post($"{Servers}/delete", ServerDelete.Delete)
            .Post($"{Servers}/action", ServerPower.Act)
            .Post(Servers + "/{id}/resize", ServerResize.Resize)
            .Post("/v1.1/{p}/cloudservers/{id}/resize", ServerResize.Resize)
            .Post(Servers + "/{id}/attachvolume", ServerDisks.Attach)
            .Delete(Servers + "/{id}/detachvolume/{volume}", ServerDisks.Detach)
            .Get(Servers + "/{id}/block_device", ServerDisks.List)
            .Get(Servers + "/{id}/os-interface", ServerNics.List)
            .Post(Servers + "/{id}/tags/action", ServerChange.Tag)
            .Get(Servers + "/{id}/tags", ServerChange.Tags)
            .Post($"{Servers}/resource_instances/action", ServerChange.SearchByTags)
            .Post(Servers + "/{id}/remote_console", ServerChange.Console)
            .Get($"{Servers}/flavors", FlavorList.List)
            .Get($"{Servers}/resize_flavors", FlavorList.ResizeTargets)
            .Get($"{Servers}/flavor-sell-policies", FlavorList.SellPolicies)
            .Get($"{Servers}/limits", Limits)
            .Get("/v1/{p}/availability-zones", Zones)
            .Get("/v1/{p}/jobs/{id}", ShowJob);
        routes.Of(Family.OpenStack).Get("/v2.1/{p}/os-availability-zone", NovaZones);
    }

    public static Reply ShowJob(Call call) =>
        Reply.Ok(
            (call.Cloud.Jobs.Find(call.Id) ?? throw new Fault(404, "Common.0011", "The job does not exist")).Render()
        );

    private static Reply Limits(Call call)
    {
        var cloud = call.Cloud;
        var quotas = cloud.Options.Quotas;
        var used = Usage.Of(cloud);
        return Reply.Ok(
            new JsonObject
            {
                ["absolute"] = new JsonObject
                {
                    ["maxTotalInstances"] = quotas.Instances,
                    ["totalInstancesUsed"] = used.Instances,
                    ["maxTotalCores"] = quotas.Cores,
                    ["totalCoresUsed"] = used.Cores,
                    ["maxTotalRAMSize"] = quotas.RamMiB,
                    ["totalRAMUsed"] = used.RamMiB,
                    ["maxServerMeta"] = 128,
                    ["maxImageMeta"] = 128,
                    ["maxPersonality"] = 5,
                    ["maxPersonalitySize"] = 10240,
                    ["maxTotalKeypairs"] = 200,
                    ["maxServerGroups"] = 10,
                    ["maxServerGroupMembers"] = 16,
                    ["maxSecurityGroups"] = quotas.SecurityGroups,
                    ["maxSecurityGroupRules"] = quotas.Rules,
                    ["maxTotalFloatingIps"] = quotas.Addresses,
                    ["totalSecurityGroupsUsed"] = cloud.SecurityGroups.Count,
                    ["totalServerGroupsUsed"] = 0,
                    ["totalFloatingIpsUsed"] = cloud.Eips.Count,
                },
            }
        );
    }

    private static Reply Zones(Call call) =>
        Reply.Ok(
            new JsonObject
            {
                ["availability_zones"] = Json.Array(
                    call.Cloud.Zones.Select(zone => new JsonObject
                    {
                        ["availability_zone_id"] = zone,
                        ["type"] = "core",
                        ["mode"] = "shared",
                        ["alias"] = zone,
                        ["public_border_group"] = "center",
                    })
                ),
            }
        );

    private static Reply NovaZones(Call call) =>
        Reply.Ok(
            new JsonObject
            {
                ["availabilityZoneInfo"] = Json.Array(
                    call.Cloud.Zones.Select(zone => new JsonObject
                    {
                        ["zoneName"] = zone,
                        ["zoneState"] = new JsonObject { ["available"] = true },
                        ["hosts"] = null,
                    })
                ),
            }
        );
}

/// <summary>What of the quotas is taken by what was made since the start.</summary>
internal sealed record Usage(int Instances, int Cores, int RamMiB)
{
    public static Usage Of(Cloud cloud)
    {
        var own = cloud.Servers.Own().Concat(cloud.Pending).Select(cloud.FlavorOf).ToList();
        return new Usage(own.Count, own.Sum(flavor => flavor.Vcpus), own.Sum(flavor => flavor.RamMiB));
    }
}
