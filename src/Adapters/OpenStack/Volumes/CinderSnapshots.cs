using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Volumes;

/// <summary>Snapshots in Cinder. The key stands in a snapshot's metadata from its creation on.</summary>
internal sealed class CinderSnapshots(CloudDoor door, KeyGate gate) : ISnapshotService
{
    public Task<CloudSnapshot> CreateAsync(SnapshotSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        gate.EnterAsync(
            key,
            async () => await FindAsync(key, cancellationToken) ?? await MakeAsync(spec, key, cancellationToken),
            cancellationToken
        );

    public async Task<CloudSnapshot?> FindAsync(OperationKey key, CancellationToken cancellationToken)
    {
        for (var page = VolumeMapping.WithKey(key); ; )
        {
            var answer = await CallAsync(api => api.ListAsync(page, cancellationToken), cancellationToken);
            if (answer.Snapshots.FirstOrDefault(body => VolumeMapping.Key(body.Metadata) == key) is { } found)
            {
                return VolumeMapping.Of(found);
            }

            if (answer.Snapshots.Count == 0)
            {
                return null;
            }

            page = page with { Marker = answer.Snapshots[^1].Id };
        }
    }

    public async Task<CloudSnapshot> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        VolumeMapping.Of(
            (await CallAsync(api => api.GetAsync(id.Value, cancellationToken), cancellationToken)).Snapshot
        );

    public async Task DeleteAsync(NativeId id, CancellationToken cancellationToken)
    {
        try
        {
            await door.CallAsync<ICinderSnapshotsApi>(
                CloudServices.Volume,
                api => api.DeleteAsync(id.Value, cancellationToken),
                cancellationToken
            );
        }
        catch (AdapterException gone) when (gone.Kind == FailureKind.NotFound)
        {
            return;
        }
        catch (AdapterException refused) when (refused.Kind == FailureKind.InvalidRequest)
        {
            if (!await IsLeavingAsync(id, cancellationToken))
            {
                throw refused.As(FailureKind.Conflict);
            }
        }
    }

    private async Task<CloudSnapshot> MakeAsync(
        SnapshotSpec spec,
        OperationKey key,
        CancellationToken cancellationToken
    )
    {
        var asked = new NewSnapshot(spec.Name, spec.Volume.Value, Force: true, VolumeMapping.Metadata(key));
        var made = await CallAsync(
            api => api.CreateAsync(new CreateSnapshot(asked), cancellationToken),
            cancellationToken
        );
        return VolumeMapping.Of(made.Snapshot);
    }

    private async Task<bool> IsLeavingAsync(NativeId id, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await CallAsync(api => api.GetAsync(id.Value, cancellationToken), cancellationToken);
            return answer.Snapshot.Status == "deleting";
        }
        catch (AdapterException gone) when (gone.Kind == FailureKind.NotFound)
        {
            return true;
        }
    }

    private Task<T> CallAsync<T>(Func<ICinderSnapshotsApi, Task<T>> call, CancellationToken cancellationToken) =>
        door.CallAsync(CloudServices.Volume, call, cancellationToken);
}
