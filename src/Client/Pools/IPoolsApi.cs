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
}

/// <summary>Resource pool (资源池) of a provider.</summary>
/// <param name="Kind">new, legacy, industry or municipal.</param>
/// <param name="Status">registered, active, suspended, …</param>
public sealed record ResourcePool(
    string Id,
    string Name,
    string Provider,
    string Region,
    string Kind,
    string Adapter,
    string Status,
    IReadOnlyList<Capability> Capabilities,
    PoolHealth Health
);

/// <summary>Something a pool can or cannot do, with the reason or the limits.</summary>
public sealed record Capability(string Name, bool Available, string? Reason = null);

/// <summary>What a pool said when it was last asked.</summary>
public sealed record PoolHealth(bool Answers, string? Reason, DateTimeOffset CheckedAt);
