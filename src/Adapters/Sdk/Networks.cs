namespace CloudManager.Adapters.Sdk;

/// <summary>What tenant network to create.</summary>
/// <param name="Name">The name shown in the cloud.</param>
/// <param name="Cidr">The IPv4 range, e.g. <c>10.20.0.0/24</c>.</param>
public sealed record NetworkSpec(string Name, string Cidr);

/// <summary>A tenant network as the cloud describes it now.</summary>
public sealed record CloudNetwork
{
    /// <summary>The cloud's identifier.</summary>
    public required NativeId Id { get; init; }

    /// <summary>The name in the cloud.</summary>
    public required string Name { get; init; }

    /// <summary>Its state.</summary>
    public required CloudState State { get; init; }

    /// <summary>The IPv4 range.</summary>
    public required string Cidr { get; init; }

    /// <summary>The key it was created under; null for one this platform did not create.</summary>
    public OperationKey? Key { get; init; }

    /// <summary>Why it is in <see cref="CloudState.Error"/>, in the cloud's words; null otherwise.</summary>
    public string? Fault { get; init; }
}

/// <summary>Tenant networks (虚拟私有云).</summary>
public interface INetworkService
{
    /// <summary>Creates the network, or returns the one an earlier call with the same key made.</summary>
    Task<CloudNetwork> CreateAsync(NetworkSpec spec, OperationKey key, CancellationToken cancellationToken);

    /// <summary>The network made under this key; null if the cloud shows none.</summary>
    Task<CloudNetwork?> FindAsync(OperationKey key, CancellationToken cancellationToken);

    /// <summary>The network as it is now.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.NotFound"/> if it is gone.</exception>
    Task<CloudNetwork> GetAsync(NativeId id, CancellationToken cancellationToken);

    /// <summary>Deletes the network. One that is already gone is success.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.Conflict"/> while servers use it.</exception>
    Task DeleteAsync(NativeId id, CancellationToken cancellationToken);
}

/// <summary>What public address to allocate.</summary>
/// <param name="Name">The name shown in the cloud, where the cloud keeps one.</param>
/// <param name="BandwidthMbps">Bandwidth in Mbps, at least 1.</param>
public sealed record AddressSpec(string Name, int BandwidthMbps);

/// <summary>A public address as the cloud describes it now.</summary>
public sealed record CloudAddress
{
    /// <summary>The cloud's identifier.</summary>
    public required NativeId Id { get; init; }

    /// <summary>The address itself, e.g. <c>203.0.113.7</c>.</summary>
    public required string Address { get; init; }

    /// <summary>Its state.</summary>
    public required CloudState State { get; init; }

    /// <summary>Bandwidth in Mbps; null where the cloud has none per address.</summary>
    public int? BandwidthMbps { get; init; }

    /// <summary>The server it is bound to; null if none.</summary>
    public NativeId? BoundTo { get; init; }

    /// <summary>The key it was allocated under; null for one this platform did not allocate.</summary>
    public OperationKey? Key { get; init; }
}

/// <summary>Public addresses (弹性公网IP).</summary>
public interface IAddressService
{
    /// <summary>Allocates an address, or returns the one an earlier call with the same key made.</summary>
    Task<CloudAddress> CreateAsync(AddressSpec spec, OperationKey key, CancellationToken cancellationToken);

    /// <summary>The address allocated under this key; null if the cloud shows none.</summary>
    Task<CloudAddress?> FindAsync(OperationKey key, CancellationToken cancellationToken);

    /// <summary>The address as it is now.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.NotFound"/> if it is gone.</exception>
    Task<CloudAddress> GetAsync(NativeId id, CancellationToken cancellationToken);

    /// <summary>Changes the bandwidth; one that already has it is success.</summary>
    Task SetBandwidthAsync(NativeId id, int bandwidthMbps, CancellationToken cancellationToken);

    /// <summary>Releases the address. One that is already gone is success.</summary>
    Task DeleteAsync(NativeId id, CancellationToken cancellationToken);
}

/// <summary>Binding public addresses to servers. Asking for what is already so is success.</summary>
public interface IAddressBinding
{
    /// <summary>Binds the address to the server.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.Conflict"/> if it is bound to another.</exception>
    Task BindAsync(NativeId address, NativeId server, CancellationToken cancellationToken);

    /// <summary>Unbinds the address from whatever server has it.</summary>
    Task UnbindAsync(NativeId address, CancellationToken cancellationToken);
}
