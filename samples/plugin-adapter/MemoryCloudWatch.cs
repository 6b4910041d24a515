using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;

namespace MemoryCloud.Adapter;

/// <summary>What may be ordered, what exists, how much of it is used, and how much there is.</summary>
internal sealed class MemoryCloudWatch(Rack rack) : IOfferings, IInventory, IUsageSource, ICapacitySource
{
    private static readonly TimeSpan Slot = TimeSpan.FromMinutes(5);

    public IAsyncEnumerable<CloudImage> ListImagesAsync(CancellationToken cancellationToken) =>
        Rack.Images.Select(image => new CloudImage(image, image, "x86_64")).ToAsyncEnumerable();

    public IAsyncEnumerable<CloudFlavour> ListFlavoursAsync(CancellationToken cancellationToken) =>
        Rack.Flavours.Select(flavour => new CloudFlavour(flavour.Key, flavour.Value)).ToAsyncEnumerable();

    public IAsyncEnumerable<CloudVolumeType> ListVolumeTypesAsync(CancellationToken cancellationToken) =>
        Rack.VolumeTypes.Select(type => new CloudVolumeType(type)).ToAsyncEnumerable();

    public IAsyncEnumerable<CloudServer> ListServersAsync(CancellationToken cancellationToken) =>
        ListAsync(it => it.Servers(), cancellationToken);

    public IAsyncEnumerable<CloudVolume> ListVolumesAsync(CancellationToken cancellationToken) =>
        ListAsync(it => it.Volumes(), cancellationToken);

    public IAsyncEnumerable<CloudNetwork> ListNetworksAsync(CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<CloudNetwork>();

    public IAsyncEnumerable<CloudAddress> ListAddressesAsync(CancellationToken cancellationToken) =>
        ListAsync(it => it.Addresses(), cancellationToken);

    /// <summary>Cores and memory are measured; nothing else is, and what is not measured stays null.</summary>
    public async IAsyncEnumerable<IReadOnlyList<UsageSample>> ReadAsync(
        IReadOnlyList<NativeId> servers,
        DateTimeOffset from,
        DateTimeOffset until,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var known = await rack.Do(it => it.Servers().Select(server => server.Id).ToHashSet(), cancellationToken);
        var first = new DateTimeOffset((from.UtcTicks + Slot.Ticks - 1) / Slot.Ticks * Slot.Ticks, TimeSpan.Zero);
        for (var slot = first; slot < until; slot += Slot)
        {
            yield return
            [
                .. servers.Where(known.Contains).Select(id => new UsageSample(id, slot, 55, 55, null, null, null)),
            ];
        }
    }

    public Task<PoolCapacity> GetAsync(CancellationToken cancellationToken) =>
        rack.Do(it => new PoolCapacity(it.Vcpus, it.TakenVcpus, null, null, null, null), cancellationToken);

    private async IAsyncEnumerable<T> ListAsync<T>(
        Func<Rack, T[]> list,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var thing in await rack.Do(list, cancellationToken))
        {
            yield return thing;
        }
    }
}
