using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Volumes;

/// <summary>Cinder's words in the contract's: https://docs.openstack.org/api-ref/block-storage/v3/#volumes-volumes</summary>
internal static class VolumeView
{
    public static CloudVolume Of(VolumeBody volume, string? fault) =>
        new()
        {
            Id = new NativeId(volume.Id),
            Name = volume.Name ?? "",
            State = State(volume.Status),
            SizeGiB = volume.Size,
            Type = volume.VolumeType,
            AttachedTo = Server(volume) is { } server ? new NativeId(server) : null,
            Key = Keys.FromMetadata(volume.Metadata),
            Fault = fault,
        };

    public static CloudSnapshot Of(SnapshotBody snapshot, string? fault) =>
        new()
        {
            Id = new NativeId(snapshot.Id),
            Name = snapshot.Name ?? "",
            State = State(snapshot.Status),
            Volume = new NativeId(snapshot.VolumeId),
            SizeGiB = snapshot.Size,
            Key = Keys.FromMetadata(snapshot.Metadata),
            Fault = fault,
        };

    public static CloudState State(string status) =>
        status switch
        {
            "available" or "in-use" => CloudState.Active,
            _ when status.StartsWith("error", StringComparison.Ordinal) => CloudState.Error,
            _ => CloudState.Pending,
        };

    /// <summary>The server that holds it; null if none.</summary>
    public static string? Server(VolumeBody volume) =>
        volume.Attachments.Select(attachment => attachment.ServerId).FirstOrDefault(id => !string.IsNullOrEmpty(id));

    /// <summary>Whether it is a server's system disk, which comes and goes with its server and is ordered with it.</summary>
    public static bool IsSystemDisk(VolumeBody volume) =>
        volume.Bootable == "true"
        && Keys.FromMetadata(volume.Metadata) is null
        && volume.Attachments.Any(attachment => attachment.Device?.EndsWith("da", StringComparison.Ordinal) == true);
}
