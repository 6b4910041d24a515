namespace CloudManager.Adapters.Sdk;

/// <summary>Where a server, volume, network or address stands, in the words all clouds share.</summary>
public enum CloudState
{
    /// <summary>The cloud is still working on it; ask again.</summary>
    Pending,

    /// <summary>It runs, or is ready for use.</summary>
    Active,

    /// <summary>A server that exists and is switched off.</summary>
    Stopped,

    /// <summary>
    /// A server that runs at its new size while the cloud still keeps the old one, until the resize is confirmed or
    /// reverted. Only clouds that ask for confirmation have it.
    /// </summary>
    Resized,

    /// <summary>The cloud gave up on it.</summary>
    Error,
}

/// <summary>A server's size in virtual cores and memory.</summary>
/// <param name="Vcpus">Virtual cores, at least 1.</param>
/// <param name="MemoryGiB">Memory in GiB, at least 1.</param>
public readonly record struct ServerSize(int Vcpus, int MemoryGiB);

/// <summary>What server to create. The flavour comes from the pool's reviewed table: no adapter creates a flavour.</summary>
public sealed record ServerSpec
{
    /// <summary>The name shown in the cloud, 1 to 63 characters of a host name.</summary>
    public required string Name { get; init; }

    /// <summary>The cloud's flavour (规格) for the ordered size.</summary>
    public required string Flavour { get; init; }

    /// <summary>The ordered size, which the cloud's answer is verified against.</summary>
    public required ServerSize Size { get; init; }

    /// <summary>The cloud's image.</summary>
    public required string Image { get; init; }

    /// <summary>The system disk in GiB.</summary>
    public required int SystemDiskGiB { get; init; }

    /// <summary>The network to join; null for the pool's default.</summary>
    public NativeId? Network { get; init; }
}

/// <summary>A server as the cloud describes it now.</summary>
public sealed record CloudServer
{
    /// <summary>The cloud's identifier.</summary>
    public required NativeId Id { get; init; }

    /// <summary>The name in the cloud.</summary>
    public required string Name { get; init; }

    /// <summary>Its state.</summary>
    public required CloudState State { get; init; }

    /// <summary>The size that really runs.</summary>
    public required ServerSize Size { get; init; }

    /// <summary>The cloud's name of that size; null where it does not say.</summary>
    public string? Flavour { get; init; }

    /// <summary>When the cloud made it; null where it does not say.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The private addresses, possibly none yet.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>The key it was created under; null for one this platform did not create.</summary>
    public OperationKey? Key { get; init; }

    /// <summary>Why it is in <see cref="CloudState.Error"/>, in the cloud's words; null otherwise.</summary>
    public string? Fault { get; init; }
}

/// <summary>Servers (云服务器).</summary>
public interface IServerService
{
    /// <summary>Creates the server, or returns the one an earlier call with the same key made.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.NoCapacity"/>, <see cref="FailureKind.QuotaExceeded"/>,
    /// <see cref="FailureKind.InvalidRequest"/> (flavour, image or network unknown), or a transient kind.</exception>
    Task<CloudServer> CreateAsync(ServerSpec spec, OperationKey key, CancellationToken cancellationToken);

    /// <summary>The server made under this key; null if the cloud shows none.</summary>
    Task<CloudServer?> FindAsync(OperationKey key, CancellationToken cancellationToken);

    /// <summary>The server as it is now.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.NotFound"/> if it is gone.</exception>
    Task<CloudServer> GetAsync(NativeId id, CancellationToken cancellationToken);

    /// <summary>Deletes the server. One that is already gone is success.</summary>
    Task DeleteAsync(NativeId id, CancellationToken cancellationToken);
}

/// <summary>Starting, stopping and rebooting servers. A server already in the wanted state is success.</summary>
public interface IServerPower
{
    /// <summary>Switches the server on.</summary>
    Task StartAsync(NativeId id, CancellationToken cancellationToken);

    /// <summary>Switches the server off, the guest's way first.</summary>
    Task StopAsync(NativeId id, CancellationToken cancellationToken);

    /// <summary>Restarts the server, the guest's way first.</summary>
    Task RebootAsync(NativeId id, CancellationToken cancellationToken);
}

/// <summary>Changing a server's size in place (变更规格, art. 20).</summary>
public interface IServerResizing
{
    /// <summary>Brings the server to the flavour; asked again while it is under way or done, it changes nothing.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.NoCapacity"/>, <see cref="FailureKind.Conflict"/> (the
    /// server must be stopped first), or a transient kind.</exception>
    Task ResizeAsync(NativeId id, string flavour, ServerSize size, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps the new size of a server in <see cref="CloudState.Resized"/>. One that waits for no confirmation is
    /// success; clouds that ask for none leave this as it is.
    /// </summary>
    Task ConfirmAsync(NativeId id, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Gives a server in <see cref="CloudState.Resized"/> its old size back. One that waits for no confirmation is
    /// success; clouds that ask for none leave this as it is.
    /// </summary>
    Task RevertAsync(NativeId id, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>The graphical console of servers (控制台). Whoever opens it sees the tenant's data (art. 36).</summary>
public interface IConsoleSource
{
    /// <summary>A short-lived address under which a browser shows the server's screen.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.NotFound"/> if the server is gone,
    /// <see cref="FailureKind.Conflict"/> if it does not run, <see cref="FailureKind.Unsupported"/> if it has no screen.</exception>
    Task<Uri> OpenAsync(NativeId server, CancellationToken cancellationToken);
}
