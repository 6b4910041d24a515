namespace CloudManager.Adapters.Sdk;

/// <summary>
/// Cloud adapter (云适配器, art. 14, 16): one instance speaks to one resource pool (资源池).
/// A service that is <see langword="null"/> is one this cloud does not offer; the default keeps old plug-ins compiling
/// when the contract grows. Nothing waits inside an adapter: a call returns what the cloud says now, and the platform
/// asks again until the state settles. Every failure is an <see cref="AdapterException"/>. All members may be called
/// from several threads at once.
/// </summary>
public interface ICloudAdapter : IAsyncDisposable
{
    /// <summary>What this adapter is and what it must be known for before it is used.</summary>
    AdapterInfo Info { get; }

    /// <summary>Proves that the cloud answers and accepts the credentials, with the cheapest call there is.</summary>
    /// <exception cref="AdapterException">Why the pool cannot be used now.</exception>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Servers (云服务器).</summary>
    IServerService? Servers => null;

    /// <summary>Starting, stopping and rebooting servers.</summary>
    IServerPower? Power => null;

    /// <summary>Changing a server's size in place.</summary>
    IServerResizing? Resizing => null;

    /// <summary>Block volumes (云硬盘).</summary>
    IVolumeService? Volumes => null;

    /// <summary>Attaching volumes to servers.</summary>
    IVolumeAttachment? Attachment => null;

    /// <summary>Snapshots of volumes (云硬盘快照).</summary>
    ISnapshotService? Snapshots => null;

    /// <summary>Tenant networks (虚拟私有云).</summary>
    INetworkService? Networks => null;

    /// <summary>Public addresses (弹性公网IP).</summary>
    IAddressService? Addresses => null;

    /// <summary>Binding public addresses to servers.</summary>
    IAddressBinding? Binding => null;

    /// <summary>Images and server sizes on offer.</summary>
    IOfferings? Offerings => null;

    /// <summary>Everything that exists in the pool.</summary>
    IInventory? Inventory => null;

    /// <summary>What changed since an instant.</summary>
    IServerChanges? Changes => null;

    /// <summary>The graphical console of servers (控制台).</summary>
    IConsoleSource? Console => null;

    /// <summary>Measured use of servers.</summary>
    IUsageSource? Usage => null;

    /// <summary>How much the pool holds and how much of it is taken.</summary>
    ICapacitySource? Capacity => null;
}

/// <summary>What an adapter declares about itself and its cloud.</summary>
/// <param name="Kind">The adapter's name as adapters.json writes it, e.g. <c>Mock</c>.</param>
/// <param name="CloudVersion">The cloud's own version as found when connecting; empty where it has none.</param>
/// <param name="Limits">What bounds this cloud's answers.</param>
public sealed record AdapterInfo(string Kind, string CloudVersion, CloudLimits Limits)
{
    /// <summary>
    /// What this cloud does less well than the contract allows, as found when connecting: too old a release, a missing
    /// endpoint, a policy. Empty before the first successful check.
    /// </summary>
    public IReadOnlyList<CapabilityNote> Notes { get; init; } = [];

    /// <summary>
    /// Whether the provider's people do everything that is ordered of this pool (人工办理): nothing is called, every task is
    /// theirs, and what the adapter does not offer can be ordered all the same, within the limits it states.
    /// </summary>
    public bool ByHand { get; init; }
}

/// <summary>Why a capability is missing or bounded on this cloud.</summary>
/// <param name="Capability">The service as ICloudAdapter names it, in camel case, e.g. <c>usage</c>.</param>
/// <param name="Reason">Why, in words an operator can act on.</param>
public sealed record CapabilityNote(string Capability, string Reason);

/// <summary>Bounds and habits of a cloud that its users must be shown and the platform must respect.</summary>
public sealed record CloudLimits
{
    /// <summary>The largest volume in GiB; null where the cloud states none.</summary>
    public int? LargestVolumeGiB { get; init; }

    /// <summary>The largest bandwidth of a public address in Mbps; null where the cloud states none.</summary>
    public int? LargestBandwidthMbps { get; init; }

    /// <summary>Whether public addresses have no bandwidth of their own that could be changed once they stand.</summary>
    public bool BandwidthIsFixed { get; init; }

    /// <summary>Whether a server must be stopped before its size changes.</summary>
    public bool ResizeNeedsStop { get; init; }

    /// <summary>
    /// Whether a create carries a token that the cloud itself keeps unique. Where it does not, a create found
    /// unanswered after a crash and not findable by its key is never repeated without a person's word.
    /// </summary>
    public bool CreateIsIdempotent { get; init; }

    /// <summary>The kinds of creation that carry no such token although <see cref="CreateIsIdempotent"/> is true of the others.</summary>
    public CreationKinds WithoutToken { get; init; } = CreationKinds.None;

    /// <summary>How long after a create a listing may still miss what it made. Zero where listings are consistent.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.Zero;

    /// <summary>Whether the cloud itself keeps the keys of these creations unique.</summary>
    public bool KeepsKeysOf(CreationKinds creations) =>
        CreateIsIdempotent && (WithoutToken & creations) == CreationKinds.None;
}

/// <summary>Kinds of creation, any number of them.</summary>
[Flags]
public enum CreationKinds
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>Servers.</summary>
    Servers = 1,

    /// <summary>Volumes.</summary>
    Volumes = 2,

    /// <summary>Snapshots of volumes.</summary>
    Snapshots = 4,

    /// <summary>Networks.</summary>
    Networks = 8,

    /// <summary>Public addresses.</summary>
    Addresses = 16,
}
