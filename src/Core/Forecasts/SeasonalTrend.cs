namespace CloudManager.Core.Forecasts;

/// <summary>
/// Trend with a weekly season, robust: the slope is the seasonal Kendall slope (Hirsch, Slack and Smith 1982), the median of
/// the slopes between days a whole number of weeks apart; the season the medians by weekday, the level that of the last days.
/// </summary>
internal sealed class SeasonalTrend
{
    private const int Week = 7;

    /// <summary>Over so many measured days the level is taken: what is long past does not hold it back.</summary>
    private const int LevelDays = 14;
    private const double Z95 = 1.96;
    private readonly double[] _season;
    private readonly double _level;

    private SeasonalTrend((double Slope, double Error) trend, double[] season, double level)
    {
        (Slope, SlopeError) = trend;
        (_season, _level) = (season, level);
    }

    /// <summary>A day.</summary>
    public double Slope { get; }

    /// <summary>The standard error of the slope, by the ranks of Kendall's test.</summary>
    public double SlopeError { get; }

    public double At(int day) => _level + (Slope * day) + _season[day % Week];

    /// <summary>Fits the days [from, until); null where no two of them are whole weeks apart.</summary>
    public static SeasonalTrend? Of(ReadOnlySpan<double?> days, int from, int until)
    {
        var slopes = new List<double>();
        var counts = new int[Week];
        for (var late = from; late < until; late++)
        {
            if (days[late] is not { } value)
            {
                continue;
            }

            counts[late % Week]++;
            for (var early = late - Week; early >= from; early -= Week)
            {
                if (days[early] is { } before)
                {
                    slopes.Add((value - before) / (late - early));
                }
            }
        }

        if (slopes.Count == 0)
        {
            return null;
        }

        slopes.Sort();
        var slope = Median(slopes);
        var (season, level) = Shape(days, (from, until), slope);
        return new SeasonalTrend((slope, ErrorOf(slopes, counts)), season, level);
    }

    private static (double[] Season, double Level) Shape(
        ReadOnlySpan<double?> days,
        (int From, int Until) span,
        double slope
    )
    {
        var byDay = new List<double>[Week];
        for (var weekday = 0; weekday < Week; weekday++)
        {
            byDay[weekday] = [];
        }

        for (var day = span.From; day < span.Until; day++)
        {
            if (days[day] is { } value)
            {
                byDay[day % Week].Add(value - (slope * day));
            }
        }

        var medians = Array.ConvertAll(byDay, rest => rest.Count == 0 ? (double?)null : Sorted(rest));
        var middle = medians.Average()!.Value;
        var season = Array.ConvertAll(medians, m => m - middle ?? 0);
        var last = new List<double>();
        for (var day = span.Until - 1; day >= span.From && last.Count < LevelDays; day--)
        {
            if (days[day] is { } value)
            {
                last.Add(value - (slope * day) - season[day % Week]);
            }
        }

        return (season, Sorted(last));
    }

    /// <summary>From the slopes at the ranks that bound the median with 95 %.</summary>
    private static double ErrorOf(List<double> sorted, int[] counts)
    {
        var variance = counts.Sum(n => n * (n - 1.0) * ((2 * n) + 5) / 18);
        var reach = Z95 * Math.Sqrt(variance);
        var low = (int)Math.Floor((sorted.Count - reach) / 2);
        var high = (int)Math.Ceiling((sorted.Count + reach) / 2);
        return (sorted[Math.Min(high, sorted.Count - 1)] - sorted[Math.Max(low, 0)]) / (2 * Z95);
    }

    private static double Sorted(List<double> values)
    {
        values.Sort();
        return Median(values);
    }

    private static double Median(List<double> sorted)
    {
        var half = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
