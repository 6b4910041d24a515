using Refit;

namespace CloudManager.Client.Pools;

/// <summary>Resource pools (资源池, art. 14–16).</summary>
public interface IPoolsApi
{
    [Get("/api/v1/pools")]
    Task<Page<ResourcePool>> ListAsync(CancellationToken cancellationToken);

    [Get("/api/v1/pools/{id}")]
    Task<ResourcePool> FindAsync(string id, CancellationToken cancellationToken);

    [Post("/api/v1/pools/{id}/activate")]
    Task<ResourcePool> ActivateAsync(string id, CancellationToken cancellationToken);

    [Post("/api/v1/pools/{id}/suspend")]
    Task<ResourcePool> SuspendAsync(string id, CancellationToken cancellationToken);

    /// <summary>Lets calls in again to a plug-in that was closed.</summary>
    [Post("/api/v1/pools/{id}/reopen")]
    Task<ResourcePool> ReopenAsync(string id, CancellationToken cancellationToken);

    [Post("/api/v1/pools/{id}/conformance")]
    Task<ConformanceRun> StartConformanceAsync(string id, CancellationToken cancellationToken);

    [Get("/api/v1/pools/{id}/conformance")]
    Task<Page<ConformanceRun>> ListConformanceAsync(string id, CancellationToken cancellationToken);
}

/// <summary>Resource pool (资源池) of a provider.</summary>
/// <param name="Kind">new, legacy, industry or municipal.</param>
/// <param name="Status">registered, active, suspended, …</param>
/// <param name="Evidence">On what it was activated: a conformance run, or <c>seeded</c>.</param>
public sealed record ResourcePool(
    string Id,
    string Name,
    string Provider,
    string Region,
    string Kind,
    string Adapter,
    string Status,
    string? Evidence,
    IReadOnlyList<Capability> Capabilities,
    PoolHealth Health
)
{
    /// <summary>What of the catalogue in force can be ordered there, where the pool stands alone.</summary>
    public IReadOnlyList<ItemOffer> Items { get; init; } = [];
}

/// <summary>Something a pool can or cannot do, with the reason or the limits.</summary>
/// <param name="Available">Whether the platform can call it.</param>
/// <param name="ByHand">Whether the provider's people do it.</param>
/// <param name="Orderable">Whether it can be ordered: called, or done by people.</param>
/// <param name="Limit">The largest that can be ordered of it.</param>
public sealed record Capability(
    string Name,
    bool Available,
    string? Reason = null,
    bool ByHand = false,
    bool Orderable = false,
    int? Limit = null
);

/// <summary>A catalogue item as a pool offers it.</summary>
public sealed record ItemOffer(string Item, Offer Offer);

/// <summary>Whether an item can be ordered of a pool, within which limits, else why not.</summary>
/// <param name="Code">The code a request would be refused by.</param>
/// <param name="Capability">The capability that is missing.</param>
/// <param name="Sizes">The sizes of servers; null where any can be ordered.</param>
/// <param name="Images">The images of servers; null where any can be ordered.</param>
/// <param name="Changeable">Whether a standing one can be brought to another size.</param>
public sealed record Offer(
    bool Orderable,
    bool ByHand,
    string? Code = null,
    string? Capability = null,
    string? Reason = null,
    int? LargestSizeGiB = null,
    int? LargestBandwidthMbps = null,
    IReadOnlyList<string>? Sizes = null,
    IReadOnlyList<string>? Images = null,
    bool? Changeable = null,
    string? ChangeReason = null
);

/// <summary>What a pool said when it was last asked.</summary>
/// <param name="Reason">The kind of failure, e.g. unauthenticated, or malfunctioned where the adapter itself is at fault.</param>
/// <param name="Detail">Why, in words.</param>
/// <param name="RequestId">The cloud's own request id.</param>
/// <param name="MappingFaults">What the pool's mapping leads to and its cloud does not have.</param>
public sealed record PoolHealth(
    bool Answers,
    string? Reason,
    DateTimeOffset CheckedAt,
    string? Detail,
    string? RequestId,
    IReadOnlyList<MappingFault> MappingFaults
)
{
    /// <summary>The site agents (现场代理) that serve the pool; null for one that is reached directly.</summary>
    public IReadOnlyList<SiteAgentStanding>? Agents { get; init; }
}

/// <summary>How a site agent (现场代理) stands towards the platform.</summary>
/// <param name="Credential">The name of the key or certificate it came with.</param>
/// <param name="Since">When its process came first.</param>
/// <param name="Calls">How many calls it has leased now.</param>
public sealed record SiteAgentStanding(
    string Name,
    string Instance,
    string Version,
    string Credential,
    bool Connected,
    DateTimeOffset Since,
    DateTimeOffset LastSeen,
    int Calls
);

/// <summary>Something a pool's mapping leads to and that its cloud does not have so.</summary>
/// <param name="Kind">flavour, image, volumeType or network.</param>
public sealed record MappingFault(string Kind, string Name, string Reason, string? RequestId);
