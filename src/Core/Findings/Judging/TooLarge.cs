namespace CloudManager.Core.Findings.Judging;

/// <summary>
/// Too large (配置过高, art. 22): p95 of processor and memory are both under their numbers. Whether a smaller size serves is asked
/// of <see cref="IRightSizes"/> afterwards.
/// </summary>
internal static class TooLarge
{
    public static RuleVerdict Judge(UseNumbers use, PolicyNumbers numbers) =>
        Ruling.Of(
            FindingKind.Oversized,
            [
                Ruling.Measured("cpuP95", use.Cpu.P95, (Bound.Under, numbers.TooLarge.CpuP95), use.Cpu.Coverage),
                Ruling.Measured(
                    "memoryP95",
                    use.Memory.P95,
                    (Bound.Under, numbers.TooLarge.MemoryP95),
                    use.Memory.Coverage
                ),
            ],
            numbers.LeastCoverage
        );
}
