using CloudManager.Core.Kernel;

namespace CloudManager.Core.Reports;

/// <summary>What came, went and was changed in the month, by pool.</summary>
public sealed class CountChanges(IResourceCounts counts)
{
    public async Task<ChangeFigures> ExecuteAsync(
        ITransaction transaction,
        Month month,
        CancellationToken cancellationToken
    )
    {
        var pools = new SortedDictionary<string, ChangeCount>(StringComparer.Ordinal);
        foreach (var alike in await counts.EnteredAsync(transaction, month, cancellationToken))
        {
            Add(pools, alike.Pool, new(alike.Size, SizeFigures.None, 0));
        }

        foreach (var alike in await counts.EndedAsync(transaction, month, cancellationToken))
        {
            Add(pools, alike.Pool, new(SizeFigures.None, alike.Size, 0));
        }

        foreach (var (pool, changed) in await counts.ChangedAsync(transaction, month, cancellationToken))
        {
            Add(pools, pool, new(SizeFigures.None, SizeFigures.None, changed));
        }

        return new ChangeFigures(
            pools.Values.Aggregate(ChangeCount.None, (all, one) => all.Plus(one)),
            [.. pools.Select(p => new PoolChanges(p.Key, p.Value))]
        );
    }

    private static void Add(SortedDictionary<string, ChangeCount> pools, string pool, ChangeCount count) =>
        pools[pool] = pools.GetValueOrDefault(pool, ChangeCount.None).Plus(count);
}
