using System.Numerics;
using CloudManager.Core.Metering;

namespace CloudManager.Storage.Metering;

/// <summary>Summaries as they are put together.</summary>
internal sealed record UseSum(MetricSum Cpu, MetricSum Memory, MetricSum Disk, NetworkSum Network)
{
    public static UseSum None { get; } = new(default, default, default, default);

    /// <summary>Of rows and of daily summaries of other days.</summary>
    public UseSum Plus(UseSum days) =>
        new(Cpu.Plus(days.Cpu), Memory.Plus(days.Memory), Disk.Plus(days.Disk), Network.Plus(days.Network));

    /// <summary>With quantiles of all the rows there are; those of days that have no rows any more are not among them.</summary>
    public UseSum With((QuantilesOf Cpu, QuantilesOf Memory, QuantilesOf Disk) quantiles) =>
        this with
        {
            Cpu = Cpu.With(quantiles.Cpu),
            Memory = Memory.With(quantiles.Memory),
            Disk = Disk.With(quantiles.Disk),
        };

    public ServerUse Of(DayWindow window) =>
        new(window, Cpu.ToUse(), Memory.ToUse(), Disk.ToUse()) { Network = Network.ToUse() };
}

/// <summary>Quantiles, and of how many values.</summary>
internal readonly record struct QuantilesOf(long Measured, float? P95, float? P99);

/// <summary>One metric.</summary>
/// <param name="Measured">How many values.</param>
/// <param name="Millionths">Their sum, in millionths of a percent.</param>
/// <param name="Max">The largest.</param>
internal readonly record struct MetricSum(long Measured, long Millionths, float Max)
{
    /// <summary>Null where not every value is at hand any more.</summary>
    public float? P95 { get; init; }

    public float? P99 { get; init; }

    public long Below { get; init; }

    public long Above { get; init; }

    public MetricSum Plus(MetricSum days) =>
        days.Measured == 0
            ? this
            : new MetricSum(
                Measured + days.Measured,
                Millionths + days.Millionths,
                Measured == 0 ? days.Max : Math.Max(Max, days.Max)
            )
            {
                Below = Below + days.Below,
                Above = Above + days.Above,
            };

    public MetricSum With(QuantilesOf quantiles) =>
        quantiles.Measured == Measured ? this with { P95 = quantiles.P95, P99 = quantiles.P99 } : this;

    public MetricUse ToUse() =>
        Measured == 0
            ? MetricUse.None
            : new MetricUse(
                Measured,
                (double)(Millionths / 1_000_000m / Measured),
                Widen(P95),
                Core.Metering.Measured.Widen(Max)
            )
            {
                P99 = Widen(P99),
                Below = Below,
                Above = Above,
            };

    private static double? Widen(float? value) => value is { } known ? Core.Metering.Measured.Widen(known) : null;
}

/// <summary>The network: bytes of a slot, both ways together.</summary>
/// <param name="Measured">How many slots.</param>
/// <param name="Thousandths">Their sum, in thousandths of a byte.</param>
/// <param name="Max">The busiest.</param>
internal readonly record struct NetworkSum(long Measured, BigInteger Thousandths, double Max)
{
    public NetworkSum Plus(NetworkSum days) =>
        days.Measured == 0 ? this
        : Measured == 0 ? days
        : new(Measured + days.Measured, Thousandths + days.Thousandths, Math.Max(Max, days.Max));

    public NetworkUse ToUse() =>
        Measured == 0 ? NetworkUse.None : new NetworkUse(Measured, (double)Thousandths / 1_000 / Measured, Max);
}
