using System.Runtime.CompilerServices;
using CloudManager.Adapters.OpenStack.Compute;
using CloudManager.Adapters.OpenStack.Network;
using CloudManager.Adapters.OpenStack.Volumes;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Watching;

/// <summary>What exists in the project.</summary>
internal sealed class OpenStackInventory(
    CloudDoor door,
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

    /// <summary>A region without block storage has no volumes.</summary>
    public async IAsyncEnumerable<CloudVolume> ListVolumesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (!await door.HasAsync(CloudServices.Volume, cancellationToken))
        {
            yield break;
        }

        await foreach (var volume in volumes.ListAsync(cancellationToken))
        {
            yield return volume;
        }
    }

    public IAsyncEnumerable<CloudNetwork> ListNetworksAsync(CancellationToken cancellationToken) =>
        networks.ListAsync(cancellationToken);

    public IAsyncEnumerable<CloudAddress> ListAddressesAsync(CancellationToken cancellationToken) =>
        addresses.ListAsync(cancellationToken);
}
