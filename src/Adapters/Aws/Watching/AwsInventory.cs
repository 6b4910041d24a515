using CloudManager.Adapters.Aws.Compute;
using CloudManager.Adapters.Aws.Network;
using CloudManager.Adapters.Aws.Volumes;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Watching;

/// <summary>What exists in the account's region.</summary>
internal sealed class AwsInventory(
    Ec2Servers servers,
    EbsVolumes volumes,
    VpcNetworks networks,
    ElasticAddresses addresses
) : IInventory
{
    public IAsyncEnumerable<CloudServer> ListServersAsync(CancellationToken cancellationToken) =>
        servers.ReadAsync([], cancellationToken);

    public IAsyncEnumerable<CloudVolume> ListVolumesAsync(CancellationToken cancellationToken) =>
        volumes.ListAsync(cancellationToken);

    public IAsyncEnumerable<CloudNetwork> ListNetworksAsync(CancellationToken cancellationToken) =>
        networks.ListAsync(cancellationToken);

    public IAsyncEnumerable<CloudAddress> ListAddressesAsync(CancellationToken cancellationToken) =>
        addresses.ListAsync(cancellationToken);
}
