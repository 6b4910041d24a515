using System.Globalization;
using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Forecasts;

/// <summary>Forecasts a series of days; it asks nobody anything, and the order of the days changes nothing.</summary>
public static class Forecasting
{
    /// <summary>Days the model may look back over: all there are, or those since something changed.</summary>
    private static readonly int[] Spans = [int.MaxValue, 56];

    /// <summary>Forecasts from the day <paramref name="until"/> on, which is the first that is not over.</summary>
    /// <param name="days">Measured days in any order; a day at most once.</param>
    /// <param name="until">The day after the last of the history.</param>
    /// <param name="limits">In the series' unit.</param>
    /// <param name="numbers">When to keep silent.</param>
    public static Forecast Of(
        IEnumerable<DayValue> days,
        DateOnly until,
        IReadOnlyList<double> limits,
        ForecastNumbers numbers
    )
    {
        var history = Ordered(days, until, numbers.HistoryDays);
        var coverage = history.Count == 0 ? 0 : history.Sum(d => d.Value is null ? 0 : d.Coverage) / history.Count;
        var silent = new Forecast
        {
            Verdict = Verdict.InsufficientData,
            History = history,
            Coverage = coverage,
        };
        if (history.Count < numbers.LeastDays)
        {
            return silent with { Reason = ForecastWords.TooShort(history.Count, numbers) };
        }

        if (coverage < numbers.LeastCoverage)
        {
            return silent with { Reason = ForecastWords.TooThin(coverage, numbers) };
        }

        double?[] values = [.. history.Select(d => d.Value)];
        var test = Spans.Select(s => BackTest.Of(values, s)).OfType<BackTest>().MinBy(t => t.Error.Mae);
        if (test is null)
        {
            return silent with { Reason = ForecastWords.TooShort(history.Count, numbers) };
        }

        return test.IsBetter(numbers.LargestMase)
            ? Told(silent with { Error = test.Error }, values, test, (until, numbers.HorizonDays, limits))
            : silent with
            {
                Verdict = Verdict.NotApplicable,
                Error = test.Error,
                Reason = ForecastWords.NoBetter(test.Error),
            };
    }

    private static Forecast Told(
        Forecast silent,
        double?[] values,
        BackTest test,
        (DateOnly From, int Days, IReadOnlyList<double> Limits) asked
    )
    {
        var trend = SeasonalTrend.Of(values, Math.Max(0, values.Length - test.Span), values.Length)!;
        var variance = test.Variance();
        var points = Enumerable
            .Range(1, asked.Days)
            .Select(horizon =>
            {
                var median = trend.At(values.Length - 1 + horizon);
                var drift = horizon * trend.SlopeError;
                var error = Math.Sqrt(variance(horizon) + (drift * drift));
                return new ForecastPoint(
                    asked.From.AddDays(horizon - 1),
                    median,
                    Around(median, error * Student.Of(Student.Eighty, test.Freedom)),
                    Around(median, error * Student.Of(Student.NinetyFive, test.Freedom))
                );
            })
            .ToList();
        return silent with
        {
            Verdict = Verdict.Determined,
            SlopePerDay = trend.Slope,
            Points = points,
            Crossings = [.. asked.Limits.Select(limit => CrossingOf(points, limit))],
        };
    }

    private static Band Around(double median, double reach) => new(median - reach, median + reach);

    private static Crossing CrossingOf(List<ForecastPoint> points, double limit)
    {
        return new(
            limit,
            First(p => p.Median),
            new(First(p => p.Eighty.High), First(p => p.Eighty.Low)),
            new(First(p => p.NinetyFive.High), First(p => p.NinetyFive.Low))
        );

        DateOnly? First(Func<ForecastPoint, double> value) => points.Find(p => value(p) >= limit)?.Day;
    }

    /// <summary>Every day from the first measured one to the end, those without a value too.</summary>
    private static List<DayValue> Ordered(IEnumerable<DayValue> days, DateOnly until, int most)
    {
        var known = days.Where(d => d.Day < until && d.Day >= until.AddDays(-most)).ToDictionary(d => d.Day);
        var measured = known.Values.Where(d => d.Value is not null).Select(d => d.Day).ToList();
        return measured.Count == 0
            ? []
            :
            [
                .. Enumerable
                    .Range(0, until.DayNumber - measured.Min().DayNumber)
                    .Select(i => measured.Min().AddDays(i))
                    .Select(day => known.GetValueOrDefault(day, new DayValue(day, null, 0))),
            ];
    }
}

/// <summary>Two-sided quantiles of Student's t by expansion in the degrees of freedom: few folds make wide intervals.</summary>
internal static class Student
{
    public static readonly (double Normal, double First, double Second) Eighty = (1.2816, 0.85, 0.9);
    public static readonly (double Normal, double First, double Second) NinetyFive = (1.96, 2.37, 2.8);

    public static double Of((double Normal, double First, double Second) share, int freedom) =>
        share.Normal + (share.First / freedom) + (share.Second / freedom / freedom);
}

/// <summary>Why nothing is said, in words.</summary>
internal static class ForecastWords
{
    public static Bilingual NoTotal { get; } =
        ("资源池不提供容量总量，不作预测", "the pool does not say how much it holds: no forecast");

    public static Bilingual NoAnswer(string kind) =>
        ($"资源池未响应容量查询（{kind}），不作预测", $"the pool did not say how much it holds ({kind}): no forecast");

    public static Bilingual TooShort(int days, ForecastNumbers numbers) =>
        (
            $"只有 {days} 天的数据，不足 {numbers.LeastDays} 天（六周），不作预测",
            $"only {days} days of data, under {numbers.LeastDays} (six weeks): no forecast"
        );

    public static Bilingual TooThin(double coverage, ForecastNumbers numbers) =>
        (
            $"监测覆盖率 {Share(coverage)}，低于 {Share(numbers.LeastCoverage)}，不作预测",
            $"coverage {Share(coverage)} is under {Share(numbers.LeastCoverage)}: no forecast"
        );

    public static Bilingual NoBetter(BackTestError error) =>
        (
            $"回测 {error.Folds} 次，误差不优于“保持最后值”（MASE {Mase(error)}），不作预测",
            $"in {error.Folds} back-tests no better than the last value (MASE {Mase(error)}): no forecast"
        );

    private static string Mase(BackTestError error) =>
        error.Mase?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>Never rounded up: what is too little must not read as enough.</summary>
    private static string Share(double share) =>
        $"{Math.Round(share * 100, 1, MidpointRounding.ToZero).ToString("0.#", CultureInfo.InvariantCulture)} %";
}
