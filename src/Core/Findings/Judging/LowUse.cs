namespace CloudManager.Core.Findings.Judging;

/// <summary>
/// Low use (低使用率, art. 22): mean and p95 of processor and memory are all four under their numbers.
/// </summary>
internal static class LowUse
{
    public static RuleVerdict Judge(UseNumbers use, PolicyNumbers numbers) =>
        Ruling.Of(
            FindingKind.LowUse,
            [
                Ruling.Measured("cpuMean", use.Cpu.Mean, (Bound.Under, numbers.LowUse.CpuMean), use.Cpu.Coverage),
                Ruling.Measured("cpuP95", use.Cpu.P95, (Bound.Under, numbers.LowUse.CpuP95), use.Cpu.Coverage),
                Ruling.Measured(
                    "memoryMean",
                    use.Memory.Mean,
                    (Bound.Under, numbers.LowUse.MemoryMean),
                    use.Memory.Coverage
                ),
                Ruling.Measured(
                    "memoryP95",
                    use.Memory.P95,
                    (Bound.Under, numbers.LowUse.MemoryP95),
                    use.Memory.Coverage
                ),
            ],
            numbers.LeastCoverage
        );
}
