using CloudManager.Core.Metering;

namespace CloudManager.Bench.Month;

/// <summary>One size: the platform beside the bare query.</summary>
internal sealed record Result(int Servers, Measure Own, Measure Bare);

/// <summary>Both must have come to the same numbers.</summary>
internal static class Compare
{
    // A mean of floats, summed as millionths, beside one of the whole numbers they were made from.
    private const double MeansDiffer = 1e-5;

    /// <exception cref="InvalidOperationException">They have not.</exception>
    public static void Check(IReadOnlyList<ServerUse> uses, BareUse[] expected)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            MetricUse[] own = [uses[i].Cpu, uses[i].Memory, uses[i].Disk];
            for (var metric = 0; metric < own.Length; metric++)
            {
                var (use, bare) = (own[metric], expected[i]);
                var isSame =
                    use.Measured == uses[i].Window.Slots
                    && use.Max == bare.Max[metric]
                    && use.P95 == bare.P95[metric]
                    && use.P99 >= use.P95
                    && Math.Abs(use.Mean!.Value - bare.Means[metric]) < MeansDiffer;
                if (!isSame)
                {
                    throw new InvalidOperationException($"server {i + 1} differs: {use} beside {bare.P95[metric]}");
                }
            }
        }
    }
}
