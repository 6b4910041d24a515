using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.Ecs;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Evs;

/// <summary>Growing, renaming, retyping, tagging and deleting volumes.</summary>
internal static class VolumeChange
{
    private static readonly string[] Deletable =
    [
        "available",
        "error",
        "error_extending",
        "error_restoring",
        "error_rollbacking",
    ];

    public static Reply Extend(Call call)
    {
        var cloud = call.Cloud;
        var size = call.Section("os-extend", "EVS.5400").Int("new_size") ?? 0;
        var volume = VolumeList.Edit(cloud, call.Id);
        var (was, from) = Grow(cloud, volume, size);
        var job = cloud.Jobs.Start(
            new Work("extendVolume", Entities(volume, size))
            {
                Ends = () =>
                {
                    (volume.Status, volume.Size, volume.Updated) = (was, size, cloud.Now);
                    return null;
                },
                Fails = _ => (volume.Status, volume.Size) = (was, from),
            }
        );
        return new Reply(202, new JsonObject { ["job_id"] = job.Id });
    }

    /// <summary>Checks that the volume may grow to this size and takes it into extending.</summary>
    public static (string Was, int From) Grow(Cloud cloud, Volume volume, int size)
    {
        var most = volume.IsBootable ? 1024 : 32768;
        if (size <= volume.Size || size > most)
        {
            throw new Fault(400, "EVS.5400", $"new_size must be greater than {volume.Size} and at most {most}");
        }

        if (!(volume.Status == "available" || (volume.Status == "in-use" && !volume.IsShared)))
        {
            throw new Fault(400, "EVS.5400", $"volume {volume.Id} in status {volume.Status} cannot be extended");
        }

        VolumeCreate.CheckQuota(cloud, 0, size - volume.Size);
        var before = (volume.Status, volume.Size);
        volume.Status = "extending";
        return before;
    }

    public static Reply Update(Call call)
    {
        var change = call.Section("volume", "EVS.5400");
        var volume = VolumeList.Edit(call.Cloud, call.Id);
        Rename(call.Cloud, volume, change);
        return Reply.Ok(VolumeView.Of(call.Cloud, volume));
    }

    public static void Rename(Cloud cloud, Volume volume, JsonObject change)
    {
        volume.Name = change.Str("name") ?? volume.Name;
        volume.Description = change.Str("description") ?? volume.Description;
        volume.Updated = cloud.Now;
    }

    public static Reply Delete(Call call)
    {
        var cloud = call.Cloud;
        var volume = VolumeList.Edit(cloud, call.Id);
        CheckDeletable(cloud, volume);
        volume.Status = "deleting";
        var job = cloud.Jobs.Start(
            new Work("deleteVolume", Entities(volume, volume.Size))
            {
                Ends = () =>
                {
                    cloud.Volumes.Remove(volume.Id);
                    return null;
                },
                Fails = _ => volume.Status = "error_deleting",
            }
        );
        return new Reply(202, new JsonObject { ["job_id"] = job.Id });
    }

    public static void CheckDeletable(Cloud cloud, Volume volume)
    {
        if (!Deletable.Contains(volume.Status))
        {
            throw new Fault(
                400,
                "EVS.5400",
                $"Invalid volume: volume status must be available or error, it is {volume.Status}"
            );
        }

        if (cloud.Snapshots.All().Any(snapshot => snapshot.Volume == volume.Id))
        {
            throw new Fault(400, "EVS.5400", "Invalid volume: volume still has dependent snapshots");
        }
    }

    public static Reply Retype(Call call)
    {
        var cloud = call.Cloud;
        var type = call.Section("os-retype", "EVS.5400").Str("new_type") ?? "";
        var volume = VolumeList.Edit(cloud, call.Id);
        if (!Cloud.VolumeTypes.Contains(type) || type == volume.Type)
        {
            throw new Fault(400, "EVS.5400", $"new_type [{type}] is invalid");
        }

        var job = cloud.Jobs.Start(
            new Work("retypeVolume", Entities(volume, volume.Size))
            {
                Ends = () =>
                {
                    volume.Type = type;
                    return null;
                },
            }
        );
        return new Reply(202, new JsonObject { ["job_id"] = job.Id });
    }

    public static Reply Tag(Call call)
    {
        ServerChange.Apply(call, VolumeList.Edit(call.Cloud, call.Id).Tags, "EVS.5400");
        return Reply.NoContent;
    }

    public static Reply Tags(Call call) =>
        Reply.Ok(
            new JsonObject
            {
                ["tags"] = Json.TagList(VolumeList.Find(call.Cloud, call.Id).Tags),
                ["sys_tags"] = new JsonArray(),
            }
        );

    private static JsonObject Entities(Volume volume, int size) =>
        new()
        {
            ["volume_id"] = volume.Id,
            ["name"] = volume.Name,
            ["size"] = size,
            ["volume_type"] = volume.Type,
        };
}
