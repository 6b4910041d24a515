using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Volumes;

/// <summary>EVS's words in the contract's: https://support.huaweicloud.com/intl/en-us/api-evs/evs_04_0040.html</summary>
internal static class VolumeView
{
    public static CloudVolume Of(VolumeBody volume)
    {
        var state = State(volume.Status);
        return new CloudVolume
        {
            Id = new NativeId(volume.Id),
            Name = volume.Name ?? "",
            State = state,
            SizeGiB = volume.Size,
            Type = volume.VolumeType,
            AttachedTo = Server(volume) is { } server ? new NativeId(server) : null,
            Key = Keys.FromMaps(volume.Tags, volume.Metadata),
            Fault = state == CloudState.Error ? volume.Status : null,
        };
    }

    public static CloudSnapshot Of(SnapshotBody snapshot)
    {
        var state = State(snapshot.Status);
        return new CloudSnapshot
        {
            Id = new NativeId(snapshot.Id),
            Name = snapshot.Name ?? "",
            State = state,
            Volume = new NativeId(snapshot.VolumeId),
            SizeGiB = snapshot.Size,
            Key = Keys.FromMaps(null, snapshot.Metadata),
            Fault = state == CloudState.Error ? snapshot.Status : null,
        };
    }

    /// <summary>The server that holds it; null if none.</summary>
    public static string? Server(VolumeBody volume) =>
        volume.Attachments?.Select(holder => holder.ServerId).FirstOrDefault(id => !string.IsNullOrEmpty(id));

    /// <summary>Whether it is a server's system disk, which comes and goes with its server and is ordered with it.</summary>
    public static bool IsSystemDisk(VolumeBody volume) =>
        volume.Bootable == "true"
        && Keys.FromMaps(volume.Tags, volume.Metadata) is null
        && volume.Attachments?.Any(holder => holder.Device?.EndsWith("da", StringComparison.Ordinal) == true) == true;

    private static CloudState State(string status) =>
        status switch
        {
            "available" or "in-use" => CloudState.Active,
            _ when status.StartsWith("error", StringComparison.Ordinal) => CloudState.Error,
            _ => CloudState.Pending,
        };
}
