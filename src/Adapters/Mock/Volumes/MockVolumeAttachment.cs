using CloudManager.Adapters.Mock.Servers;
using CloudManager.Adapters.Mock.State;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.Volumes;

internal sealed class MockVolumeAttachment(MockCalls calls) : IVolumeAttachment
{
    public Task AttachAsync(NativeId volume, NativeId server, CancellationToken cancellationToken) =>
        calls.TellAsync(MockOperations.AttachVolume, tables => Attach(tables, volume, server), cancellationToken);

    public Task DetachAsync(NativeId volume, CancellationToken cancellationToken) =>
        calls.TellAsync(MockOperations.DetachVolume, tables => Detach(tables, volume), cancellationToken);

    private void Attach(CloudTables tables, NativeId volume, NativeId server)
    {
        var row = tables.Volume(volume);
        var holder = tables.Server(server);
        if (row.AttachedTo == holder.Id)
        {
            return;
        }

        if (row.AttachedTo is not null)
        {
            throw MockErrors.Conflict($"The volume '{volume}' is attached to '{row.AttachedTo}'.");
        }

        calls.Cloud.Commit(new PutVolume(row with { AttachedTo = holder.Id }));
    }

    private void Detach(CloudTables tables, NativeId volume)
    {
        var row = tables.Volume(volume);
        if (row.AttachedTo is not null)
        {
            calls.Cloud.Commit(new PutVolume(row with { AttachedTo = null }));
        }
    }
}
