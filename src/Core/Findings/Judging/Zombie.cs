using CloudManager.Core.Requests;

namespace CloudManager.Core.Findings.Judging;

/// <summary>
/// Zombie (僵尸资源, art. 22): processor and network idle over the whole window, or powered off all through. Where the
/// pool does not measure the network nothing is said by use.
/// </summary>
internal static class Zombie
{
    public static RuleVerdict Judge(UseNumbers use, PolicyNumbers numbers) =>
        Ruling.Of(
            FindingKind.Zombie,
            [
                Ruling.Measured("cpuMean", use.Cpu.Mean, (Bound.Under, numbers.Zombie.CpuMean), use.Cpu.Coverage),
                Ruling.Measured("cpuP95", use.Cpu.P95, (Bound.Under, numbers.Zombie.CpuP95), use.Cpu.Coverage),
                Ruling.Measured(
                    "networkBytesPerSecond",
                    use.Network.Mean,
                    (Bound.Under, numbers.Zombie.NetworkBytesPerSecond),
                    use.Network.Coverage
                ),
            ],
            numbers.LeastCoverage
        );

    /// <summary>By power; null where it ran at some time of the window, or was measured to work.</summary>
    public static RuleVerdict? ByPower(
        LastingFacts? power,
        UseNumbers use,
        FindingWindow window,
        PolicyNumbers numbers
    ) =>
        power is { IsFresh: true } && power.Since <= window.From && !(use.Cpu.Mean >= numbers.Zombie.CpuMean)
            ? new RuleVerdict(FindingKind.Zombie, Verdict.Determined, true)
            {
                Numbers =
                [
                    new(
                        "days",
                        window.Until.DayNumber - power.Since.DayNumber,
                        numbers.WindowDays,
                        Bound.AtLeast,
                        null
                    ),
                ],
                Reasons = [RuleWords.OffSince(power.Since)],
                Basis = power.Finding,
            }
            : null;
}
