using CloudManager.Core.Findings;
using CloudManager.Core.Findings.SizePlans;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;

namespace CloudManager.Core.Reports.Circulars;

/// <summary>What a circular says, computed from what was read.</summary>
internal static class CircularParts
{
    /// <summary>Of every kind there was anything of in the month, in the order of the kinds.</summary>
    public static IReadOnlyList<FindingTally> Count(IReadOnlyList<Finding> findings, MonthSpan month) =>
        [
            .. findings
                .Where(f => f.OpenedAt < month.Until && !(f.ClosedAt < month.From))
                .GroupBy(f => f.Kind)
                .OrderBy(g => g.Key)
                .Select(g => new FindingTally(
                    g.Key,
                    g.Count(f => f.OpenedAt >= month.From),
                    g.Count(f => f.ClosedAt < month.Until),
                    g.Count(f => !(f.ClosedAt < month.Until))
                )),
        ];

    public static IReadOnlyList<RecommendedChange> Recommended(IReadOnlyList<SystemPlan> plans) =>
        [
            .. plans
                .SelectMany(p => p.Changes)
                .OrderByDescending(c => c.Recommendation.MonthlySaving ?? 0)
                .ThenBy(c => c.Resource.Id.Number)
                .Select(c => new RecommendedChange(
                    c.Resource.Id.ToString(),
                    c.Resource.System,
                    c.Action,
                    c.Finding?.ToString(),
                    c.Recommendation.Spec is { } spec ? $"{spec.Vcpus}C{spec.MemoryGiB}G" : null,
                    c.Recommendation.MonthlySaving
                )),
        ];

    /// <summary>Its place by mean CPU use; those alike share one. Null where it has too little data.</summary>
    public static Place? Rank(UtilisationRow own, IReadOnlyList<UtilisationRow> all) =>
        IsEnough(own) ? new(1 + all.Count(r => IsEnough(r) && r.Cpu.Mean > own.Cpu.Mean), all.Count(IsEnough)) : null;

    public static IEnumerable<Bilingual> Notes(UtilisationRow row, IReadOnlyList<SystemPlan> plans)
    {
        yield return (
            "使用率按资源在用期间的五分钟采样计算，汇总按容量加权；未测得的不计为零，也不作为建议的依据。",
            "Use is computed from five-minute samples of the days in service and weighted by capacity; what was not measured is not zero, and no basis of a recommendation."
        );
        if (row.LeftOut > 0)
        {
            yield return (
                $"{row.LeftOut} 台云服务器没有监测数据，未计入使用率。",
                $"{row.LeftOut} servers were not measured and are in none of the figures."
            );
        }

        if (plans.Sum(p => p.LeftOut.Count) is > 0 and var count)
        {
            yield return (
                $"{count} 台云服务器数据不足或服务时间过短，未提出建议。",
                $"Of {count} servers there are too few data, or too few days in service, to recommend anything."
            );
        }

        if (!IsEnough(row))
        {
            yield return (
                $"CPU 监测覆盖率低于 {MeasureMonth.EnoughCoverage * 100:0} %，不参与排名。",
                $"Coverage of CPU is under {MeasureMonth.EnoughCoverage * 100:0} %: not ranked."
            );
        }
    }

    private static bool IsEnough(UtilisationRow row) =>
        row.Cpu is { Mean: not null, Coverage: >= MeasureMonth.EnoughCoverage };
}
