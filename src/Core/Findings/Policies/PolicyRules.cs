using CloudManager.Core.Kernel;

namespace CloudManager.Core.Findings.Policies;

/// <summary>
/// What the numbers of a monitoring policy (监测标准, art. 22) must be: within their ranges, and in an order in which no
/// server can be too large and too small, or a zombie without being of low use.
/// </summary>
internal static class PolicyRules
{
    private const int LongestDays = 366;
    private const double MostBytesPerSecond = 1e12;
    private static readonly Bilingual Percent = ("0 至 100 的百分数", "a percentage from 0 to 100");

    public static void Examine(PolicyNumbers numbers, Check check)
    {
        check.Range("numbers.windowDays", numbers.WindowDays, 7, LongestDays);
        check.Range("numbers.idleVolumeDays", numbers.IdleVolumeDays, 1, LongestDays);
        check.Range("numbers.idleAddressDays", numbers.IdleAddressDays, 1, LongestDays);
        check.Range("numbers.poweredOffDays", numbers.PoweredOffDays, 1, LongestDays);
        if (!(numbers.LeastCoverage is >= 0.5 and <= 1))
        {
            check.Fault("numbers.leastCoverage", numbers.LeastCoverage, ("0.5 至 1", "from 0.5 to 1"));
        }

        if (!(numbers.TargetPercent is > 0 and <= 100))
        {
            check.Fault(
                "numbers.targetPercent",
                numbers.TargetPercent,
                ("大于 0 至 100 的百分数", "over 0, at most 100")
            );
        }

        if (!(numbers.Zombie.NetworkBytesPerSecond is >= 0 and <= MostBytesPerSecond))
        {
            check.Fault(
                "numbers.zombie.networkBytesPerSecond",
                numbers.Zombie.NetworkBytesPerSecond,
                ("不小于 0 的字节每秒", "bytes a second, at least 0")
            );
        }

        foreach (var (path, value) in Percentages(numbers))
        {
            if (!(value is >= 0 and <= 100))
            {
                check.Fault(path, value, Percent);
            }
        }

        Order(numbers, check);
    }

    private static IEnumerable<(string Path, double Value)> Percentages(PolicyNumbers numbers) =>
        [
            ("numbers.lowUse.cpuMean", numbers.LowUse.CpuMean),
            ("numbers.lowUse.cpuP95", numbers.LowUse.CpuP95),
            ("numbers.lowUse.memoryMean", numbers.LowUse.MemoryMean),
            ("numbers.lowUse.memoryP95", numbers.LowUse.MemoryP95),
            ("numbers.tooLarge.cpuP95", numbers.TooLarge.CpuP95),
            ("numbers.tooLarge.memoryP95", numbers.TooLarge.MemoryP95),
            ("numbers.tooSmall.cpuP95", numbers.TooSmall.CpuP95),
            ("numbers.tooSmall.memoryP95", numbers.TooSmall.MemoryP95),
            ("numbers.zombie.cpuMean", numbers.Zombie.CpuMean),
            ("numbers.zombie.cpuP95", numbers.Zombie.CpuP95),
        ];

    private static void Order(PolicyNumbers numbers, Check check)
    {
        var (low, large, small, zombie) = (numbers.LowUse, numbers.TooLarge, numbers.TooSmall, numbers.Zombie);
        NotOver("lowUse.cpuMean", low.CpuMean, ("lowUse.cpuP95", low.CpuP95));
        NotOver("lowUse.memoryMean", low.MemoryMean, ("lowUse.memoryP95", low.MemoryP95));
        NotOver("zombie.cpuMean", zombie.CpuMean, ("zombie.cpuP95", zombie.CpuP95));
        NotOver("zombie.cpuMean", zombie.CpuMean, ("lowUse.cpuMean", low.CpuMean));
        NotOver("zombie.cpuP95", zombie.CpuP95, ("lowUse.cpuP95", low.CpuP95));
        Under("lowUse.cpuP95", low.CpuP95, ("tooSmall.cpuP95", small.CpuP95));
        Under("lowUse.memoryP95", low.MemoryP95, ("tooSmall.memoryP95", small.MemoryP95));
        Under("tooLarge.cpuP95", large.CpuP95, ("tooSmall.cpuP95", small.CpuP95));
        Under("tooLarge.memoryP95", large.MemoryP95, ("tooSmall.memoryP95", small.MemoryP95));

        void NotOver(string path, double value, (string Path, double Value) bound)
        {
            if (value > bound.Value)
            {
                var expected = ($"不大于 {bound.Path} 的 {bound.Value}", $"at most the {bound.Value} of {bound.Path}");
                check.Fault($"numbers.{path}", value, expected, "policy.order");
            }
        }

        void Under(string path, double value, (string Path, double Value) bound)
        {
            if (value >= bound.Value)
            {
                var expected = ($"小于 {bound.Path} 的 {bound.Value}", $"under the {bound.Value} of {bound.Path}");
                check.Fault($"numbers.{path}", value, expected, "policy.order");
            }
        }
    }
}
