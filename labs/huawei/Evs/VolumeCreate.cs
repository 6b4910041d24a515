using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.Ecs;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Evs;

/// <summary>
/// Creating volumes: ids at once, a job for the rest. Until the job has begun, and after it failed, the id answers 404.
/// </summary>
internal static class VolumeCreate
{
    public static Reply Create(Call call) => call.Cloud.Once("evs", call.Header("X-Client-Token"), () => Make(call));

    /// <summary>The volume a body asks for, checked.</summary>
    public static Volume Draft(Cloud cloud, JsonObject asked, string name)
    {
        var type = asked.Str("volume_type") ?? "";
        var zone = asked.Str("availability_zone") ?? "";
        if (!Cloud.VolumeTypes.Contains(type))
        {
            throw new Fault(400, "EVS.5400", $"volume_type [{type}] is invalid");
        }

        if (!cloud.Zones.Contains(zone))
        {
            throw new Fault(400, "EVS.5400", $"availability_zone [{zone}] is invalid");
        }

        var source = asked.Str("snapshot_id") is { Length: > 0 } id ? Source(cloud, id) : null;
        var least = source?.Size ?? (asked.Str("imageRef") is null ? 10 : 1);
        var size = asked.Int("size") ?? source?.Size ?? 0;
        if (size < least || size > 32768)
        {
            throw new Fault(400, "EVS.5400", $"size must be {least} to 32768");
        }

        return new Volume(cloud.Ids.Next(), cloud.Now)
        {
            Name = name,
            Description = asked.Str("description") ?? "",
            Size = size,
            Type = type,
            Zone = zone,
            IsShared = asked.Flag("multiattach"),
            IsBootable = asked.Str("imageRef") is not null,
            Image = asked.Str("imageRef"),
            Snapshot = source?.Id,
            EnterpriseProject = asked.Str("enterprise_project_id") ?? "0",
            Metadata = Json.Pairs(asked.Obj("metadata")),
            Tags = Json.Pairs(asked.Obj("tags")),
        };
    }

    public static void CheckQuota(Cloud cloud, long count, long gigabytes)
    {
        if (!Cloud.Fits(cloud.Options.Quotas.Volumes, cloud.Volumes.Made, count))
        {
            throw new Fault(413, "EVS.5413", "VolumeLimitExceeded: Maximum number of volumes allowed exceeded");
        }

        if (!Cloud.Fits(cloud.Options.Quotas.Gigabytes, cloud.GigabytesMade, gigabytes))
        {
            throw new Fault(413, "EVS.5413", "VolumeSizeExceedsAvailableQuota: gigabytes exceeds allowed quota");
        }
    }

    private static Snapshot Source(Cloud cloud, string id) =>
        cloud.Snapshots.Find(id) ?? throw new Fault(404, "EVS.5404", $"Snapshot {id} could not be found.");

    private static Reply Make(Call call)
    {
        var cloud = call.Cloud;
        var asked = call.Section("volume", "EVS.5400");
        var count = asked.Int("count") ?? 1;
        if (count is < 1 or > 100)
        {
            throw new Fault(400, "EVS.5400", "count must be 1 to 100");
        }

        var server = call.Body.Str("server_id");
        var holder = server is null
            ? null
            : cloud.Servers.Find(server) ?? throw new Fault(400, "EVS.5400", "server_id is invalid");
        var name = asked.Str("name") ?? "";
        var volumes = Enumerable
            .Range(1, count)
            .Select(number => Draft(cloud, asked, count == 1 ? name : $"{name}-{number:d4}"))
            .ToList();
        CheckQuota(cloud, count, volumes.Sum(volume => (long)volume.Size));
        var works = volumes.ConvertAll(volume => Build(cloud, volume, holder?.Id));
        var job = count == 1 ? cloud.Jobs.Start(works[0]) : cloud.Jobs.Start("batchCreateVolume", works);
        return new Reply(
            202,
            new JsonObject { ["job_id"] = job.Id, ["volume_ids"] = Json.Strings(volumes.Select(volume => volume.Id)) }
        );
    }

    private static Work Build(Cloud cloud, Volume volume, string? server) =>
        new(
            "createVolume",
            new JsonObject
            {
                ["volume_id"] = volume.Id,
                ["name"] = volume.Name,
                ["size"] = volume.Size,
                ["volume_type"] = volume.Type,
            }
        )
        {
            Begins = () => cloud.Volumes.Add(volume),
            Ends = () =>
            {
                volume.Status = "available";
                volume.Updated = cloud.Now;
                return server is null ? null : ServerDisks.Hold(cloud, server, volume.Id, null);
            },
            Fails = _ => cloud.Volumes.Remove(volume.Id),
        };
}
