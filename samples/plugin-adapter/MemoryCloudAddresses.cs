using CloudManager.Adapters.Sdk;

namespace MemoryCloud.Adapter;

/// <summary>Public addresses (弹性公网IP) and binding them.</summary>
internal sealed class MemoryCloudAddresses(Rack rack) : IAddressService, IAddressBinding
{
    public Task<CloudAddress> CreateAsync(AddressSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        rack.Do(it => Find(it, key) ?? Make(it, spec, key), cancellationToken);

    public Task<CloudAddress?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        rack.Do(it => Find(it, key), cancellationToken);

    public Task<CloudAddress> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        rack.Do(it => it.Address(id), cancellationToken);

    public Task SetBandwidthAsync(NativeId id, int bandwidthMbps, CancellationToken cancellationToken) =>
        rack.Do(it => it.Put(it.Address(id) with { BandwidthMbps = Bounded(bandwidthMbps) }), cancellationToken);

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        rack.Do(it => it.RemoveAddress(id), cancellationToken);

    public Task BindAsync(NativeId address, NativeId server, CancellationToken cancellationToken) =>
        rack.Do(
            it =>
            {
                var holder = it.Server(server).Id;
                return it.Address(address) is var found && (found.BoundTo ?? holder) != holder
                    ? throw MemoryCloudErrors.Conflict("Another server has the address.")
                    : it.Put(found with { BoundTo = holder });
            },
            cancellationToken
        );

    public Task UnbindAsync(NativeId address, CancellationToken cancellationToken) =>
        rack.Do(it => it.Put(it.Address(address) with { BoundTo = null }), cancellationToken);

    private static CloudAddress? Find(Rack rack, OperationKey key) =>
        Array.Find(rack.Addresses(), address => address.Key == key);

    private static CloudAddress Make(Rack rack, AddressSpec spec, OperationKey key)
    {
        var bandwidth = Bounded(spec.BandwidthMbps);
        var id = rack.NextId("address");
        var number = int.Parse(id.Value.Split('-')[1]);
        return rack.Put(
            new CloudAddress
            {
                Id = id,
                Address = $"198.18.{number / 256 % 256}.{number % 256}",
                State = CloudState.Active,
                BandwidthMbps = bandwidth,
                Key = key,
            }
        );
    }

    private static int Bounded(int bandwidthMbps) =>
        bandwidthMbps >= 1
            ? bandwidthMbps
            : throw MemoryCloudErrors.Invalid("An address has a bandwidth of at least 1 Mbps.");
}
