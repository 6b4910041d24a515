using CloudManager.Adapters.Relay.Wire;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Relay.Services;

/// <summary>Tenant networks through an agent.</summary>
internal sealed class RelayNetworks(PoolRelay relay) : INetworkService
{
    public Task<CloudNetwork> CreateAsync(NetworkSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Networks.Create, new(spec, key), cancellationToken);

    public Task<CloudNetwork?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Networks.Find, new(key), cancellationToken);

    public Task<CloudNetwork> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Networks.Get, new(id), cancellationToken);

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Networks.Delete, new(id), cancellationToken);
}

/// <summary>Public addresses through an agent.</summary>
internal sealed class RelayAddresses(PoolRelay relay) : IAddressService, IAddressBinding
{
    public Task<CloudAddress> CreateAsync(AddressSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Addresses.Create, new(spec, key), cancellationToken);

    public Task<CloudAddress?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Addresses.Find, new(key), cancellationToken);

    public Task<CloudAddress> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Addresses.Get, new(id), cancellationToken);

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Addresses.Delete, new(id), cancellationToken);

    public Task SetBandwidthAsync(NativeId id, int bandwidthMbps, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.SetBandwidth, new(id, bandwidthMbps), cancellationToken);

    public Task BindAsync(NativeId address, NativeId server, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Bind, new(address, server), cancellationToken);

    public Task UnbindAsync(NativeId address, CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Unbind, new(address), cancellationToken);
}
