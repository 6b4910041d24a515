using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Volumes;

/// <summary>Snapshots of volumes, attached or not. The key stands in their metadata; no token keeps it unique.</summary>
internal sealed class EvsSnapshots(Evs evs) : ISnapshotService
{
    private readonly KeyTurns _turns = new();

    public Task<CloudSnapshot> CreateAsync(SnapshotSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        _turns.TakeAsync(key, () => FindOrCreateAsync(spec, key, cancellationToken), cancellationToken);

    public async Task<CloudSnapshot?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        await evs.SnapshotsAsync(cancellationToken)
            .Select(VolumeView.Of)
            .FirstOrDefaultAsync(snapshot => snapshot.Key == key, cancellationToken);

    public async Task<CloudSnapshot> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        VolumeView.Of(await BodyAsync(id, cancellationToken));

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        Evs.DeleteAsync(
            evs.TellAsync<IEvsSnapshotApi>(
                (api, p) => api.DeleteAsync(p, evs.Style.Snapshots, id.Value, cancellationToken),
                cancellationToken
            ),
            async () => (await BodyAsync(id, cancellationToken)).Status
        );

    private async Task<SnapshotBody> BodyAsync(NativeId id, CancellationToken token) =>
        (
            await evs.AskAsync<IEvsSnapshotApi, SnapshotAnswer>(
                (api, p) => api.GetAsync(p, evs.Style.Snapshots, id.Value, token),
                token
            )
        ).Snapshot;

    private async Task<CloudSnapshot> FindOrCreateAsync(SnapshotSpec spec, OperationKey key, CancellationToken token)
    {
        if (await FindAsync(key, token) is { } made)
        {
            return made;
        }

        var metadata = new Dictionary<string, string> { [Keys.Metadata] = key.Value };
        var request = new NewSnapshotRequest(new NewSnapshot(spec.Name, spec.Volume.Value, metadata));
        var answer = await evs.AskAsync<IEvsSnapshotApi, SnapshotAnswer>(
            (api, p) => api.CreateAsync(p, evs.Style.Snapshots, request, token),
            token
        );
        return VolumeView.Of(answer.Snapshot) with { Key = key };
    }
}
