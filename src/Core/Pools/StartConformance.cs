using CloudManager.Core.Kernel;

namespace CloudManager.Core.Pools;

/// <summary>Puts a conformance run into the books before anything of it happens; one at a time in each pool.</summary>
public sealed class StartConformance(
    IPools pools,
    IConformanceStore runs,
    ICounters counters,
    MachineClock clock,
    TimeProvider businessTime
)
{
    /// <param name="transaction">The books.</param>
    /// <param name="pool">The pool to accept.</param>
    /// <param name="by">The account that asks.</param>
    /// <param name="owner">The host that will run it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Result<ConformanceRun>> ExecuteAsync(
        ITransaction transaction,
        PoolId pool,
        string by,
        string owner,
        CancellationToken cancellationToken
    )
    {
        if (!pools.TryFind(pool, out var declared))
        {
            return PoolRefusals.NotFound(pool);
        }

        if (Unorderable(declared) is { } refusal)
        {
            return refusal;
        }

        var filter = new ConformanceFilter(pool, ConformanceState.Running);
        var running = await runs.ListAsync(transaction, filter, new PageRequest(null, 1), cancellationToken);
        if (running.Items is [var busy, ..])
        {
            return ConformanceRefusals.Running(busy.Id);
        }

        var id = new ConformanceId(await counters.TakeAsync(transaction, "conformance", 1, cancellationToken));
        var run = new ConformanceRun
        {
            Id = id,
            Pool = pool,
            Adapter = declared.Adapter,
            Settings = PoolDigest.Of(declared),
            Prefix = $"{id}-{Guid.NewGuid().ToString("N")[..6]}",
            StartedBy = by,
            StartedAt = businessTime.GetUtcNow(),
            State = ConformanceState.Running,
            MayHaveLeft = true,
            Owner = owner,
            SeenAt = clock.Now,
        };
        await runs.AddAsync(transaction, run, cancellationToken);
        transaction.Record(new("conformance.start", new("conformance", $"{id}"), null, new { pool = pool.Value, by }));
        return run;
    }

    /// <summary>Where people do everything they also decide about sizes and images that no table lists.</summary>
    private Conflict? Unorderable(Pool pool) =>
        (pool.Mapping.Flavours.Count == 0 || pool.Mapping.Images.Count == 0) && !pools.IsByHand(pool.Id)
            ? new Conflict(
                "pool.mappingIncomplete",
                (
                    $"资源池 {pool.Id} 未配置规格表或镜像，无可订购",
                    $"the mapping of pool {pool.Id} has no flavours or no images: there is nothing to order"
                )
            )
            : null;
}

/// <summary>Refusals about conformance runs.</summary>
public static class ConformanceRefusals
{
    public static Conflict Running(ConformanceId id) =>
        new("pool.conformanceRunning", ($"一致性测试 {id} 正在运行", $"the conformance run {id} is under way"));

    public static NotFound NotFound(string id) =>
        new("conformance.notFound", ($"没有一致性测试 {id}", $"there is no conformance run {id}"));

    public static NotFound NoReport(ConformanceId id) =>
        new("conformance.noReport", ($"一致性测试 {id} 没有报告", $"the conformance run {id} has no report"));

    public static Conflict NotRunning(ConformanceId id) =>
        new("conformance.notRunning", ($"一致性测试 {id} 已结束", $"the conformance run {id} has ended"));

    public static Conflict NotConformant(PoolId pool, Bilingual why) =>
        new(
            "pool.notConformant",
            (
                $"资源池 {pool} 未通过一致性测试，不可启用：{why.Zh}",
                $"pool {pool} has not passed the conformance suite and cannot be activated: {why.En}"
            )
        );
}
