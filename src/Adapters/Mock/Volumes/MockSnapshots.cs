using CloudManager.Adapters.Mock.State;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.Volumes;

/// <summary>Snapshots, taken at once. A volume that has one is not deleted.</summary>
internal sealed class MockSnapshots(MockCalls calls) : ISnapshotService
{
    public Task<CloudSnapshot> CreateAsync(SnapshotSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        calls.AskAsync(MockOperations.CreateSnapshot, tables => Create(tables, spec, key), cancellationToken);

    public Task<CloudSnapshot?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        calls.AskAsync(
            MockOperations.FindSnapshot,
            tables => tables.Snapshots.ByKey(key.Value) is { } row ? VolumeView.Of(row) : null,
            cancellationToken
        );

    public Task<CloudSnapshot> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        calls.AskAsync(
            MockOperations.GetSnapshot,
            tables =>
                tables.Snapshots.TryGet(id.Value, out var row)
                    ? VolumeView.Of(row)
                    : throw MockErrors.NotFound("snapshot", id.Value),
            cancellationToken
        );

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        calls.TellAsync(
            MockOperations.DeleteSnapshot,
            tables =>
            {
                if (tables.Snapshots.TryGet(id.Value, out _))
                {
                    calls.Cloud.Commit(new RemoveSnapshot(id.Value));
                }
            },
            cancellationToken
        );

    private CloudSnapshot Create(CloudTables tables, SnapshotSpec spec, OperationKey key)
    {
        if (tables.Snapshots.ByKey(key.Value) is { } made)
        {
            return VolumeView.Of(made);
        }

        var volume = tables.Volume(spec.Volume);
        var row = new SnapshotRow
        {
            Id = $"{calls.Cloud.Pool}-snap-{tables.Made.Snapshots + 1}",
            Key = key.Value,
            Name = spec.Name,
            Volume = volume.Id,
            SizeGiB = volume.SizeGiB,
        };
        calls.Cloud.Commit(new PutSnapshot(row));
        return VolumeView.Of(row);
    }
}
