using System.Net;
using System.Net.Sockets;
using CloudManager.Adapters.Mock.State;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.Networks;

internal sealed class MockNetworks(MockCalls calls) : INetworkService
{
    public Task<CloudNetwork> CreateAsync(NetworkSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        calls.AskAsync(MockOperations.CreateNetwork, tables => Create(tables, spec, key), cancellationToken);

    public Task<CloudNetwork?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        calls.AskAsync(
            MockOperations.FindNetwork,
            tables => tables.Networks.ByKey(key.Value) is { } row ? NetworkView.Of(row) : null,
            cancellationToken
        );

    public Task<CloudNetwork> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        calls.AskAsync(
            MockOperations.GetNetwork,
            tables =>
                tables.Networks.TryGet(id.Value, out var row)
                    ? NetworkView.Of(row)
                    : throw MockErrors.NotFound("network", id.Value),
            cancellationToken
        );

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        calls.TellAsync(MockOperations.DeleteNetwork, tables => Delete(tables, id), cancellationToken);

    private CloudNetwork Create(CloudTables tables, NetworkSpec spec, OperationKey key)
    {
        if (tables.Networks.ByKey(key.Value) is { } made)
        {
            return NetworkView.Of(made);
        }

        if (
            !IPNetwork.TryParse(spec.Cidr, out var range)
            || range.BaseAddress.AddressFamily != AddressFamily.InterNetwork
            || range.PrefixLength is < 8 or > 29
            || range.ToString() != spec.Cidr
        )
        {
            throw MockErrors.Invalid($"'{spec.Cidr}' is not an IPv4 range from /8 to /29, e.g. 10.20.0.0/24.");
        }

        var row = new NetworkRow
        {
            Id = $"{calls.Cloud.Pool}-net-{tables.Made.Networks + 1}",
            Key = key.Value,
            Name = spec.Name,
            Cidr = range.ToString(),
        };
        calls.Cloud.Commit(new PutNetwork(row));
        return NetworkView.Of(row);
    }

    private void Delete(CloudTables tables, NativeId id)
    {
        if (!tables.Networks.TryGet(id.Value, out var row))
        {
            return;
        }

        if (tables.Joined.Any(row.Id))
        {
            throw MockErrors.Conflict($"The network '{id}' has servers.");
        }

        calls.Cloud.Commit(new RemoveNetwork(row.Id));
    }
}
