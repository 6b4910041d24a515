using CloudManager.Adapters.Relay.Wire;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Relay.Services;

/// <summary>What is on offer, what there is, what changed, how much it is used, through an agent: listings come part by part.</summary>
internal sealed class RelayWatching(PoolRelay relay)
    : IOfferings,
        IInventory,
        IServerChanges,
        IUsageSource,
        ICapacitySource
{
    public IAsyncEnumerable<CloudImage> ListImagesAsync(CancellationToken cancellationToken) =>
        EachAsync(Methods.Images, Nothing.Value, cancellationToken);

    public IAsyncEnumerable<CloudFlavour> ListFlavoursAsync(CancellationToken cancellationToken) =>
        EachAsync(Methods.Flavours, Nothing.Value, cancellationToken);

    public IAsyncEnumerable<CloudVolumeType> ListVolumeTypesAsync(CancellationToken cancellationToken) =>
        EachAsync(Methods.VolumeTypes, Nothing.Value, cancellationToken);

    public IAsyncEnumerable<CloudServer> ListServersAsync(CancellationToken cancellationToken) =>
        EachAsync(Methods.AllServers, Nothing.Value, cancellationToken);

    public IAsyncEnumerable<CloudVolume> ListVolumesAsync(CancellationToken cancellationToken) =>
        EachAsync(Methods.AllVolumes, Nothing.Value, cancellationToken);

    public IAsyncEnumerable<CloudNetwork> ListNetworksAsync(CancellationToken cancellationToken) =>
        EachAsync(Methods.AllNetworks, Nothing.Value, cancellationToken);

    public IAsyncEnumerable<CloudAddress> ListAddressesAsync(CancellationToken cancellationToken) =>
        EachAsync(Methods.AllAddresses, Nothing.Value, cancellationToken);

    public IAsyncEnumerable<ServerChange> ListAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        EachAsync(Methods.Changes, new(since), cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<UsageSample>> ReadAsync(
        IReadOnlyList<NativeId> servers,
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) => relay.ListAsync(Methods.Usage, new(servers, from, until), cancellationToken);

    public Task<PoolCapacity> GetAsync(CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Capacity, Nothing.Value, cancellationToken);

    private IAsyncEnumerable<TItem> EachAsync<TArguments, TItem>(
        Listing<TArguments, TItem> method,
        TArguments arguments,
        CancellationToken cancellationToken
    ) => relay.ListAsync(method, arguments, cancellationToken).SelectMany(part => part);
}
