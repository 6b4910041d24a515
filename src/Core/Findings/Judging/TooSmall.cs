namespace CloudManager.Core.Findings.Judging;

/// <summary>
/// Too small (配置不足, art. 22): p95 of processor or memory is over its number.
/// </summary>
internal static class TooSmall
{
    public static RuleVerdict Judge(UseNumbers use, PolicyNumbers numbers) =>
        Ruling.Of(
            FindingKind.Undersized,
            [
                Ruling.Measured("cpuP95", use.Cpu.P95, (Bound.Over, numbers.TooSmall.CpuP95), use.Cpu.Coverage),
                Ruling.Measured(
                    "memoryP95",
                    use.Memory.P95,
                    (Bound.Over, numbers.TooSmall.MemoryP95),
                    use.Memory.Coverage
                ),
            ],
            numbers.LeastCoverage,
            any: true
        );
}
