using CloudManager.Adapters.Huawei.Network;
using CloudManager.Adapters.Huawei.Servers;
using CloudManager.Adapters.Huawei.Volumes;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Watching;

/// <summary>What exists in the project.</summary>
internal sealed class HuaweiInventory(Ecs ecs, EvsVolumes volumes, VpcNetworks networks, EipAddresses addresses)
    : IInventory
{
    public IAsyncEnumerable<CloudServer> ListServersAsync(CancellationToken cancellationToken) =>
        ecs.ListAsync(null, cancellationToken);

    public IAsyncEnumerable<CloudVolume> ListVolumesAsync(CancellationToken cancellationToken) =>
        volumes.ListAsync(cancellationToken);

    public IAsyncEnumerable<CloudNetwork> ListNetworksAsync(CancellationToken cancellationToken) =>
        networks.ListAsync(cancellationToken);

    public IAsyncEnumerable<CloudAddress> ListAddressesAsync(CancellationToken cancellationToken) =>
        addresses.ListAsync(cancellationToken);
}
