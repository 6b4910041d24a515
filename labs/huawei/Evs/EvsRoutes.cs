using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Evs;

/// <summary>
/// Elastic Volume Service (host evs, https://support.huaweicloud.com/intl/en-us/api-evs/): the public cloud's paths
/// with jobs, and the Cinder-like ones of private editions without.
/// </summary>
internal static class EvsRoutes
{
    public static void Map(RouteTable routes)
    {
        routes
            .Of(Family.Native)
            .Post("/v2.1/{p}/cloudvolumes", VolumeCreate.Create)
            .Post("/v2/{p}/cloudvolumes", VolumeCreate.Create)
            .Post("/v2.1/{p}/cloudvolumes/{id}/action", VolumeChange.Extend)
            .Post("/v2/{p}/cloudvolumes/{id}/action", VolumeChange.Extend)
            .Get("/v2/{p}/cloudvolumes/detail", VolumeList.Detail)
            .Get("/v2/{p}/cloudvolumes/{id}", VolumeList.Show)
            .Put("/v2/{p}/cloudvolumes/{id}", VolumeChange.Update)
            .Delete("/v2/{p}/cloudvolumes/{id}", VolumeChange.Delete)
            .Post("/v2/{p}/cloudvolumes/{id}/tags/action", VolumeChange.Tag)
            .Get("/v2/{p}/cloudvolumes/{id}/tags", VolumeChange.Tags)
            .Post("/v2/{p}/volumes/{id}/retype", VolumeChange.Retype)
            .Post("/v2/{p}/cloudsnapshots", Snapshots.Create)
            .Get("/v2/{p}/cloudsnapshots/detail", Snapshots.Detail)
            .Get("/v2/{p}/cloudsnapshots/{id}", Snapshots.Show)
            .Put("/v2/{p}/cloudsnapshots/{id}", Snapshots.Update)
            .Delete("/v2/{p}/cloudsnapshots/{id}", Snapshots.Delete)
            .Post("/v2/{p}/cloudsnapshots/{id}/rollback", Snapshots.Rollback);
        routes
            .Of(Family.OpenStack)
            .Post("/v2/{p}/volumes", CinderVolumes.Create)
            .Get("/v2/{p}/volumes/detail", VolumeList.Detail)
            .Get("/v2/{p}/volumes/{id}", VolumeList.Show)
            .Put("/v2/{p}/volumes/{id}", CinderVolumes.Update)
            .Delete("/v2/{p}/volumes/{id}", CinderVolumes.Delete)
            .Post("/v2/{p}/volumes/{id}/action", CinderVolumes.Act)
            .Post("/v2/{p}/snapshots", Snapshots.Create)
            .Get("/v2/{p}/snapshots/detail", Snapshots.Detail)
            .Get("/v2/{p}/os-vendor-snapshots/detail", Snapshots.Detail)
            .Get("/v2/{p}/snapshots/{id}", Snapshots.Show)
            .Delete("/v2/{p}/snapshots/{id}", Snapshots.Delete)
            .Get("/v2/{p}/types", Types)
            .Get("/v2/{p}/types/detail", Types)
            .Get("/v2/{p}/os-availability-zone", Zones)
            .Get("/v2/{p}/os-quota-sets/{tenant}", Quotas);
    }

    private static Reply Types(Call call) =>
        Reply.Ok(
            new JsonObject
            {
                ["volume_types"] = Json.Array(
                    Cloud.VolumeTypes.Select(type => new JsonObject
                    {
                        ["id"] = call.Cloud.Ids.Fixed($"type-{type}"),
                        ["name"] = type,
                        ["description"] = null,
                        ["is_public"] = true,
                        ["qos_specs_id"] = null,
                        ["extra_specs"] = new JsonObject
                        {
                            ["volume_backend_name"] = type,
                            ["RESKEY:availability_zones"] = string.Join(',', call.Cloud.Zones),
                            ["os-vendor-extended:sold_out_availability_zones"] = "",
                        },
                    })
                ),
            }
        );

    private static Reply Zones(Call call) =>
        Reply.Ok(
            new JsonObject
            {
                ["availabilityZoneInfo"] = Json.Array(
                    call.Cloud.Zones.Select(zone => new JsonObject
                    {
                        ["zoneName"] = zone,
                        ["zoneState"] = new JsonObject { ["available"] = true },
                    })
                ),
            }
        );

    private static Reply Quotas(Call call)
    {
        var cloud = call.Cloud;
        var limits = cloud.Options.Quotas;
        var withUse = call.Query("usage") is "True" or "true";
        var set = new JsonObject
        {
            ["id"] = call.Route("tenant"),
            ["gigabytes"] = Quota(limits.Gigabytes, cloud.GigabytesMade, withUse),
            ["volumes"] = Quota(limits.Volumes, cloud.Volumes.Made, withUse),
            ["snapshots"] = Quota(limits.Snapshots, cloud.Snapshots.Count, withUse),
        };
        foreach (var type in Cloud.VolumeTypes)
        {
            var own = cloud.Volumes.Own().Where(volume => volume.Type == type).ToList();
            set[$"gigabytes_{type}"] = Quota(-1, own.Sum(volume => (long)volume.Size), withUse);
            set[$"volumes_{type}"] = Quota(-1, own.Count, withUse);
        }

        return Reply.Ok(new JsonObject { ["quota_set"] = set });
    }

    private static JsonNode Quota(int limit, long used, bool withUse) =>
        withUse
            ? new JsonObject
            {
                ["limit"] = limit,
                ["in_use"] = used,
                ["reserved"] = 0,
            }
            : JsonValue.Create(limit);
}
