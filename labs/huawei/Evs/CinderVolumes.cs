using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Evs;

/// <summary>The Cinder-like paths of private editions: the volume in the reply and no job; its status is to be polled.</summary>
internal static class CinderVolumes
{
    public static Reply Create(Call call)
    {
        var cloud = call.Cloud;
        var asked = (JsonObject)call.Section("volume", "EVS.5400").DeepClone();
        asked["availability_zone"] ??= cloud.Zones[0];
        asked["volume_type"] ??= "SAS";
        var volume = VolumeCreate.Draft(cloud, asked, asked.Str("name") ?? "");
        VolumeCreate.CheckQuota(cloud, 1, volume.Size);
        cloud.Volumes.Add(volume);
        cloud.Timeline.After(cloud.Options.JobTime, () => volume.Status = "available");
        return new Reply(202, new JsonObject { ["volume"] = VolumeView.Of(cloud, volume) });
    }

    public static Reply Update(Call call)
    {
        var volume = VolumeList.Edit(call.Cloud, call.Id);
        VolumeChange.Rename(call.Cloud, volume, call.Section("volume", "EVS.5400"));
        return Reply.Ok(new JsonObject { ["volume"] = VolumeView.Of(call.Cloud, volume) });
    }

    public static Reply Delete(Call call)
    {
        var cloud = call.Cloud;
        var volume = VolumeList.Edit(cloud, call.Id);
        VolumeChange.CheckDeletable(cloud, volume);
        volume.Status = "deleting";
        cloud.Timeline.After(cloud.Options.JobTime, () => cloud.Volumes.Remove(volume.Id));
        return new Reply(202);
    }

    public static Reply Act(Call call)
    {
        var cloud = call.Cloud;
        var order = call.Section("os-extend", "EVS.5400");
        var volume = VolumeList.Edit(cloud, call.Id);
        var size = order.Int("new_size") ?? 0;
        var (was, _) = VolumeChange.Grow(cloud, volume, size);
        cloud.Timeline.After(
            cloud.Options.JobTime,
            () => (volume.Status, volume.Size, volume.Updated) = (was, size, cloud.Now)
        );
        return new Reply(202);
    }
}
