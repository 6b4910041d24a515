using System.Collections.Concurrent;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Inventory;

/// <summary>What the inventory tells those who watch over it. Implemented by the host.</summary>
public interface IInventoryLog
{
    /// <summary>A run has ended.</summary>
    void Ended(InventoryRun run);

    /// <summary>A run broke on a bug of the platform.</summary>
    void Broke(PoolId pool, Exception bug);
}

/// <summary>
/// Takes the inventory (资源盘点, art. 14) of every declared pool. Pools are independent: one that is down neither delays
/// nor stops another.
/// </summary>
public sealed class SyncInventory(IPools pools, SyncPool sync, IInventoryLog log) : IJobWork
{
    /// <summary>The job's name.</summary>
    public const string Job = "sync-inventory";

    /// <summary>How many pools are listed at once; each holds one batch in memory.</summary>
    private const int AtOnce = 16;

    private static readonly Bilingual Internal = ("平台内部错误，已记录", "an internal error; it was logged");

    public async Task<Look> LookAsync(CancellationToken cancellationToken)
    {
        var runs = new ConcurrentDictionary<PoolId, (LookOutcome Outcome, Bilingual Word)>();
        await Parallel.ForEachAsync(
            pools.Declared,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (pool, token) =>
            {
                if (await OneAsync(pool, token) is { } said)
                {
                    runs[pool.Id] = said;
                }
            }
        );
        var told = pools.Declared.Where(p => runs.ContainsKey(p.Id)).Select(p => runs[p.Id]).ToList();
        var outcome =
            told.Exists(t => t.Outcome == LookOutcome.Failed) ? LookOutcome.Failed
            : told.Exists(t => t.Outcome == LookOutcome.Blocked) ? LookOutcome.Blocked
            : LookOutcome.Done;
        return new Look(
            outcome,
            [],
            told.Count == 0
                ? null
                : (string.Join("；", told.Select(t => t.Word.Zh)), string.Join("; ", told.Select(t => t.Word.En)))
        );
    }

    /// <summary>One pool, at once; what there is to say of it, null where its cloud offers no inventory.</summary>
    public async Task<(LookOutcome Outcome, Bilingual Word)?> OneAsync(Pool pool, CancellationToken cancellationToken)
    {
        try
        {
            if (await sync.ExecuteAsync(pool, cancellationToken) is not { } run)
            {
                return null;
            }

            log.Ended(run);
            var outcome = run.Outcome switch
            {
                RunOutcome.Completed => LookOutcome.Done,
                RunOutcome.Shrunk => LookOutcome.Blocked,
                _ => LookOutcome.Failed,
            };
            return (outcome, InventoryWords.Of(run));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A border: a bug in listing one pool must not stop the others; it is logged and named.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            log.Broke(pool.Id, bug);
            return (LookOutcome.Failed, ($"{pool.Id}：{Internal.Zh}", $"{pool.Id}: {Internal.En}"));
        }
    }
}
