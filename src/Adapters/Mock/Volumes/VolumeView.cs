using CloudManager.Adapters.Mock.State;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.Volumes;

/// <summary>What the cloud shows of a volume.</summary>
internal static class VolumeView
{
    public static CloudVolume Of(VolumeRow row) =>
        new()
        {
            Id = new NativeId(row.Id),
            Name = row.Name,
            State = CloudState.Active,
            SizeGiB = row.SizeGiB,
            Type = row.Type,
            AttachedTo = row.AttachedTo is null ? null : new NativeId(row.AttachedTo),
            Key = row.Key is null ? null : new OperationKey(row.Key),
        };

    public static CloudSnapshot Of(SnapshotRow row) =>
        new()
        {
            Id = new NativeId(row.Id),
            Name = row.Name,
            State = CloudState.Active,
            Volume = new NativeId(row.Volume),
            SizeGiB = row.SizeGiB,
            Key = row.Key is null ? null : new OperationKey(row.Key),
        };

    /// <summary>The row of a volume that must exist.</summary>
    /// <exception cref="AdapterException">It does not.</exception>
    public static VolumeRow Volume(this CloudTables tables, NativeId id) =>
        tables.Volumes.TryGet(id.Value, out var row) ? row : throw MockErrors.NotFound("volume", id.Value);
}
