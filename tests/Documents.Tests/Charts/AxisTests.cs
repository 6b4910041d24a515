using CloudManager.Documents.Charts;

namespace CloudManager.Documents.Tests.Charts;

public sealed class AxisTests
{
    [Theory]
    [InlineData("percent to a hundred", new[] { 23.0, 61 }, 100, 0, 100, 20)]
    [InlineData("over a hundred", new[] { 188.5 }, 100, 0, 200, 50)]
    [InlineData("few that are counted", new[] { 3.0 }, 5, 0, 5, 1)]
    [InlineData("none at all", new double[0], 1, 0, 1, 1)]
    [InlineData("money", new[] { 1_234_567.89 }, 1, 0, 1_500_000, 500_000)]
    [InlineData("taken back", new[] { -153_086.92, 500_000 }, 1, -200_000, 600_000, 200_000)]
    public void Ticks_are_round_and_hold_zero_and_every_value(
        string because,
        double[] values,
        double atLeast,
        double from,
        double until,
        double step
    ) =>
        Assert.True(
            new Axis(from, until, step) == Axis.For(values, atLeast, 1),
            $"{because}: {Axis.For(values, atLeast, 1)}"
        );

    [Fact]
    public void Zero_is_among_the_ticks() => Assert.Contains(0d, Axis.For([-7, 93], 1, 1).Ticks);

    [Fact]
    public void A_value_stands_in_proportion() => Assert.Equal(120, new Axis(-50, 150, 50).Place(-20, 800));
}
