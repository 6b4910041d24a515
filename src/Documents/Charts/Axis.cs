namespace CloudManager.Documents.Charts;

/// <summary>A linear axis with round ticks that holds zero and every value.</summary>
/// <param name="From">Its first tick, at most 0.</param>
/// <param name="Until">Its last tick, over 0.</param>
/// <param name="Step">The distance of its ticks: 1, 2 or 5 times a power of ten.</param>
internal sealed record Axis(double From, double Until, double Step)
{
    private const int MostTicks = 6;
    private static readonly double[] Rounds = [1, 2, 5, 10];

    public IEnumerable<double> Ticks =>
        Enumerable.Range(0, (int)Math.Round((Until - From) / Step) + 1).Select(i => From + (i * Step));

    /// <summary>The axis for the values.</summary>
    /// <param name="values">What it must hold.</param>
    /// <param name="atLeast">What it reaches in any case, over 0.</param>
    /// <param name="smallestStep">The finest it is divided, e.g. 1 for what is counted.</param>
    public static Axis For(IEnumerable<double> values, double atLeast, double smallestStep)
    {
        var all = values.Append(0).Append(atLeast).ToList();
        var (lowest, highest) = (all.Min(), all.Max());
        var step = Math.Max(smallestStep, Round((highest - lowest) / (MostTicks - 1)));
        return new Axis(Math.Floor(lowest / step) * step, Math.Ceiling(highest / step) * step, step);
    }

    /// <summary>Where the value stands on a line from 0 to <paramref name="length"/>.</summary>
    public double Place(double value, double length) => (value - From) / (Until - From) * length;

    private static double Round(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return Rounds.First(r => r * power >= rough * (1 - 1e-9)) * power;
    }
}
