using CloudManager.Adapters.Mock.State;
using CloudManager.Adapters.Mock.Watching;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.Servers;

/// <summary>Resizing at once, or, where the pool is set so, with the old size held until somebody confirms or reverts.</summary>
internal sealed class MockServerResizing(MockCalls calls, Room room, MockSettings settings) : IServerResizing
{
    public Task ResizeAsync(NativeId id, string flavour, ServerSize size, CancellationToken cancellationToken) =>
        calls.TellAsync(MockOperations.ResizeServer, tables => Resize(tables, id, flavour), cancellationToken);

    public Task ConfirmAsync(NativeId id, CancellationToken cancellationToken) =>
        calls.TellAsync(MockOperations.ConfirmResize, tables => End(tables, id, keepsNew: true), cancellationToken);

    public Task RevertAsync(NativeId id, CancellationToken cancellationToken) =>
        calls.TellAsync(MockOperations.RevertResize, tables => End(tables, id, keepsNew: false), cancellationToken);

    private void Resize(CloudTables tables, NativeId id, string flavour)
    {
        var row = tables.Server(id);
        var size = Catalogue.Size(flavour) ?? throw MockErrors.Invalid($"There is no flavour '{flavour}'.");
        if (row.Flavour == flavour)
        {
            return;
        }

        if (row.ReadyAt > calls.Now)
        {
            throw MockErrors.Conflict($"The server '{id}' is still being worked on.");
        }

        if (row.Before is not null)
        {
            throw MockErrors.Conflict($"The resize of server '{id}' waits for its confirmation.");
        }

        if (settings.ResizeNeedsStop && row.Now.Running)
        {
            throw MockErrors.Conflict($"The server '{id}' must be stopped before its size changes.");
        }

        var old = new OldSize(row.Flavour, row.Now.Vcpus, row.Now.MemoryGiB);
        var given = settings.ResizeNeedsConfirm ? new Taken(0, 0, 0) : new Taken(old.Vcpus, old.MemoryGiB, 0);
        room.Require(tables.Taken, new Taken(size.Vcpus, size.MemoryGiB, 0).Minus(given));
        var next = row.Now with { At = calls.Cloud.Now, Vcpus = size.Vcpus, MemoryGiB = size.MemoryGiB };
        var resized = row.Enter(next) with
        {
            Flavour = flavour,
            Before = settings.ResizeNeedsConfirm ? old : null,
            ReadyAt = calls.Now + (long)settings.ResizeTime.TotalMilliseconds,
        };
        calls.Cloud.Commit(new PutServer(resized));
    }

    private void End(CloudTables tables, NativeId id, bool keepsNew)
    {
        var row = tables.Server(id);
        if (row.Before is not { } old)
        {
            return;
        }

        if (row.ReadyAt > calls.Now)
        {
            throw MockErrors.Conflict($"The server '{id}' is still being worked on.");
        }

        var now = row.Now with { At = calls.Cloud.Now };
        var ended = keepsNew
            ? row with
            {
                ChangedAt = now.At,
            }
            : row.Enter(now with { Vcpus = old.Vcpus, MemoryGiB = old.MemoryGiB }) with
            {
                Flavour = old.Flavour,
            };
        calls.Cloud.Commit(new PutServer(ended with { Before = null }));
    }
}
