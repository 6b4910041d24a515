using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Findings.Judging;

/// <summary>
/// Judges a system by the roll-up of its servers (art. 22), weighted by capacity: cores for processor and network, GiB for
/// memory. Servers that cannot be judged are left out and said so; nothing is said where they have too much of it.
/// </summary>
internal static class JudgeSystem
{
    /// <summary>Servers with at least this share of a system's vCPUs must be judged.</summary>
    public const double LeastShare = 0.8;

    /// <summary>Further digits of a weighted mean are the noise of floating point.</summary>
    private const int Places = 6;

    public static IReadOnlyList<RuleVerdict> Of(
        IReadOnlyList<ServerShare> servers,
        PolicyNumbers numbers,
        FindingWindow window
    )
    {
        RuleVerdict[] verdicts =
        [
            ByRule(FindingKind.Zombie, servers, s => s.Zombie, counted => Zombie.Judge(counted, numbers)),
            ByRule(FindingKind.LowUse, servers, s => s.LowUse, counted => LowUse.Judge(counted, numbers)),
        ];
        return [.. verdicts.Select(v => v with { Window = window })];
    }

    private static RuleVerdict ByRule(
        FindingKind kind,
        IReadOnlyList<ServerShare> servers,
        Func<ServerShare, Verdict> verdictOf,
        Func<UseNumbers, RuleVerdict> judge
    )
    {
        if (servers.All(s => verdictOf(s) == Verdict.NotApplicable))
        {
            return Ruling.NotApplicable(kind, RuleWords.TooYoung);
        }

        var counted = servers.Where(s => verdictOf(s) == Verdict.Determined).ToList();
        double vcpus = servers.Sum(s => (long)s.Vcpus);
        var share = vcpus > 0 ? counted.Sum(s => (long)s.Vcpus) / vcpus : 0;
        var number = new JudgedNumber("servers", counted.Count, null, null, share);
        var leftOut = LeftOut(servers, verdictOf).ToList();
        if (share < LeastShare)
        {
            return new RuleVerdict(kind, Verdict.InsufficientData, false)
            {
                Numbers = [number],
                Reasons = [RuleWords.TooFew(share, LeastShare), .. leftOut],
            };
        }

        var verdict = judge(RollUp(counted));
        return verdict with { Numbers = [.. verdict.Numbers, number], Reasons = [.. verdict.Reasons, .. leftOut] };
    }

    private static IEnumerable<Bilingual> LeftOut(
        IReadOnlyList<ServerShare> servers,
        Func<ServerShare, Verdict> verdictOf
    )
    {
        var young = servers.Count(s => verdictOf(s) == Verdict.NotApplicable);
        var unmeasured = servers.Count(s => verdictOf(s) == Verdict.InsufficientData);
        if (young > 0)
        {
            yield return RuleWords.LeftOut(young, RuleWords.TooYoung);
        }

        if (unmeasured > 0)
        {
            yield return RuleWords.LeftOut(unmeasured, ("监测覆盖率不足", "measured too seldom"));
        }
    }

    private static UseNumbers RollUp(IReadOnlyList<ServerShare> servers) =>
        new(
            Weigh(servers, s => s.Cpu, s => s.Vcpus),
            Weigh(servers, s => s.Memory, s => s.MemoryGiB),
            Weigh(servers, s => s.Network, s => s.Vcpus)
        );

    private static MetricNumbers Weigh(
        IReadOnlyList<ServerShare> servers,
        Func<ServerShare, MetricShare> metricOf,
        Func<ServerShare, int> capacityOf
    )
    {
        var (weight, mean, p95) = (0.0, 0.0, 0.0);
        var (measured, slots, count) = (0L, 0L, 0);
        foreach (var server in servers)
        {
            // One that was off all through used nothing of what it had: that is known, not missing.
            var metric = server.IsOff ? new MetricShare(0, 0, server.Slots) : metricOf(server);
            slots += server.Slots;
            measured += metric.Measured;
            if (metric.Mean is { } own)
            {
                var each = (double)capacityOf(server) * metric.Measured;
                (weight, mean, p95) = (weight + each, mean + (each * own), p95 + (each * (metric.P95 ?? 0)));
                count++;
            }
        }

        var coverage = slots == 0 ? 0 : (double)measured / slots;
        return count == 1 && servers is [{ IsOff: false } only] ? new(metricOf(only).Mean, metricOf(only).P95, coverage)
            : weight > 0 ? new(Math.Round(mean / weight, Places), Math.Round(p95 / weight, Places), coverage)
            : MetricNumbers.None;
    }
}
