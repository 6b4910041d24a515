using CloudManager.Adapters.Mock.State;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.Servers;

internal sealed class MockServerPower(MockCalls calls) : IServerPower
{
    public Task StartAsync(NativeId id, CancellationToken cancellationToken) =>
        calls.TellAsync(MockOperations.StartServer, tables => Switch(tables, id, on: true), cancellationToken);

    public Task StopAsync(NativeId id, CancellationToken cancellationToken) =>
        calls.TellAsync(MockOperations.StopServer, tables => Switch(tables, id, on: false), cancellationToken);

    public Task RebootAsync(NativeId id, CancellationToken cancellationToken) =>
        calls.TellAsync(MockOperations.RebootServer, tables => Switch(tables, id, on: true), cancellationToken);

    private void Switch(CloudTables tables, NativeId id, bool on)
    {
        var row = tables.Server(id);
        if (row.ReadyAt > calls.Now)
        {
            throw MockErrors.Conflict($"The server '{id}' is still being worked on.");
        }

        if (row.Before is not null && !on)
        {
            throw MockErrors.Conflict($"The resize of server '{id}' waits for its confirmation.");
        }

        if (row.Now.Running != on)
        {
            calls.Cloud.Commit(new PutServer(row.Enter(row.Now with { At = calls.Cloud.Now, Running = on })));
        }
    }
}
