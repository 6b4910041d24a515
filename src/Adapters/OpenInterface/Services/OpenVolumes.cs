using CloudManager.Adapters.OpenInterface.Connection;
using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenInterface.Services;

/// <summary>Volumes and what holds them.</summary>
internal sealed class OpenVolumes(ProviderDoor door) : IVolumeService, IVolumeAttachment
{
    private readonly Collection<CloudVolume, VolumeSpec> _volumes = new(
        door,
        new(OpenPaths.Volumes, "volume", it => it.Id, it => it.Key, Fit.Volume)
    );

    public Task<CloudVolume> CreateAsync(VolumeSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        _volumes.CreateAsync(spec, key, cancellationToken);

    public Task<CloudVolume?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        _volumes.FindAsync(key, cancellationToken);

    public Task<CloudVolume> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        _volumes.GetAsync(id, cancellationToken);

    public Task ExtendAsync(NativeId id, int sizeGiB, CancellationToken cancellationToken) =>
        ActAsync(OpenPaths.Volumes, (id, "extend"), "sizeGiB", sizeGiB, cancellationToken);

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        _volumes.DeleteAsync(id, cancellationToken);

    public Task AttachAsync(NativeId volume, NativeId server, CancellationToken cancellationToken) =>
        ActAsync(OpenPaths.Attachment, (volume, "attach"), "server", server.Value, cancellationToken);

    public Task DetachAsync(NativeId volume, CancellationToken cancellationToken) =>
        _volumes.ActAsync(
            OpenPaths.Attachment,
            (volume, "detach"),
            new Dictionary<string, object>(),
            cancellationToken
        );

    private Task ActAsync(
        string service,
        (NativeId, string) call,
        string member,
        object value,
        CancellationToken token
    ) => _volumes.ActAsync(service, call, new Dictionary<string, object> { [member] = value }, token);
}

/// <summary>Snapshots of volumes.</summary>
internal sealed class OpenSnapshots(ProviderDoor door) : ISnapshotService
{
    private readonly Collection<CloudSnapshot, SnapshotSpec> _snapshots = new(
        door,
        new(OpenPaths.Snapshots, "snapshot", it => it.Id, it => it.Key, Fit.Snapshot)
    );

    public Task<CloudSnapshot> CreateAsync(SnapshotSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        _snapshots.CreateAsync(spec, key, cancellationToken);

    public Task<CloudSnapshot?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        _snapshots.FindAsync(key, cancellationToken);

    public Task<CloudSnapshot> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        _snapshots.GetAsync(id, cancellationToken);

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        _snapshots.DeleteAsync(id, cancellationToken);
}
