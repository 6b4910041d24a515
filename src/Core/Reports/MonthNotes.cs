using System.Globalization;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Reports;

/// <summary>What a monthly report leaves out, and why: what is missing is said, never shown as zero.</summary>
internal static class MonthNotes
{
    private static readonly IReadOnlyList<Bilingual> Rules =
    [
        (
            "使用率按资源在用期间的五分钟采样计算，汇总按容量加权；未测得的不计为零。超出可信范围（CPU 0–400%，内存、磁盘 0–200%）的采样已剔除。",
            "Use is computed from five-minute samples of the days in service and weighted by capacity; what was not measured is not zero. Samples beyond belief (CPU outside 0–400%, memory and disk outside 0–200%) are set aside."
        ),
        (
            "容量为生成报告时资源池上报的数据，其余数据截至当月最后一日。",
            "Capacity is what the pools said when the report was made; all else is as of the month's last day."
        ),
        (
            "时限按月末状态统计：按期办结的计入办结当月，逾期的计入到期当月，每项时限只计一次。",
            "Deadlines are counted as they stood at the month's end: kept ones in the month of the step, missed ones in the month they fell due, each once."
        ),
        (
            "费用取自已结账的账单；已交付但尚未确认的资源不计入（第四十条）。",
            "Cost is that of the closed bills; what was delivered and not confirmed is no part of it (art. 40)."
        ),
        (
            "变更工单仅统计件数；规格增减仅统计新增和终止的资源，新增计入确认当月。",
            "Change orders are counted as orders; the sizes are those of resources that came and went; one came in the month of its confirmation."
        ),
    ];

    public static IReadOnlyList<Bilingual> Of(
        IReadOnlyList<PoolFigures> pools,
        Rankings ranking,
        IReadOnlyDictionary<PoolId, CapacityAnswer> capacity
    ) =>
        [
            .. Rules,
            .. pools.Where(p => p.CapacityMissing is not null).Select(NoCapacity),
            .. pools.Where(p => capacity.GetValueOrDefault(new(p.Pool)) is { Measures: false }).Select(NoMeter),
            .. pools.Where(p => p.Use is { LeftOut: > 0 }).Select(LeftOut),
            .. pools.Where(p => p.Use?.Cpu.Coverage < MeasureMonth.EnoughCoverage).Select(Thin),
            .. Unranked(ranking),
        ];

    private static Bilingual NoCapacity(PoolFigures pool) =>
        (
            $"资源池 {pool.Pool} 无容量数据：{pool.CapacityMissing!.Zh}。",
            $"Pool {pool.Pool} has no capacity figures: {pool.CapacityMissing.En}."
        );

    private static Bilingual NoMeter(PoolFigures pool) =>
        (
            $"资源池 {pool.Pool} 不提供监测数据，池内服务器无使用率。",
            $"Pool {pool.Pool} does not measure; the servers on it have no utilisation."
        );

    private static Bilingual LeftOut(PoolFigures pool) =>
        (
            $"资源池 {pool.Pool} 有 {pool.Use!.LeftOut} 台服务器全月无监测数据，未计入使用率。",
            $"On pool {pool.Pool} {pool.Use.LeftOut} server(s) were never measured and are in no utilisation."
        );

    private static Bilingual Thin(PoolFigures pool) =>
        (
            $"资源池 {pool.Pool} 的 CPU 监测覆盖率为 {Percent(pool.Use!.Cpu.Coverage)}，低于 80%。",
            $"On pool {pool.Pool} CPU was measured in {Percent(pool.Use.Cpu.Coverage)} of the slots, under 80%."
        );

    /// <summary>Cut, not rounded: what is under 80% never reads as 80%.</summary>
    private static string Percent(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(share * 1000) / 10:0.0}%");

    private static IEnumerable<Bilingual> Unranked(Rankings ranking)
    {
        var (tenants, systems) = (ranking.Tenants.Insufficient.Count, ranking.Systems.Insufficient.Count);
        if (tenants + systems > 0)
        {
            yield return (
                $"{tenants} 个单位、{systems} 个系统的 CPU 监测覆盖率低于 80%，单列，不参与排名。",
                $"{tenants} tenant(s) and {systems} system(s) were measured in under 80% of their time and are listed apart, not ranked."
            );
        }
    }
}
