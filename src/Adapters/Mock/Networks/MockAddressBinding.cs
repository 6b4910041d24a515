using CloudManager.Adapters.Mock.Servers;
using CloudManager.Adapters.Mock.State;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.Networks;

internal sealed class MockAddressBinding(MockCalls calls) : IAddressBinding
{
    public Task BindAsync(NativeId address, NativeId server, CancellationToken cancellationToken) =>
        calls.TellAsync(MockOperations.BindAddress, tables => Bind(tables, address, server), cancellationToken);

    public Task UnbindAsync(NativeId address, CancellationToken cancellationToken) =>
        calls.TellAsync(MockOperations.UnbindAddress, tables => Unbind(tables, address), cancellationToken);

    private void Bind(CloudTables tables, NativeId address, NativeId server)
    {
        var row = tables.Address(address);
        var holder = tables.Server(server);
        if (row.BoundTo == holder.Id)
        {
            return;
        }

        if (row.BoundTo is not null)
        {
            throw MockErrors.Conflict($"The address '{address}' is bound to '{row.BoundTo}'.");
        }

        calls.Cloud.Commit(new PutAddress(row with { BoundTo = holder.Id }));
    }

    private void Unbind(CloudTables tables, NativeId address)
    {
        var row = tables.Address(address);
        if (row.BoundTo is not null)
        {
            calls.Cloud.Commit(new PutAddress(row with { BoundTo = null }));
        }
    }
}
