using CloudManager.Adapters.Mock.Networks;
using CloudManager.Adapters.Mock.Servers;
using CloudManager.Adapters.Mock.Volumes;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.Watching;

/// <summary>
/// A listing shows what there was when it began. The rows it holds meanwhile are the cloud's own; what is shown of
/// each is made one at a time.
/// </summary>
internal sealed class MockInventory(MockCalls calls) : IInventory
{
    public IAsyncEnumerable<CloudServer> ListServersAsync(CancellationToken cancellationToken) =>
        calls
            .ListAsync(MockOperations.ListServers, tables => tables.Servers.Rows.ToArray(), cancellationToken)
            .Select(row => ServerView.Of(row, calls.Now));

    public IAsyncEnumerable<CloudVolume> ListVolumesAsync(CancellationToken cancellationToken) =>
        calls
            .ListAsync(MockOperations.ListVolumes, tables => tables.Volumes.Rows.ToArray(), cancellationToken)
            .Select(VolumeView.Of);

    public IAsyncEnumerable<CloudNetwork> ListNetworksAsync(CancellationToken cancellationToken) =>
        calls
            .ListAsync(MockOperations.ListNetworks, tables => tables.Networks.Rows.ToArray(), cancellationToken)
            .Select(row => NetworkView.Of(row));

    public IAsyncEnumerable<CloudAddress> ListAddressesAsync(CancellationToken cancellationToken) =>
        calls
            .ListAsync(MockOperations.ListAddresses, tables => tables.Addresses.Rows.ToArray(), cancellationToken)
            .Select(row => NetworkView.Of(row));
}
