using CloudManager.Adapters.Relay.Wire;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Relay.Services;

/// <summary>Volumes through an agent.</summary>
internal sealed class RelayVolumes(PoolRelay relay) : IVolumeService, IVolumeAttachment
{
    public Task<CloudVolume> CreateAsync(VolumeSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Volumes.Create, new(spec, key), cancellationToken);

    public Task<CloudVolume?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Volumes.Find, new(key), cancellationToken);

    public Task<CloudVolume> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Volumes.Get, new(id), cancellationToken);

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Volumes.Delete, new(id), cancellationToken);

    public Task ExtendAsync(NativeId id, int sizeGiB, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.ExtendVolume, new(id, sizeGiB), cancellationToken);

    public Task AttachAsync(NativeId volume, NativeId server, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Attach, new(volume, server), cancellationToken);

    public Task DetachAsync(NativeId volume, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Detach, new(volume), cancellationToken);
}

/// <summary>Snapshots through an agent.</summary>
internal sealed class RelaySnapshots(PoolRelay relay) : ISnapshotService
{
    public Task<CloudSnapshot> CreateAsync(SnapshotSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Snapshots.Create, new(spec, key), cancellationToken);

    public Task<CloudSnapshot?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Snapshots.Find, new(key), cancellationToken);

    public Task<CloudSnapshot> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Snapshots.Get, new(id), cancellationToken);

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Snapshots.Delete, new(id), cancellationToken);
}
