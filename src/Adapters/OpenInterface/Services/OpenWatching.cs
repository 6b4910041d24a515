using CloudManager.Adapters.OpenInterface.Connection;
using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenInterface.Services;

/// <summary>What is on offer.</summary>
internal sealed class OpenOfferings(ProviderDoor door) : IOfferings
{
    public IAsyncEnumerable<CloudImage> ListImagesAsync(CancellationToken cancellationToken) =>
        door.EachAsync<CloudImage>((OpenPaths.Offerings, OpenPaths.Images, null), Fit.Image, cancellationToken);

    public IAsyncEnumerable<CloudFlavour> ListFlavoursAsync(CancellationToken cancellationToken) =>
        door.EachAsync<CloudFlavour>((OpenPaths.Offerings, OpenPaths.Flavours, null), Fit.Flavour, cancellationToken);

    public IAsyncEnumerable<CloudVolumeType> ListVolumeTypesAsync(CancellationToken cancellationToken) =>
        door.EachAsync<CloudVolumeType>(
            (OpenPaths.Offerings, OpenPaths.VolumeTypes, null),
            Fit.VolumeType,
            cancellationToken
        );
}

/// <summary>What exists. A kind the provider does not offer has nothing to list.</summary>
internal sealed class OpenInventory(ProviderDoor door) : IInventory
{
    public IAsyncEnumerable<CloudServer> ListServersAsync(CancellationToken cancellationToken) =>
        ListAsync<CloudServer>(OpenPaths.Servers, Fit.Server, cancellationToken);

    public IAsyncEnumerable<CloudVolume> ListVolumesAsync(CancellationToken cancellationToken) =>
        ListAsync<CloudVolume>(OpenPaths.Volumes, Fit.Volume, cancellationToken);

    public IAsyncEnumerable<CloudNetwork> ListNetworksAsync(CancellationToken cancellationToken) =>
        ListAsync<CloudNetwork>(OpenPaths.Networks, Fit.Network, cancellationToken);

    public IAsyncEnumerable<CloudAddress> ListAddressesAsync(CancellationToken cancellationToken) =>
        ListAsync<CloudAddress>(OpenPaths.Addresses, Fit.Address, cancellationToken);

    private IAsyncEnumerable<T> ListAsync<T>(string kind, Action<T> check, CancellationToken token) =>
        door.Described?.Missing(kind) is null
            ? door.EachAsync((OpenPaths.Inventory, kind, null), check, token)
            : AsyncEnumerable.Empty<T>();
}

/// <summary>What changed.</summary>
internal sealed class OpenChanges(ProviderDoor door) : IServerChanges
{
    public IAsyncEnumerable<ServerChange> ListAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        door.EachAsync<ServerChange>(
            (OpenPaths.Changes, OpenPaths.ServerChanges, $"{since.UtcDateTime:O}"),
            Check,
            cancellationToken
        );

    private static void Check(ServerChange change)
    {
        if (change.Server is { } server)
        {
            Fit.Server(server);
            Fit.Same(change.Id, server.Id, "server");
        }
    }
}

/// <summary>How much there is.</summary>
internal sealed class OpenCapacity(ProviderDoor door) : ICapacitySource
{
    public async Task<PoolCapacity> GetAsync(CancellationToken cancellationToken)
    {
        var api = await door.ClientAsync<IProviderApi>(OpenPaths.Capacity, cancellationToken);
        var capacity = await api.GetCapacityAsync(cancellationToken);
        long?[] figures =
        [
            capacity.VcpusTotal,
            capacity.VcpusUsed,
            capacity.MemoryGiBTotal,
            capacity.MemoryGiBUsed,
            capacity.StorageGiBTotal,
            capacity.StorageGiBUsed,
        ];
        Fit.Unless(Array.TrueForAll(figures, figure => figure is null or >= 0), "a figure of the capacity is negative");
        return capacity;
    }
}
