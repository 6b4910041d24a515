using CloudManager.Core.Forecasts;
using CloudManager.Core.Requests;
using CsCheck;

namespace CloudManager.Core.Tests.Forecasts;

/// <summary>Forecasts of known series: what they say, how sure they are, and when they keep silent (art. 22).</summary>
public sealed class ForecastingTests
{
    private const int Ahead = 28;
    private static readonly DateOnly Until = new(2026, 9, 1);
    private static readonly ForecastNumbers Numbers = new();

    [Theory]
    [InlineData("six months of it", 180)]
    [InlineData("three months", 90)]
    [InlineData("eight weeks", 56)]
    public void The_truth_lies_inside_the_interval_as_often_as_it_says(string because, int days)
    {
        var (inside95, inside80, asked, told) = (0, 0, 0, 0);
        for (var seed = 0; seed < 200; seed++)
        {
            var truth = Grows(seed, days + Ahead, slope: 0.2, noise: 1.5);
            var forecast = Of(truth.AsSpan(0, days));
            told += forecast.Verdict == Verdict.Determined ? 1 : 0;
            for (var day = 0; day < Ahead && forecast.Points.Count > 0; day++, asked++)
            {
                var (point, value) = (forecast.Points[day], truth[days + day]);
                inside95 += point.NinetyFive.Low <= value && value <= point.NinetyFive.High ? 1 : 0;
                inside80 += point.Eighty.Low <= value && value <= point.Eighty.High ? 1 : 0;
            }
        }

        var (share95, share80) = ((double)inside95 / asked, (double)inside80 / asked);
        Assert.True(told >= 180, $"{because}: only {told} of 200 were told");
        Assert.True(share95 is >= 0.93 and <= 0.99, $"{because}: 95 % holds {share95:0.000}");
        Assert.True(share80 is >= 0.77 and <= 0.90, $"{because}: 80 % holds {share80:0.000}");
    }

    [Fact]
    public void The_day_of_the_crossing_lies_inside_the_interval_as_often_as_it_says()
    {
        var (inside, told) = (0, 0);
        for (var seed = 0; seed < 200; seed++)
        {
            // 40 % at the start, 0.2 a day: 76 after 180 days, 90 after 250.
            var truth = Grows(seed, 180, slope: 0.2, noise: 1.5);
            var clean = Grows(seed, 360, slope: 0.2, noise: 0);
            var day = Array.FindIndex(clean, v => v >= 90);
            var crossing = Of(truth).Crossings.FirstOrDefault(c => c.Limit == 90);
            told += crossing?.Day is null ? 0 : 1;
            inside +=
                crossing is { NinetyFive: { Earliest: { } earliest, Latest: var latest } }
                && earliest <= DayOf(day, 180)
                && (latest is null || DayOf(day, 180) <= latest)
                    ? 1
                    : 0;
        }

        Assert.True(told >= 195, $"only {told} of 200 were told");
        Assert.True(inside >= 186, $"only {inside} of 200 inside");
    }

    [Fact]
    public void A_random_walk_is_seldom_told_and_then_with_an_interval_that_holds()
    {
        var (told, inside) = (0, 0);
        for (var seed = 0; seed < 200; seed++)
        {
            var walk = Walk(seed, 180 + Ahead);
            var forecast = Of(walk.AsSpan(0, 180));
            if (forecast.Verdict == Verdict.Determined)
            {
                told++;
                var last = forecast.Points[Ahead - 1].NinetyFive;
                inside += last.Low <= walk[^1] && walk[^1] <= last.High ? 1 : 0;
            }
        }

        Assert.True(told <= 20, $"{told} of 200 walks were told");
        Assert.True(2 * inside >= told, $"{inside} of {told} inside");
    }

    [Fact]
    public void What_never_changes_is_silent()
    {
        var forecast = Of([.. Enumerable.Repeat(42.0, 180)]);

        Assert.Equal(Verdict.NotApplicable, forecast.Verdict);
        Assert.Contains("no better than the last value", forecast.Reason!.En, StringComparison.Ordinal);
        Assert.Empty(forecast.Points);
    }

