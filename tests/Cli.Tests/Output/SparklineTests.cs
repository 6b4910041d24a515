using CloudManager.Cli.Output;

namespace CloudManager.Cli.Tests.Output;

public sealed class SparklineTests
{
    [Theory]
    [InlineData("from nothing to all", new[] { 0d, 12.5, 25, 37.5, 50, 62.5, 75, 87.5, 100 }, "▁▂▃▄▅▆▇██")]
    [InlineData("beyond the scale", new[] { -5d, 99.9, 150 }, "▁██")]
    public void A_percentage_is_a_bar_of_its_height(string because, double[] values, string line) =>
        Assert.True(line == Sparkline.OfPercent([.. values.Select(v => (double?)v)], isAscii: false), because);

    [Fact]
    public void What_nobody_measured_is_blank_and_no_zero() =>
        Assert.Equal("▁ █", Sparkline.OfPercent([0, null, 100], isAscii: false));

    [Fact]
    public void Without_unicode_the_bars_are_of_ascii() =>
        Assert.Equal("_: #", Sparkline.OfPercent([0, 40, null, 100], isAscii: true));

    [Fact]
    public void More_values_than_cells_keep_their_peak()
    {
        var values = Enumerable.Repeat<double?>(1, 1_000).ToArray();
        values[517] = 100;

        var line = Sparkline.OfPercent(values, isAscii: false);

        Assert.Equal(Sparkline.Widest, line.Length);
        Assert.Equal(1, line.Count(c => c == '█'));
    }

    [Fact]
    public void Any_numbers_are_drawn_between_the_least_and_the_largest()
    {
        Assert.Equal("▁█▅", Sparkline.Of([1_000, 3_000, 2_000], isAscii: false));
        Assert.Equal("▁▁", Sparkline.Of([7, 7], isAscii: false));
        Assert.Equal("  ", Sparkline.Of([null, null], isAscii: false));
        Assert.Equal("", Sparkline.Of([], isAscii: false));
    }
}
