using CloudManager.Core.Kernel;

namespace CloudManager.Core.Pools;

/// <summary>Where a pool stands (art. 16).</summary>
public enum PoolStatus
{
    /// <summary>Declared, not yet allowed to take anything.</summary>
    Registered,

    /// <summary>Takes orders.</summary>
    Active,

    /// <summary>Takes nothing new; what runs goes on.</summary>
    Suspended,
}

/// <summary>The pools' status in the books.</summary>
public interface IPoolStatusStore
{
    /// <summary>The status of every pool the books know.</summary>
    Task<IReadOnlyDictionary<PoolId, PoolStatus>> AllAsync(
        ITransaction transaction,
        CancellationToken cancellationToken
    );

    /// <summary>On what each pool was activated: the number of a conformance run, or <c>seeded</c>.</summary>
    Task<IReadOnlyDictionary<PoolId, string>> EvidenceAsync(
        ITransaction transaction,
        CancellationToken cancellationToken
    );

    /// <summary>Sets the status; evidence that is null stays as it was.</summary>
    Task SetAsync(
        ITransaction transaction,
        PoolId pool,
        PoolStatus status,
        string? evidence,
        CancellationToken cancellationToken
    );
}

/// <summary>Moves a pool between its states; a declared pool that the books do not know yet is registered.</summary>
public sealed class SetPoolStatus(IPools pools, IPoolStatusStore statuses)
{
    /// <summary>The evidence of a pool that a demonstration is born with: no report, and everybody can see it.</summary>
    public const string Seeded = "seeded";

    public async Task<Result<PoolStatus>> ExecuteAsync(
        ITransaction transaction,
        PoolId pool,
        PoolStatus status,
        string? evidence,
        CancellationToken cancellationToken
    )
    {
        if (!pools.TryFind(pool, out _))
        {
            return PoolRefusals.NotFound(pool);
        }

        var known = await statuses.AllAsync(transaction, cancellationToken);
        var before = known.GetValueOrDefault(pool, PoolStatus.Registered);
        var basis = await statuses.EvidenceAsync(transaction, cancellationToken);
        if (
            before != status
            || !known.ContainsKey(pool)
            || (evidence ?? basis.GetValueOrDefault(pool)) != basis.GetValueOrDefault(pool)
        )
        {
            await statuses.SetAsync(transaction, pool, status, evidence, cancellationToken);
            transaction.Record(
                new(
                    "pool.setStatus",
                    new("pool", pool.Value),
                    before,
                    evidence is null ? status : new { status, evidence }
                )
            );
        }

        return status;
    }
}

/// <summary>Refusals about pools.</summary>
public static class PoolRefusals
{
    public static NotFound NotFound(PoolId pool) =>
        new("pool.notFound", ($"没有资源池 {pool.Value}", $"there is no pool {pool.Value}"));
}
