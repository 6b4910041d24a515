using CloudManager.Core.Kernel;

namespace CloudManager.Core.Pools;

/// <summary>
/// Opens a pool for orders (启用资源池, art. 16): only on the report of the conformance suite, passed on the adapter, the
/// cloud and the settings the pool has now.
/// </summary>
public sealed class ActivatePool(IPools pools, IConformanceStore runs, SetPoolStatus setStatus)
{
    public async Task<Result<PoolStatus>> ExecuteAsync(
        ITransaction transaction,
        PoolId pool,
        CancellationToken cancellationToken
    )
    {
        if (!pools.TryFind(pool, out var declared))
        {
            return PoolRefusals.NotFound(pool);
        }

        var last = await LastFinishedAsync(transaction, pool, cancellationToken);
        return WhyNot(declared, last) is { } why
            ? ConformanceRefusals.NotConformant(pool, why)
            : await setStatus.ExecuteAsync(transaction, pool, PoolStatus.Active, $"{last!.Id}", cancellationToken);
    }

    private Bilingual? WhyNot(Pool pool, ConformanceRun? last)
    {
        if (last is null)
        {
            return ("尚无已完成的测试", "no run has come to its end");
        }

        if (last.Adapter != pool.Adapter || last.Settings != PoolDigest.Of(pool))
        {
            return (
                $"{last.Id} 之后适配器、设置或映射已变更",
                $"the adapter, its settings or the mapping changed since {last.Id}"
            );
        }

        if (last.State != ConformanceState.Passed)
        {
            return ($"{last.Id} 有 {last.Failed} 项未通过", $"{last.Failed} checks of {last.Id} failed");
        }

        var now = pools.Open(pool.Id).Info.CloudVersion;
        return now.Length > 0 && last.CloudVersion.Length > 0 && now != last.CloudVersion
            ? ($"云平台版本已由 {last.CloudVersion} 变为 {now}", $"the cloud went from {last.CloudVersion} to {now}")
            : null;
    }

    /// <summary>The newest run that went to its end, whatever was stopped or broke since.</summary>
    private async Task<ConformanceRun?> LastFinishedAsync(
        ITransaction transaction,
        PoolId pool,
        CancellationToken cancellationToken
    )
    {
        var one = new PageRequest(null, 1);
        var passed = new ConformanceFilter(pool, ConformanceState.Passed);
        var failed = new ConformanceFilter(pool, ConformanceState.Failed);
        IEnumerable<ConformanceRun> last =
        [
            .. (await runs.ListAsync(transaction, passed, one, cancellationToken)).Items,
            .. (await runs.ListAsync(transaction, failed, one, cancellationToken)).Items,
        ];
        return last.MaxBy(run => run.Id.Number);
    }
}
