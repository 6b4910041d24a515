using CloudManager.Adapters.Mock.State;
using CloudManager.Adapters.Mock.Watching;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.Servers;

internal sealed class MockServerResizing(MockCalls calls, Room room, bool needsStop) : IServerResizing
{
    public Task ResizeAsync(NativeId id, string flavour, ServerSize size, CancellationToken cancellationToken) =>
        calls.TellAsync(MockOperations.ResizeServer, tables => Resize(tables, id, flavour), cancellationToken);

    private void Resize(CloudTables tables, NativeId id, string flavour)
    {
        var row = tables.Server(id);
        var size = Catalogue.Size(flavour) ?? throw MockErrors.Invalid($"There is no flavour '{flavour}'.");
        if (row.Flavour == flavour)
        {
            return;
        }

        if (needsStop && row.Now.Running)
        {
            throw MockErrors.Conflict($"The server '{id}' must be stopped before its size changes.");
        }

        var (vcpus, memoryGiB) = (row.Now.Vcpus, row.Now.MemoryGiB);
        room.Require(tables.Taken, new Taken(size.Vcpus - vcpus, size.MemoryGiB - memoryGiB, 0));
        var next = row.Now with { At = calls.Cloud.Now, Vcpus = size.Vcpus, MemoryGiB = size.MemoryGiB };
        calls.Cloud.Commit(new PutServer(row.Enter(next) with { Flavour = flavour }));
    }
}
