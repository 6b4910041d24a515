using System.Runtime.CompilerServices;
using CloudManager.Adapters.OpenStack.Compute;
using CloudManager.Adapters.OpenStack.Network;
using CloudManager.Adapters.OpenStack.Volumes;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Watching;

/// <summary>What exists in the project.</summary>
internal sealed class OpenStackInventory(
    Nova nova,
    CinderVolumes volumes,
    NeutronNetworks networks,
    NeutronAddresses addresses
) : IInventory
{
    public async IAsyncEnumerable<CloudServer> ListServersAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var server in nova.ListAsync(new ServerQuery(), cancellationToken))
        {
            if (ServerView.Of(server) is { } there)
            {
                yield return there;
            }
        }
    }

    public IAsyncEnumerable<CloudVolume> ListVolumesAsync(CancellationToken cancellationToken) =>
        volumes.ListAsync(cancellationToken);

    public IAsyncEnumerable<CloudNetwork> ListNetworksAsync(CancellationToken cancellationToken) =>
        networks.ListAsync(cancellationToken);

    public IAsyncEnumerable<CloudAddress> ListAddressesAsync(CancellationToken cancellationToken) =>
        addresses.ListAsync(cancellationToken);
}
