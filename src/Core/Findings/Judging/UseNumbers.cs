using CloudManager.Core.Metering;

namespace CloudManager.Core.Findings.Judging;

/// <summary>One metric of a server or a system over its window.</summary>
/// <param name="Mean">Percent of what was allocated; of the network bytes a second; null where nobody measured.</param>
/// <param name="P95">Percent; null where nobody measured, and for the network.</param>
/// <param name="Coverage">The share of the window's slots that hold a value, 0 to 1.</param>
public sealed record MetricNumbers(double? Mean, double? P95, double Coverage)
{
    public static MetricNumbers None { get; } = new(null, null, 0);
}

/// <summary>The use of a server, or of a system as the capacity-weighted roll-up of its servers.</summary>
public sealed record UseNumbers(MetricNumbers Cpu, MetricNumbers Memory, MetricNumbers Network)
{
    /// <summary>How many seconds a slot has.</summary>
    private static readonly double Seconds = Slots.Length.TotalSeconds;

    public static UseNumbers Of(ServerUse use)
    {
        double slots = use.Window.Slots;
        return new(
            new(use.Cpu.Mean, use.Cpu.P95, use.Cpu.Measured / slots),
            new(use.Memory.Mean, use.Memory.P95, use.Memory.Measured / slots),
            new(use.Network.MeanBytes / Seconds, null, use.Network.Measured / slots)
        );
    }
}
