namespace CloudManager.Core.Pools;

/// <summary>
/// One thing a pool can or cannot do. Two notions, kept apart here and nowhere else: what is <paramref name="Available"/>
/// the platform can call; what is <see cref="Orderable"/> may stand in a request, because it is called or because the
/// provider's people do it.
/// </summary>
/// <param name="Name">The capability, e.g. <c>servers</c>, <c>resizing</c>.</param>
/// <param name="Available">Whether the platform can call it.</param>
/// <param name="Reason">Why not, or what bounds it; null where there is nothing to say.</param>
public sealed record PoolCapability(string Name, bool Available, string? Reason)
{
    /// <summary>Whether the provider's people do it (人工办理) where nothing can be called.</summary>
    public bool ByHand { get; init; }

    /// <summary>Whether it is known at all; not while the pool's adapter cannot be opened.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>The largest that can be ordered of it: GiB of a volume, Mbps of an address; null where nothing is stated.</summary>
    public int? Limit { get; init; }

    /// <summary>Whether it may be ordered. What is not known is not refused: the order waits for the pool, or says why.</summary>
    public bool Orderable => Available || ByHand || !IsKnown;
}

/// <summary>The names of capabilities that requests ask for.</summary>
public static class Capabilities
{
    public const string Servers = "servers";
    public const string Resizing = "resizing";
    public const string Volumes = "volumes";
    public const string Attachment = "attachment";
    public const string Networks = "networks";
    public const string Addresses = "addresses";

    /// <summary>Changing the bandwidth of an address that stands.</summary>
    public const string Bandwidth = "bandwidth";
    public const string Binding = "binding";
    public const string Offerings = "offerings";
}

/// <summary>What a pool lets be ordered: what it can do, and the sizes, images and volume types that its mapping leads to.</summary>
public sealed class PoolOffer(IPools pools, Pool pool)
{
    private readonly IReadOnlyList<PoolCapability> _capabilities = pools.Capabilities(pool.Id);

    public Pool Pool => pool;

    /// <summary>Whether the provider's people do all of it; their tables bind only where they declared them.</summary>
    public bool ByHand => _capabilities.Any(c => c.ByHand);

    public bool TakesAnySize => ByHand && pool.Mapping.Flavours.Count == 0;

    public bool TakesAnyImage => ByHand && pool.Mapping.Images.Count == 0;

    public bool TakesAnyVolume => ByHand && pool.Mapping.VolumeTypes.Count == 0;

    /// <summary>The capability; null where nobody knows it, which is not judged.</summary>
    public PoolCapability? Find(string name) => _capabilities.FirstOrDefault(c => c.Name == name);
}

/// <summary>Questions to the pools.</summary>
public static class PoolQuestions
{
    /// <summary>Whether the provider's people do what is ordered of the pool (人工办理): nothing is called there.</summary>
    public static bool IsByHand(this IPools pools, PoolId pool) =>
        pools.TryFind(pool, out _) && pools.Capabilities(pool).Any(c => c.ByHand);
}
