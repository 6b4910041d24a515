using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Findings;

/// <summary>Findings in the books as they are read.</summary>
public interface IFindingReader
{
    Task<Finding?> FindAsync(ITransaction transaction, FindingId id, CancellationToken cancellationToken);

    /// <summary>The open findings of these subjects of a pool, or of systems, which are in none, by the subject's id.</summary>
    Task<IReadOnlyList<Finding>> OpenOfAsync(
        ITransaction transaction,
        PoolId? pool,
        IReadOnlyCollection<string> subjects,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// The open findings of use in a pool, or of systems, whose subject was not in service on the day before any more.
    /// </summary>
    Task<IReadOnlyList<Finding>> LeftServiceAsync(
        ITransaction transaction,
        PoolId? pool,
        DateOnly day,
        CancellationToken cancellationToken
    );

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

/// <summary>Findings in the books. Of a kind, detail and subject at most one is open.</summary>
public interface IFindingStore : IFindingReader
{
    /// <summary>Adds the finding or replaces what is known of it.</summary>
    Task SaveAsync(ITransaction transaction, Finding finding, CancellationToken cancellationToken);

    /// <summary>The same of many, in one statement.</summary>
    Task SaveAllAsync(ITransaction transaction, IReadOnlyList<Finding> findings, CancellationToken cancellationToken);
}

/// <summary>How many findings of a kind are open in a pool; the name is empty for systems, which are in none.</summary>
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

    /// <summary>The system's code.</summary>
    public string? System { get; init; }

    /// <summary>The policy it was judged by, e.g. <c>430000-v2</c>.</summary>
    public string? Policy { get; init; }

    /// <summary>Not seen since before this instant.</summary>
    public DateTimeOffset? SeenBefore { get; init; }
}
