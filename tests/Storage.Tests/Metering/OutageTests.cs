using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;

namespace CloudManager.Storage.Tests.Metering;

/// <summary>
/// Outages across a month's end: summaries equal those of an undisturbed run wherever the data exist, and coverage says what
/// is missing where they do not.
/// </summary>
public sealed class OutageTests
{
    private static readonly DateOnly September = new(2026, 9, 1);
    private static readonly DateOnly October = new(2026, 10, 1);
    private static readonly TimeSpan End = TimeSpan.FromDays(36);

    [Theory]
    [InlineData("down for three hours", 3)]
    [InlineData("down for three days", 72)]
    public async Task A_pool_that_was_down_over_a_months_end_is_summarised_as_if_it_had_not_been(
        string because,
        int hours
    )
    {
        var down = (
            From: Meter.Start.AddDays(30).AddHours(-hours / 2.0),
            Until: Meter.Start.AddDays(30).AddHours(hours / 2.0)
        );
        await using var meter = await Meter.OpenAsync();
        meter.With(
            "p",
            3,
            (servers, from, until) =>
                meter.Clock.GetUtcNow() is var now && now >= down.From && now < down.Until
                    ? TrueCloud.Down()
                    : TrueCloud.Truth(servers, from, until)
        );

        await meter.LookUntilAsync(End, TimeSpan.FromHours(6));

        await AssertAsUndisturbedAsync(meter, because);
    }

    [Fact]
    public async Task What_comes_twice_and_out_of_order_over_a_months_end_counts_once()
    {
        await using var meter = (await Meter.OpenAsync()).With(
            "p",
            3,
            (servers, from, until) =>
            {
                var samples = TrueCloud.Samples(servers, from, until).ToArray();
                new Random(7).Shuffle(samples);
                return TrueCloud.Batches([.. samples, .. samples.Reverse()]);
            }
        );

        await meter.LookUntilAsync(End, TimeSpan.FromHours(7));

        await AssertAsUndisturbedAsync(meter, "twice and out of order");
    }

    [Fact]
    public async Task A_host_that_was_down_for_a_day_is_a_gap_and_its_other_days_stand()
    {
        var (from, until) = (Meter.Start.AddDays(29.5), Meter.Start.AddDays(30.5));
        await using var meter = await Meter.OpenAsync();
        meter.With(
            "p",
            3,
            (servers, first, past) =>
                TrueCloud.Batches(
                    TrueCloud
                        .Samples(servers, first, past)
                        .Where(s => s.Server.Value != "srv-2" || s.Slot < from || s.Slot >= until)
                )
        );

        await meter.LookUntilAsync(End, TimeSpan.FromHours(6));

        await using var undisturbed = await UndisturbedAsync();
        var (rows, whole) = (await meter.RowsAsync("p"), await undisturbed.RowsAsync("p"));
        var lost = new SlotRange(Slots.Of(from), Slots.Of(until));
        var down = meter.Server("p", 1).Id;
        Assert.Equal(whole.Where(r => r.Resource != down || !lost.Contains(r.Slot)), rows);
        var use = (await meter.UseAsync("p", September, October))[1];
        Assert.Equal(29.5 * Slots.PerDay, use.Cpu.Measured);
        var days = await new ReadCoverage(meter.Samples, meter.Course, meter.Clock).ExecuteAsync(
            meter.Server("p", 1),
            October.AddDays(-2),
            October.AddDays(2),
            CancellationToken.None
        );
        Assert.Equal([1, 0.5, 0.5, 1], days.Select(d => d.Cpu));
        Assert.Equal([new Gap(from, China.StartOf(October))], days[1].Gaps!);
        Assert.Equal([new Gap(China.StartOf(October), until)], days[2].Gaps!);
    }

    [Fact]
    public async Task A_sample_outside_the_window_changes_nothing_inside()
    {
        await using var meter = (await Meter.OpenAsync()).With("p", 3, TrueCloud.Truth);
        await meter.LookAtAsync(TimeSpan.FromDays(32));
        var before = await meter.UseAsync("p", September, October);

        await meter.LookAtAsync(End);

        Assert.Equal(before, await meter.UseAsync("p", September, October));
    }

    private static async Task<Meter> UndisturbedAsync()
    {
        var meter = (await Meter.OpenAsync()).With("p", 3, TrueCloud.Truth);
        await meter.LookAtAsync(End);
        return meter;
    }

    private static async Task AssertAsUndisturbedAsync(Meter meter, string because)
    {
        await using var undisturbed = await UndisturbedAsync();
        foreach (
            var (from, until) in new[]
            {
                (September, October),
                (October, October.AddDays(5)),
                (September, October.AddDays(5)),
            }
        )
        {
            Assert.Equal(await undisturbed.UseAsync("p", from, until), await meter.UseAsync("p", from, until));
        }

        Assert.True((await undisturbed.RowsAsync("p")).SequenceEqual(await meter.RowsAsync("p")), because);
        Assert.Empty(await meter.Samples.SetAsideAsync(CancellationToken.None));
    }
}
