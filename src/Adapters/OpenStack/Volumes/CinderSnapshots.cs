using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Volumes;

/// <summary>Snapshots of volumes, attached ones too. The key stands in the metadata that the create itself sets.</summary>
internal sealed class CinderSnapshots(Cinder cinder) : ISnapshotService
{
    private readonly KeyTurns _turns = new();

    public Task<CloudSnapshot> CreateAsync(SnapshotSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        _turns.TakeAsync(key, () => FindOrCreateAsync(spec, key, cancellationToken), cancellationToken);

    public async Task<CloudSnapshot?> FindAsync(OperationKey key, CancellationToken cancellationToken)
    {
        await foreach (var snapshot in ListAsync(Cinder.With(key), cancellationToken))
        {
            if (Keys.FromMetadata(snapshot.Metadata) == key)
            {
                return await ViewAsync(snapshot, cancellationToken);
            }
        }

        return null;
    }

    public async Task<CloudSnapshot> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        await ViewAsync(await BodyAsync(id, cancellationToken), cancellationToken);

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        Cinder.DeleteAsync(
            cinder.TellAsync<ISnapshotApi>(api => api.DeleteAsync(id.Value, cancellationToken), cancellationToken),
            async () => (await BodyAsync(id, cancellationToken)).Status
        );

    private async Task<CloudSnapshot> FindOrCreateAsync(SnapshotSpec spec, OperationKey key, CancellationToken token)
    {
        if (await FindAsync(key, token) is { } made)
        {
            return made;
        }

        var request = new NewSnapshotRequest(
            new NewSnapshot(spec.Volume.Value, spec.Name) { Metadata = Cinder.Metadata(key) }
        );
        var answer = await cinder.AskAsync<ISnapshotApi, SnapshotAnswer>(api => api.CreateAsync(request, token), token);
        return VolumeView.Of(answer.Snapshot, null);
    }

    private IAsyncEnumerable<SnapshotBody> ListAsync(VolumeQuery query, CancellationToken token) =>
        Pages.EachAsync(
            async marker =>
            {
                var asked = query with { Limit = 500, Marker = marker };
                var page = await cinder.AskAsync<ISnapshotApi, SnapshotsAnswer>(
                    api => api.ListAsync(asked, token),
                    token
                );
                return new Page<SnapshotBody>(page.Snapshots, page.Links.HasNext());
            },
            snapshot => snapshot.Id,
            token
        );

    private async Task<SnapshotBody> BodyAsync(NativeId id, CancellationToken token) =>
        (await cinder.AskAsync<ISnapshotApi, SnapshotAnswer>(api => api.GetAsync(id.Value, token), token)).Snapshot;

    private async Task<CloudSnapshot> ViewAsync(SnapshotBody snapshot, CancellationToken token)
    {
        var isBroken = VolumeView.State(snapshot.Status) == CloudState.Error;
        return VolumeView.Of(
            snapshot,
            isBroken ? await cinder.FaultAsync(snapshot.Id, token) ?? snapshot.Status : null
        );
    }
}