    [Fact]
    public void What_only_trembles_never_crosses()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var forecast = Of(Grows(seed, 180, slope: 0, noise: 1));
            Assert.All(forecast.Crossings, c => Assert.Null(c.Day));
        }
    }

    [Fact]
    public void A_step_is_no_trend()
    {
        double[] values = [.. Grows(7, 180, slope: 0, noise: 0.5).Select((v, i) => v + (i < 110 ? 0 : 25))];

        var forecast = Of(values);

        Assert.All(forecast.Crossings, c => Assert.Null(c.Day));
        Assert.True(Math.Abs(forecast.SlopePerDay ?? 0) < 0.1, $"{forecast.SlopePerDay}");
    }

    [Fact]
    public void What_has_saturated_does_not_cross_although_it_once_grew_fast()
    {
        var noise = new Random(3);
        double[] values =
        [
            .. Enumerable.Range(0, 180).Select(i => 80 * (1 - Math.Exp(-i / 20.0)) + noise.NextDouble()),
        ];

        var forecast = Of(values);

        Assert.Null(forecast.Crossings.FirstOrDefault(c => c.Limit == 100)?.Day);
    }

    [Theory]
    [InlineData("six weeks less a day", 41, 0, Verdict.InsufficientData)]
    [InlineData("six weeks", 42, 0, Verdict.Determined)]
    [InlineData("a fifth missing", 100, 20, Verdict.Determined)]
    [InlineData("more than a fifth missing", 100, 21, Verdict.InsufficientData)]
    public void Too_few_data_are_silent(string because, int days, int missing, Verdict verdict)
    {
        var values = Values(Grows(1, days, slope: 0.3, noise: 0.2)).ToList();
        values.RemoveRange(50 > days ? 0 : 30, missing);

        var forecast = Forecasting.Of(values, Until, [90, 100], Numbers);

        Assert.True(verdict == forecast.Verdict, $"{because}: {forecast.Verdict}");
        Assert.Equal(verdict != Verdict.Determined, forecast.Reason is not null);
    }

    [Fact]
    public void Three_days_down_are_a_gap_not_zero()
    {
        var whole = Values(Grows(5, 120, slope: 0.3, noise: 0.3)).ToList();
        var holed = whole.Where((_, i) => i is < 110 or > 112).ToList();

        var (all, some) = (Forecasting.Of(whole, Until, [90], Numbers), Forecasting.Of(holed, Until, [90], Numbers));

        Assert.Equal(all.SlopePerDay!.Value, some.SlopePerDay!.Value, 0.01);
        Assert.InRange(some.Crossings[0].Day!.Value.DayNumber - all.Crossings[0].Day!.Value.DayNumber, -5, 5);
        Assert.Equal(3, some.History.Count(d => d.Value is null));
    }

    [Fact]
    public void The_order_of_the_days_changes_nothing() =>
        Gen.Select(Gen.Int[42, 120], Gen.Int[0, 1000])
            .Sample(
                (days, seed) =>
                {
                    var values = Values(Grows(seed, days, slope: 0.3, noise: 1)).ToArray();
                    var ordered = Forecasting.Of(values, Until, [90], Numbers);
                    new Random(seed).Shuffle(values);
                    var shuffled = Forecasting.Of(values, Until, [90], Numbers);
                    return ordered.Points.SequenceEqual(shuffled.Points)
                        && ordered.Error == shuffled.Error
                        && ordered.Crossings.SequenceEqual(shuffled.Crossings);
                },
                iter: 15
            );

    [Fact]
    public void Intervals_hold_their_median_grow_with_the_days_and_the_wider_holds_the_narrower() =>
        Gen.Select(Gen.Int[42, 180], Gen.Int[0, 1000], Gen.Double[0.1, 0.5])
            .Sample(
                (days, seed, slope) =>
                {
                    var points = Of(Grows(seed, days, slope, noise: 1)).Points;
                    return points.All(p =>
                            p.NinetyFive.Low <= p.Eighty.Low
                            && p.Eighty.Low <= p.Median
                            && p.Median <= p.Eighty.High
                            && p.Eighty.High <= p.NinetyFive.High
                        ) && points.Zip(points.Skip(1)).All(p => Width(p.First) <= Width(p.Second) + 1e-9);
                },
                iter: 15
            );

    private static double Width(ForecastPoint point) => point.NinetyFive.High - point.NinetyFive.Low;

    private static Forecast Of(ReadOnlySpan<double> values) =>
        Forecasting.Of(Values(values.ToArray()), Until, [90, 100], Numbers);

    private static IEnumerable<DayValue> Values(double[] values) =>
        values.Select((v, i) => new DayValue(DayOf(i, values.Length), v, 1));

    private static DateOnly DayOf(int index, int length) => Until.AddDays(index - length);

    /// <summary>From 40 on with a week of five working days, and normal noise of a fixed seed.</summary>
    private static double[] Grows(int seed, int days, double slope, double noise)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, days).Select(i => 40 + (slope * i) + (i % 7 < 5 ? 2 : 0) + (noise * Normal(random))),
        ];
    }

    private static double[] Walk(int seed, int days)
    {
        var (random, at) = (new Random(seed), 50.0);
        return [.. Enumerable.Range(0, days).Select(_ => at += Normal(random))];
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
