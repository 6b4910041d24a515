using CloudManager.Adapters.Sdk;
using CloudManager.Core.Metering;

namespace CloudManager.Storage.Tests.Metering;

/// <summary>Pools whose clock labels samples wrongly, told or not.</summary>
public sealed class PoolClockTests
{
    private static readonly TimeSpan TwoDays = TimeSpan.FromDays(2);
    private static readonly DateOnly First = new(2026, 9, 1);

    [Theory]
    [InlineData("ahead", "00:10:00", 2)]
    [InlineData("behind", "-00:10:00", -2)]
    [InlineData("just half a slot", "00:02:30", 1)]
    [InlineData("just half a slot behind", "-00:02:30", -1)]
    [InlineData("an hour and a bit", "01:02:00", 12)]
    [InlineData("under half a slot", "00:02:29", 0)]
    public async Task Labels_of_a_wrong_clock_are_put_right(string because, string offset, int slots)
    {
        var told = TimeSpan.Parse(offset, System.Globalization.CultureInfo.InvariantCulture);
        await using var meter = await Meter.OpenAsync();
        TimeSpan? known = null;
        meter.With(
            "p",
            3,
            (servers, from, until) =>
            {
                known = told;
                return Wrong(servers, from, until, slots);
            },
            () => known
        );

        await meter.LookUntilAsync(TwoDays, TimeSpan.FromMinutes(95));

        await AssertAsUndisturbedAsync(meter, because);
        Assert.Equal(told, meter.Collector.Board.Of(new("p")).Skew.Offset);
    }

    [Theory]
    [InlineData("comes", 0, 2)]
    [InlineData("goes", 2, 0)]
    [InlineData("turns", 2, -2)]
    public async Task An_offset_that_changes_between_two_looks_neither_loses_nor_doubles(
        string because,
        int before,
        int after
    )
    {
        await using var meter = await Meter.OpenAsync();
        var ahead = before;
        meter.With(
            "p",
            3,
            (servers, from, until) => Wrong(servers, from, until, ahead),
            () => TimeSpan.FromMinutes(5 * ahead)
        );

        await meter.LookUntilAsync(TimeSpan.FromHours(30), TimeSpan.FromMinutes(30));
        ahead = after;
        await meter.LookAtAsync(TimeSpan.FromHours(31));
        await meter.LookAtAsync(TimeSpan.FromHours(37));
        await meter.LookAtAsync(TwoDays);

        await AssertAsUndisturbedAsync(meter, because);
    }

    [Fact]
    public async Task An_offset_nobody_can_believe_moves_nothing()
    {
        await using var meter = (await Meter.OpenAsync()).With("p", 3, TrueCloud.Truth, () => TimeSpan.MaxValue);

        await meter.LookUntilAsync(TwoDays, TimeSpan.FromHours(5));

        await AssertAsUndisturbedAsync(meter, "beyond a day");
        Assert.False(meter.Collector.Board.Of(new("p")).Skew.IsBelieved);
    }

    [Fact]
    public async Task Where_nothing_is_told_labels_of_the_future_are_set_aside_with_their_own_reason()
    {
        await using var meter = await Meter.OpenAsync();
        var nextWeek = Meter.Start.AddDays(7);
        var isWrong = true;
        meter.With(
            "p",
            1,
            (servers, from, until) =>
                isWrong
                    ? TrueCloud.Batches([TrueCloud.Sample("srv-1", nextWeek), TrueCloud.Sample("srv-1", from)])
                    : TrueCloud.Truth(servers, from, until)
        );

        await meter.LookAtAsync(TimeSpan.FromMinutes(10));
        await meter.LookAtAsync(TimeSpan.FromMinutes(15));

        Assert.Single(await meter.RowsAsync("p"));
        var count = Assert.Single(await meter.Samples.SetAsideAsync(CancellationToken.None));
        Assert.Equal((SetAsideReason.FromTheFuture, 1L, First.AddDays(7)), (count.Reason, count.Count, count.Day));
        Assert.Equal(nextWeek, meter.Collector.Board.Of(new("p")).NewestAhead);

        isWrong = false;
        await meter.LookAtAsync(TimeSpan.FromMinutes(20));
        Assert.Null(meter.Collector.Board.Of(new("p")).NewestAhead);
        Assert.Equal(4, (await meter.RowsAsync("p")).Count);
    }

    /// <summary>The truth under labels that are wrong by so many slots, up to the last slot that is over in truth.</summary>
    private static IAsyncEnumerable<IReadOnlyList<UsageSample>> Wrong(
        IReadOnlyList<NativeId> servers,
        DateTimeOffset from,
        DateTimeOffset until,
        int ahead
    )
    {
        var shift = ahead * Slots.Length;
        return TrueCloud.Batches(
            TrueCloud.Samples(servers, from - shift, until - shift).Select(s => s with { Slot = s.Slot + shift })
        );
    }

    private static async Task AssertAsUndisturbedAsync(Meter meter, string because)
    {
        await using var undisturbed = (await Meter.OpenAsync()).With("p", 3, TrueCloud.Truth);
        await undisturbed.LookAtAsync(TwoDays);
        Assert.True((await undisturbed.RowsAsync("p")).SequenceEqual(await meter.RowsAsync("p")), because);
        Assert.Equal(
            await undisturbed.UseAsync("p", First, First.AddDays(2)),
            await meter.UseAsync("p", First, First.AddDays(2))
        );
        Assert.Empty(await meter.Samples.SetAsideAsync(CancellationToken.None));
    }
}
