using CloudManager.Adapters.Mock.State;
using CloudManager.Adapters.Mock.Watching;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.Volumes;

internal sealed class MockVolumes(MockCalls calls, Room room, int largestGiB) : IVolumeService
{
    public Task<CloudVolume> CreateAsync(VolumeSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        calls.AskAsync(MockOperations.CreateVolume, tables => Create(tables, spec, key), cancellationToken);

    public Task<CloudVolume?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        calls.AskAsync(
            MockOperations.FindVolume,
            tables => tables.Volumes.ByKey(key.Value) is { } row ? VolumeView.Of(row) : null,
            cancellationToken
        );

    public Task<CloudVolume> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        calls.AskAsync(MockOperations.GetVolume, tables => VolumeView.Of(tables.Volume(id)), cancellationToken);

    public Task ExtendAsync(NativeId id, int sizeGiB, CancellationToken cancellationToken) =>
        calls.TellAsync(MockOperations.ExtendVolume, tables => Extend(tables, id, sizeGiB), cancellationToken);

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        calls.TellAsync(MockOperations.DeleteVolume, tables => Delete(tables, id), cancellationToken);

    private CloudVolume Create(CloudTables tables, VolumeSpec spec, OperationKey key)
    {
        if (tables.Volumes.ByKey(key.Value) is { } made)
        {
            return VolumeView.Of(made);
        }

        RequireSize(spec.SizeGiB);
        if (!Catalogue.HasVolumeType(spec.Type))
        {
            throw MockErrors.Invalid($"There is no volume type '{spec.Type}'.");
        }

        room.Require(tables.Taken, new Taken(0, 0, spec.SizeGiB));
        var row = new VolumeRow
        {
            Id = $"{calls.Cloud.Pool}-vol-{tables.Made.Volumes + 1}",
            Key = key.Value,
            Name = spec.Name,
            SizeGiB = spec.SizeGiB,
            Type = spec.Type,
        };
        calls.Cloud.Commit(new PutVolume(row));
        return VolumeView.Of(row);
    }

    private void Extend(CloudTables tables, NativeId id, int sizeGiB)
    {
        var row = tables.Volume(id);
        if (row.SizeGiB == sizeGiB)
        {
            return;
        }

        RequireSize(sizeGiB);
        if (sizeGiB < row.SizeGiB)
        {
            throw MockErrors.Invalid($"The volume '{id}' has {row.SizeGiB} GiB and never shrinks.");
        }

        room.Require(tables.Taken, new Taken(0, 0, sizeGiB - row.SizeGiB));
        calls.Cloud.Commit(new PutVolume(row with { SizeGiB = sizeGiB }));
    }

    private void Delete(CloudTables tables, NativeId id)
    {
        if (!tables.Volumes.TryGet(id.Value, out var row))
        {
            return;
        }

        if (row.AttachedTo is not null)
        {
            throw MockErrors.Conflict($"The volume '{id}' is attached to '{row.AttachedTo}'.");
        }

        if (tables.Snapped.Any(row.Id))
        {
            throw MockErrors.Conflict($"The volume '{id}' has snapshots.");
        }

        calls.Cloud.Commit(new RemoveVolume(row.Id));
    }

    private void RequireSize(int sizeGiB)
    {
        if (sizeGiB < 1 || sizeGiB > largestGiB)
        {
            throw MockErrors.Invalid($"A volume has 1 to {largestGiB} GiB, not {sizeGiB}.");
        }
    }
}
