using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Guarding.Services;

internal sealed class GuardedInventory(IInventory inner, CallGuard guard) : IInventory
{
    public IAsyncEnumerable<CloudServer> ListServersAsync(CancellationToken cancellationToken) =>
        guard.ListAsync("listServers", token => inner.ListServersAsync(token), cancellationToken);

    public IAsyncEnumerable<CloudVolume> ListVolumesAsync(CancellationToken cancellationToken) =>
        guard.ListAsync("listVolumes", token => inner.ListVolumesAsync(token), cancellationToken);

    public IAsyncEnumerable<CloudNetwork> ListNetworksAsync(CancellationToken cancellationToken) =>
        guard.ListAsync("listNetworks", token => inner.ListNetworksAsync(token), cancellationToken);

    public IAsyncEnumerable<CloudAddress> ListAddressesAsync(CancellationToken cancellationToken) =>
        guard.ListAsync("listAddresses", token => inner.ListAddressesAsync(token), cancellationToken);
}
