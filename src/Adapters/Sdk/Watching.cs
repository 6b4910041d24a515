namespace CloudManager.Adapters.Sdk;

/// <summary>An image on offer.</summary>
/// <param name="Id">The cloud's identifier.</param>
/// <param name="Name">The image's name.</param>
/// <param name="Architecture">Processor architecture, e.g. <c>x86_64</c>, <c>aarch64</c>; null where unknown.</param>
public sealed record CloudImage(string Id, string Name, string? Architecture);

/// <summary>A server size on offer.</summary>
/// <param name="Flavour">The cloud's name of the size.</param>
/// <param name="Size">Cores and memory.</param>
public sealed record CloudFlavour(string Flavour, ServerSize Size);

/// <summary>A volume type on offer.</summary>
/// <param name="Type">The cloud's name of it, as a volume is ordered with.</param>
public sealed record CloudVolumeType(string Type);

/// <summary>Images, server sizes and volume types on offer, page by page.</summary>
public interface IOfferings
{
    /// <summary>The images this pool's project may use.</summary>
    IAsyncEnumerable<CloudImage> ListImagesAsync(CancellationToken cancellationToken);

    /// <summary>The sizes this pool's project may use.</summary>
    IAsyncEnumerable<CloudFlavour> ListFlavoursAsync(CancellationToken cancellationToken);

    /// <summary>The volume types this pool's project may use; none where the cloud has no volumes.</summary>
    IAsyncEnumerable<CloudVolumeType> ListVolumeTypesAsync(CancellationToken cancellationToken);
}

/// <summary>What exists in a pool, streamed page by page: 100,000 servers do not sit in memory.</summary>
/// <remarks>A stream that breaks off throws; it never ends early as if the list were complete.</remarks>
public interface IInventory
{
    /// <summary>All servers.</summary>
    IAsyncEnumerable<CloudServer> ListServersAsync(CancellationToken cancellationToken);

    /// <summary>All volumes.</summary>
    IAsyncEnumerable<CloudVolume> ListVolumesAsync(CancellationToken cancellationToken);

    /// <summary>All tenant networks.</summary>
    IAsyncEnumerable<CloudNetwork> ListNetworksAsync(CancellationToken cancellationToken);

    /// <summary>All public addresses.</summary>
    IAsyncEnumerable<CloudAddress> ListAddressesAsync(CancellationToken cancellationToken);
}

/// <summary>A server that changed.</summary>
/// <param name="Id">Which.</param>
/// <param name="Server">The server as it is now; null if it is gone.</param>
public sealed record ServerChange(NativeId Id, CloudServer? Server);

/// <summary>What changed in a pool: the cheap way to stay up to date between two full listings.</summary>
public interface IServerChanges
{
    /// <summary>
    /// The servers created, changed or deleted at or after the instant, in the cloud's own time; some may be listed that
    /// did not change. A cloud that forgets deleted servers earlier than the instant leaves those out: only a full
    /// listing proves that something is gone.
    /// </summary>
    IAsyncEnumerable<ServerChange> ListAsync(DateTimeOffset since, CancellationToken cancellationToken);
}

/// <summary>
/// One slot of measured use: the five minutes [<see cref="Slot"/>, <see cref="Slot"/> + 5 min). Percentages are of what
/// was allocated, unclamped. A value nobody measured is null, never zero.
/// </summary>
/// <param name="Server">The server measured.</param>
/// <param name="Slot">The slot's start, a whole five minutes in UTC.</param>
/// <param name="CpuPercent">Processor use in percent of the allocated cores.</param>
/// <param name="MemoryPercent">Memory use in percent of the allocated memory.</param>
/// <param name="DiskPercent">Disk use in percent of the allocated capacity.</param>
/// <param name="NetworkInBytes">Bytes received in the slot.</param>
/// <param name="NetworkOutBytes">Bytes sent in the slot.</param>
public readonly record struct UsageSample(
    NativeId Server,
    DateTimeOffset Slot,
    float? CpuPercent,
    float? MemoryPercent,
    float? DiskPercent,
    float? NetworkInBytes,
    float? NetworkOutBytes
);

/// <summary>Measured use, read in bulk for many servers over a time range.</summary>
public interface IUsageSource
{
    /// <summary>The samples of these servers whose slots start in [from, until), in batches, in any order.</summary>
    IAsyncEnumerable<IReadOnlyList<UsageSample>> ReadAsync(
        IReadOnlyList<NativeId> servers,
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// How far the clock that labels samples is ahead of true time (negative: behind it), as far as the adapter could tell
    /// after its last call; null where it cannot tell. The platform corrects labels by whole slots: an adapter hands them
    /// on as the cloud writes them, and takes <c>from</c> and <c>until</c> of a read as the cloud's labels too.
    /// </summary>
    TimeSpan? ClockOffset => null;
}

/// <summary>What the pool holds and how much of it is taken. A number the cloud does not tell is null.</summary>
/// <param name="VcpusTotal">Cores that can be given out, overcommit included.</param>
/// <param name="VcpusUsed">Cores given out.</param>
/// <param name="MemoryGiBTotal">Memory in GiB.</param>
/// <param name="MemoryGiBUsed">Memory given out.</param>
/// <param name="StorageGiBTotal">Block storage in GiB.</param>
/// <param name="StorageGiBUsed">Block storage given out.</param>
public sealed record PoolCapacity(
    long? VcpusTotal,
    long? VcpusUsed,
    long? MemoryGiBTotal,
    long? MemoryGiBUsed,
    long? StorageGiBTotal,
    long? StorageGiBUsed
);

/// <summary>How much the pool holds and how much of it is taken.</summary>
public interface ICapacitySource
{
    /// <summary>The numbers now.</summary>
    Task<PoolCapacity> GetAsync(CancellationToken cancellationToken);
}
