using CloudManager.Adapters.OpenInterface.Connection;
using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenInterface.Services;

/// <summary>Tenant networks.</summary>
internal sealed class OpenNetworks(ProviderDoor door) : INetworkService
{
    private readonly Collection<CloudNetwork, NetworkSpec> _networks = new(
        door,
        new(OpenPaths.Networks, "network", it => it.Id, it => it.Key, Fit.Network)
    );

    public Task<CloudNetwork> CreateAsync(NetworkSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        _networks.CreateAsync(spec, key, cancellationToken);

    public Task<CloudNetwork?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        _networks.FindAsync(key, cancellationToken);

    public Task<CloudNetwork> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        _networks.GetAsync(id, cancellationToken);

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        _networks.DeleteAsync(id, cancellationToken);
}

/// <summary>Public addresses and what they are bound to.</summary>
internal sealed class OpenAddresses(ProviderDoor door) : IAddressService, IAddressBinding
{
    private readonly Collection<CloudAddress, AddressSpec> _addresses = new(
        door,
        new(OpenPaths.Addresses, "address", it => it.Id, it => it.Key, Fit.Address)
    );

    public Task<CloudAddress> CreateAsync(AddressSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        _addresses.CreateAsync(spec, key, cancellationToken);

    public Task<CloudAddress?> FindAsync(OperationKey key, CancellationToken cancellationToken) =>
        _addresses.FindAsync(key, cancellationToken);

    public Task<CloudAddress> GetAsync(NativeId id, CancellationToken cancellationToken) =>
        _addresses.GetAsync(id, cancellationToken);

    public Task SetBandwidthAsync(NativeId id, int bandwidthMbps, CancellationToken cancellationToken) =>
        ActAsync(
            OpenPaths.Addresses,
            (id, "bandwidth"),
            new() { ["bandwidthMbps"] = bandwidthMbps },
            cancellationToken
        );

    public Task DeleteAsync(NativeId id, CancellationToken cancellationToken) =>
        _addresses.DeleteAsync(id, cancellationToken);

    public Task BindAsync(NativeId address, NativeId server, CancellationToken cancellationToken) =>
        ActAsync(OpenPaths.Binding, (address, "bind"), new() { ["server"] = server.Value }, cancellationToken);

    public Task UnbindAsync(NativeId address, CancellationToken cancellationToken) =>
        ActAsync(OpenPaths.Binding, (address, "unbind"), [], cancellationToken);

    private Task ActAsync(
        string service,
        (NativeId, string) call,
        Dictionary<string, object> body,
        CancellationToken token
    ) => _addresses.ActAsync(service, call, body, token);
}
