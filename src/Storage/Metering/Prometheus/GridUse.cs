using CloudManager.Core.Metering;

namespace CloudManager.Storage.Metering.Prometheus;

/// <summary>
/// Summaries of a server's values in a range of slots: p95 and p99 by sorting, since an engine's own quantiles lie
/// between two values; means from sums of whole millionths, the same to the last digit as the embedded store's.
/// </summary>
internal static class GridUse
{
    public static MetricUse Of(SlotGrid grid, Metric metric, SlotRange slots)
    {
        var values = Measured(grid.Values(metric, slots));
        if (values.Length == 0)
        {
            return MetricUse.None;
        }

        Array.Sort(values);
        return new MetricUse(
            values.Length,
            MeanOf(values.Sum(Millionths), values.Length),
            Rank(values, 95),
            Widen(values[^1])
        )
        {
            P99 = Rank(values, 99),
            Below = values.Count(v => v < UseLevels.Quiet),
            Above = values.Count(v => v > UseLevels.Busy),
        };
    }

    /// <summary>Both directions together; a slot counts that holds a value of either.</summary>
    public static NetworkUse Network(SlotGrid grid, SlotRange slots)
    {
        var (measured, sum, most) = (0L, 0.0, 0.0);
        var within = new SlotRange(Math.Max(slots.First, grid.Slots.First), Math.Min(slots.Past, grid.Slots.Past));
        for (var slot = within.First; slot < within.Past; slot++)
        {
            var (received, sent) = (grid.At(Metric.NetworkIn, slot), grid.At(Metric.NetworkOut, slot));
            if (received is not null || sent is not null)
            {
                var bytes = (double)(received ?? 0) + (sent ?? 0);
                (measured, sum, most) = (measured + 1, sum + bytes, Math.Max(most, bytes));
            }
        }

        return measured == 0 ? NetworkUse.None : new NetworkUse(measured, sum / measured, most);
    }

    /// <summary>The value in whole millionths.</summary>
    public static long Millionths(float value) => (long)Math.Round(value * 1_000_000.0, MidpointRounding.AwayFromZero);

    /// <summary>The mean of values whose millionths have this sum.</summary>
    public static double MeanOf(long sum, long measured) => (double)(sum / 1_000_000m / measured);

    private static double Widen(float value) => Core.Metering.Measured.Widen(value);

    private static float[] Measured(ReadOnlySpan<float> values)
    {
        var measured = new float[values.Length];
        var count = 0;
        foreach (var value in values)
        {
            if (!float.IsNaN(value))
            {
                measured[count++] = value;
            }
        }

        return measured[..count];
    }

    /// <summary>The nearest rank, counted in whole numbers.</summary>
    private static double Rank(float[] sorted, int percent) =>
        Widen(sorted[(((percent * sorted.Length) + 99) / 100) - 1]);
}
