using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Findings.Judging;

/// <summary>Which resources are judged: those in service on the day before; null members do not filter.</summary>
/// <param name="Day">The day of the judgement.</param>
public sealed record JudgedScope(DateOnly Day)
{
    public PoolId? Pool { get; init; }

    /// <summary>Of one of these regions.</summary>
    public IReadOnlyCollection<string>? Regions { get; init; }
}

/// <summary>What judging reads of the books. Implemented by Storage/Findings.</summary>
public interface IJudgedResources
{
    /// <summary>The pools with anything in service on the day before, or with an open judged finding, in order.</summary>
    Task<IReadOnlyList<PoolId>> PoolsAsync(ITransaction transaction, DateOnly day, CancellationToken cancellationToken);

    /// <summary>Servers in order of number.</summary>
    Task<Page<Resource>> ServersAsync(
        ITransaction transaction,
        JudgedScope scope,
        PageRequest page,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Volumes and addresses that the inventory found attached to nothing, or that have an open finding of being idle, in
    /// order of number.
    /// </summary>
    Task<Page<Resource>> ThingsAsync(
        ITransaction transaction,
        JudgedScope scope,
        PageRequest page,
        CancellationToken cancellationToken
    );

    /// <summary>The inventory's findings about these subjects as they stood when the day began.</summary>
    Task<IReadOnlyList<Finding>> InventoryAsync(
        ITransaction transaction,
        IReadOnlyCollection<string> subjects,
        DateOnly day,
        CancellationToken cancellationToken
    );

    /// <summary>The sizes that were approved last: by the change that names the server, else by its own request.</summary>
    Task<IReadOnlyDictionary<ResourceId, ApprovedSize>> ApprovedAsync(
        ITransaction transaction,
        IReadOnlyList<Resource> servers,
        CancellationToken cancellationToken
    );
}

/// <summary>Counts what is judged. Implemented by Storage/Findings.</summary>
public interface IJudgedCounts
{
    /// <summary>How many servers there are in the scope.</summary>
    Task<int> ServersAsync(ITransaction transaction, JudgedScope scope, CancellationToken cancellationToken);
}
