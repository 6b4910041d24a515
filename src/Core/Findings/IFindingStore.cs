using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Findings;

/// <summary>Findings in the books. Of a kind, detail and subject at most one is open.</summary>
public interface IFindingStore
{
    Task<Finding?> FindAsync(ITransaction transaction, FindingId id, CancellationToken cancellationToken);

    /// <summary>The open findings of these subjects of a pool, by the subject's id.</summary>
    Task<IReadOnlyList<Finding>> OpenOfAsync(
        ITransaction transaction,
        PoolId pool,
        IReadOnlyCollection<string> subjects,
        CancellationToken cancellationToken
    );

    /// <summary>Adds the finding or replaces what is known of it.</summary>
    Task SaveAsync(ITransaction transaction, Finding finding, CancellationToken cancellationToken);

    /// <summary>Findings that the filter lets through, newest first.</summary>
    Task<Page<Finding>> ListAsync(
        ITransaction transaction,
        FindingFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    );

    /// <summary>How many are open, by pool and kind.</summary>
    Task<IReadOnlyList<OpenFindings>> CountAsync(ITransaction transaction, CancellationToken cancellationToken);
}

/// <summary>How many findings of a kind are open in a pool.</summary>
public sealed record OpenFindings(PoolId Pool, FindingKind Kind, long Count);

/// <summary>Which findings a list shows; null members do not filter.</summary>
public sealed record FindingFilter
{
    public string? Tenant { get; init; }
    public string? Provider { get; init; }
    public string? Region { get; init; }
    public FindingKind? Kind { get; init; }
    public FindingState? State { get; init; }
    public PoolId? Pool { get; init; }

    /// <summary>Not seen since before this instant.</summary>
    public DateTimeOffset? SeenBefore { get; init; }
}
