using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Evs;

/// <summary>A volume as EVS describes it: truth values as strings, times in UTC without saying so.</summary>
internal static class VolumeView
{
    public static JsonObject Of(Cloud cloud, Volume volume)
    {
        var view = new JsonObject
        {
            ["id"] = volume.Id,
            ["name"] = volume.Name,
            ["description"] = volume.Description,
            ["status"] = volume.Status,
            ["size"] = volume.Size,
            ["volume_type"] = volume.Type,
            ["availability_zone"] = volume.Zone,
            ["bootable"] = volume.IsBootable ? "true" : "false",
            ["shareable"] = volume.IsShared ? "true" : "false",
            ["multiattach"] = volume.IsShared,
            ["encrypted"] = false,
            ["attachments"] = Attachments(cloud, volume),
            ["metadata"] = Json.Map(volume.Metadata),
            ["tags"] = Json.Map(volume.Tags),
            ["created_at"] = Json.Micros(volume.Created),
            ["updated_at"] = Json.Micros(volume.Updated),
            ["os-vol-tenant-attr:tenant_id"] = cloud.Options.ProjectId,
            ["os-volume-replication:extended_status"] = null,
            ["replication_status"] = "disabled",
            ["user_id"] = cloud.Ids.Fixed("user").Replace("-", "", StringComparison.Ordinal),
            ["snapshot_id"] = volume.Snapshot,
            ["source_volid"] = null,
            ["consistencygroup_id"] = null,
            ["service_type"] = "EVS",
            ["wwn"] = $"688860300000{cloud.Ids.Fixed($"wwn-{volume.Id}")[..8]}",
            ["enterprise_project_id"] = volume.EnterpriseProject,
            ["links"] = new JsonArray(),
        };
        if (volume.Image is { } image)
        {
            view["volume_image_metadata"] = new JsonObject { ["id"] = image, ["__os_type"] = "Linux" };
        }

        return view;
    }

    private static JsonArray Attachments(Cloud cloud, Volume volume) =>
        volume.Server is null
            ? []
            :
            [
                new JsonObject
                {
                    ["server_id"] = volume.Server,
                    ["attachment_id"] = cloud.Ids.Fixed($"attachment-{volume.Id}-{volume.Server}"),
                    ["volume_id"] = volume.Id,
                    ["id"] = volume.Id,
                    ["device"] = volume.Device,
                    ["host_name"] = null,
                    ["attached_at"] = volume.AttachedAt is { } at ? Json.Micros(at) : null,
                },
            ];
}
