using CloudManager.Core.Kernel;

namespace CloudManager.Core.Pools;

/// <summary>
/// Lets calls in again to a pool whose plug-in was closed (重新打开资源池): a person says that what made it hang or fail is
/// mended. The adapter is made anew; its code is the one the host loaded at its start.
/// </summary>
public sealed class ReopenPool(IPools pools, IPoolReopening reopening)
{
    /// <param name="transaction">The books, for the audit trail.</param>
    /// <param name="id">The pool.</param>
    /// <param name="provider">Only a pool of this provider; null: any.</param>
    public Result<PoolId> Execute(ITransaction transaction, PoolId id, string? provider)
    {
        if (!pools.TryFind(id, out var pool) || (provider is not null && provider != pool.Provider))
        {
            return PoolRefusals.NotFound(id);
        }

        var before = pools.Malfunction(id)?.Reason.ToString();
        reopening.Reopen(id);
        transaction.Record(
            new(
                "pool.reopen",
                new("pool", id.Value),
                before is null ? null : new { malfunction = before },
                new { reopened = true }
            )
        );
        return id;
    }
}
