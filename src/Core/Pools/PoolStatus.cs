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

    Task SetAsync(ITransaction transaction, PoolId pool, PoolStatus status, CancellationToken cancellationToken);
}

/// <summary>Moves a pool between its states; a declared pool that the books do not know yet is registered.</summary>
public sealed class SetPoolStatus(IPools pools, IPoolStatusStore statuses)
{
    public async Task<Result<PoolStatus>> ExecuteAsync(
        ITransaction transaction,
        PoolId pool,
        PoolStatus status,
        CancellationToken cancellationToken
    )
    {
        if (!pools.TryFind(pool, out _))
        {
            return PoolRefusals.NotFound(pool);
        }

        var known = await statuses.AllAsync(transaction, cancellationToken);
        var before = known.GetValueOrDefault(pool, PoolStatus.Registered);
        if (before != status || !known.ContainsKey(pool))
        {
            await statuses.SetAsync(transaction, pool, status, cancellationToken);
            transaction.Record(new("pool.setStatus", new("pool", pool.Value), before, status));
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
