using Amazon.EC2.Model;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Volumes;

/// <summary>
/// EBS volumes and snapshots in the contract's words: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-describing-volumes.html
/// </summary>
internal static class VolumeView
{
    public static bool IsGone(Volume volume) => volume.State?.Value is "deleted";

    /// <summary>A disk that goes with its server is part of that server.</summary>
    public static bool IsSystemDisk(Volume volume) =>
        Keys.Value(volume.Tags, Keys.SystemDiskTag) is not null
        || (volume.Attachments ?? []).Any(each => each.DeleteOnTermination == true);

    public static CloudVolume Of(Volume volume, string? fault) =>
        new()
        {
            Id = new NativeId(volume.VolumeId),
            Name = Keys.NameOf(volume.Tags, volume.VolumeId),
            State = State(volume),
            SizeGiB = volume.Size ?? 0,
            Type = volume.VolumeType?.Value,
            AttachedTo = Holder(volume) is { } server ? new NativeId(server.InstanceId) : null,
            Key = Keys.Of(volume.Tags),
            Fault = fault,
        };

    public static CloudSnapshot Of(Snapshot snapshot)
    {
        var state = snapshot.State?.Value switch
        {
            "completed" => CloudState.Active,
            "error" => CloudState.Error,
            _ => CloudState.Pending,
        };
        return new CloudSnapshot
        {
            Id = new NativeId(snapshot.SnapshotId),
            Name = Keys.NameOf(snapshot.Tags, snapshot.SnapshotId),
            State = state,
            Volume = new NativeId(snapshot.VolumeId),
            SizeGiB = snapshot.VolumeSize ?? 0,
            Key = Keys.Of(snapshot.Tags),
            Fault = state == CloudState.Error ? snapshot.StateMessage ?? "error" : null,
        };
    }

    /// <summary>The attachment that is there or on its way in or out; null if nothing holds the volume.</summary>
    public static VolumeAttachment? Holder(Volume volume) =>
        volume.Attachments?.FirstOrDefault(each => each.State?.Value is not "detached");

    private static CloudState State(Volume volume) =>
        volume.State?.Value switch
        {
            "error" => CloudState.Error,
            "available" or "in-use" => Holder(volume)?.State?.Value is "attaching" or "detaching" or "busy"
                ? CloudState.Pending
                : CloudState.Active,
            _ => CloudState.Pending,
        };
}
