using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using static CloudManager.Storage.Tests.Metering.TrueCloud;

namespace CloudManager.Storage.Tests.Metering;

/// <summary>Collection from clouds that are late, deaf, repeat themselves or talk nonsense, into the real store.</summary>
public sealed class CollectSamplesTests
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan TwoDays = TimeSpan.FromDays(2);
    private static readonly DateOnly First = new(2026, 9, 1);

    [Theory]
    [InlineData("every five minutes", 5)]
    [InlineData("hourly", 60)]
    [InlineData("at odd times", 77)]
    [InlineData("daily", 24 * 60)]
    public async Task What_is_stored_does_not_depend_on_how_often_it_is_collected(string because, int minutes)
    {
        await using var often = (await Meter.OpenAsync()).With("p", 3, Truth);
        await using var once = (await Meter.OpenAsync()).With("p", 3, Truth);

        await often.LookUntilAsync(TwoDays, TimeSpan.FromMinutes(minutes));
        await once.LookAtAsync(TwoDays);

        var rows = await once.RowsAsync("p");
        Assert.Equal(3 * 2 * Slots.PerDay, rows.Count);
        Assert.True(rows.SequenceEqual(await often.RowsAsync("p")), because);
        Assert.Equal(
            await once.UseAsync("p", First, First.AddDays(2)),
            await often.UseAsync("p", First, First.AddDays(2))
        );
    }

    [Fact]
    public async Task A_pool_that_was_down_for_three_hours_is_backfilled()
    {
        await using var meter = await Meter.OpenAsync();
        var down = (From: Meter.Start.AddHours(9), Until: Meter.Start.AddHours(12));
        meter.With(
            "p",
            3,
            (servers, from, until) =>
            {
                var now = meter.Clock.GetUtcNow();
                return now >= down.From && now < down.Until ? Down() : Truth(servers, from, until);
            }
        );

        await meter.LookUntilAsync(TimeSpan.FromHours(10), FiveMinutes);
        Assert.Equal(3 * 12 * 9 - 3, (await meter.RowsAsync("p")).Count);
        Assert.Equal(LookOutcome.Failed, (await meter.LookAsync()).Outcome);
        await meter.LookAtAsync(TwoDays);

        await AssertAsUndisturbedAsync(meter);
    }

    [Fact]
    public async Task Samples_twice_late_and_out_of_order_are_stored_once()
    {
        await using var meter = await Meter.OpenAsync();
        meter.With("p", 3, (servers, from, until) => Untidy(Truth(servers, from, until), meter.Clock.GetUtcNow()));

        // The last hour of the second day comes late, so it is looked at a little longer.
        await meter.LookUntilAsync(TwoDays + TimeSpan.FromMinutes(50), FiveMinutes);

        var rows = await meter.RowsAsync("p");
        Assert.Equal(rows.Count, rows.DistinctBy(r => (r.Resource, r.Slot)).Count());
        await AssertAsUndisturbedAsync(meter);
    }

    [Fact]
    public async Task Values_that_cannot_be_are_set_aside_and_counted_once_and_the_others_are_kept()
    {
        var noon = Meter.Start.AddHours(12);
        await using var meter = (await Meter.OpenAsync()).With(
            "p",
            1,
            (servers, from, until) =>
                Spoil(
                    Truth(servers, from, until),
                    sample =>
                        (sample.Slot - noon).TotalMinutes switch
                        {
                            0 => sample with { CpuPercent = 4_000 },
                            5 => sample with { CpuPercent = float.NaN, MemoryPercent = -1 },
                            10 => sample with { DiskPercent = float.PositiveInfinity, NetworkInBytes = -5 },
                            15 => sample with { CpuPercent = 400, MemoryPercent = 200, DiskPercent = 0 },
                            _ => sample,
                        }
                )
        );

        await meter.LookUntilAsync(TimeSpan.FromHours(16), FiveMinutes);

        var slot = Slots.Of(noon);
        var rows = (await meter.RowsAsync("p")).ToDictionary(r => r.Slot);
        Assert.Equal((null, Value(1, slot)), (rows[slot].Cpu, rows[slot].Memory));
        Assert.Equal(
            (null, null, Value(1, slot + 1)),
            (rows[slot + 1].Cpu, rows[slot + 1].Memory, rows[slot + 1].Disk)
        );
        Assert.Equal((null, null), (rows[slot + 2].Disk, rows[slot + 2].NetworkIn));
        Assert.Equal((400f, 200f, 0f), (rows[slot + 3].Cpu, rows[slot + 3].Memory, rows[slot + 3].Disk));
        Assert.Equal(
            [
                (Metric.Cpu, SetAsideReason.NotANumber, 1L),
                (Metric.Cpu, SetAsideReason.TooLarge, 1),
                (Metric.Disk, SetAsideReason.Infinite, 1),
                (Metric.Memory, SetAsideReason.Negative, 1),
                (Metric.NetworkIn, SetAsideReason.Negative, 1),
            ],
            (await CountsAsync(meter)).Select(c => (c.Metric!.Value, c.Reason, c.Count))
        );
        Assert.All(await CountsAsync(meter), c => Assert.Equal(First, c.Day));
    }

    [Fact]
    public async Task A_row_without_any_right_value_is_not_stored_and_does_not_block_the_right_one()
    {
        await using var meter = await Meter.OpenAsync();
        var isRight = false;
        meter.With(
            "p",
            1,
            (servers, from, until) =>
                Spoil(
                    Truth(servers, from, until),
                    s => isRight ? s : new UsageSample(s.Server, s.Slot, 4_000, null, null, null, null)
                )
        );

        await meter.LookAtAsync(TimeSpan.FromMinutes(20));
        await meter.LookAtAsync(TimeSpan.FromMinutes(25));
        Assert.Empty(await meter.RowsAsync("p"));
        Assert.Equal(5, Assert.Single(await CountsAsync(meter)).Count);
        isRight = true;
        await meter.LookAtAsync(TimeSpan.FromMinutes(30));

        Assert.Equal(6, (await meter.RowsAsync("p")).Count);
        Assert.Equal(5, Assert.Single(await CountsAsync(meter)).Count);
    }

    [Fact]
    public async Task Samples_nobody_asked_for_are_set_aside_whole()
    {
        await using var meter = (await Meter.OpenAsync()).With(
            "p",
            1,
            (_, from, until) =>
                Batches([
                    Sample("srv-9", from),
                    Sample("srv-1", from.AddMinutes(2)),
                    Sample("srv-1", until),
                    Sample("srv-1", from),
                ])
        );

        await meter.LookAtAsync(TimeSpan.FromMinutes(10));

        Assert.Single(await meter.RowsAsync("p"));
        Assert.Equal(
            [SetAsideReason.OffSlot, SetAsideReason.OutsideRange, SetAsideReason.UnknownServer],
            (await CountsAsync(meter)).Select(c => c.Reason)
        );
        Assert.All(await CountsAsync(meter), c => Assert.Null(c.Metric));
    }

    [Fact]
    public async Task A_pool_that_does_not_answer_delays_no_other()
    {
        var answer = new TaskCompletionSource();
        await using var meter = (await Meter.OpenAsync())
            .With("deaf", 1, (_, _, _) => Hang(answer.Task))
            .With("well", 1, Truth)
            .With("unmeasured", 1, null);
        var stored = new TaskCompletionSource();
        meter.OnStored = _ => stored.TrySetResult();
        meter.Clock.SetUtcNow(Meter.Start.AddHours(1));

        var look = meter.LookAsync();
        await stored.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.False(look.IsCompleted);
        Assert.Equal(12, (await meter.RowsAsync("well")).Count);

        answer.SetException(new AdapterException(FailureKind.Unavailable, "no answer"));
        var seen = await look;
        Assert.Equal(LookOutcome.Failed, seen.Outcome);
        Assert.Contains("deaf (the cloud does not answer", seen.Detail!.En, StringComparison.Ordinal);
        Assert.DoesNotContain("well", seen.Detail.En, StringComparison.Ordinal);
        Assert.Null(await meter.Samples.MarkAsync(new("deaf"), CancellationToken.None));
    }

    [Fact]
    public async Task A_bug_in_reading_one_pool_stops_no_other()
    {
        await using var meter = (await Meter.OpenAsync())
            .With("broken", 1, (_, _, _) => throw new InvalidOperationException("a bug"))
            .With("well", 1, Truth);

        var look = await meter.LookAtAsync(TimeSpan.FromHours(1));

        Assert.Contains("broken (an internal error", look.Detail!.En, StringComparison.Ordinal);
        Assert.Equal(12, (await meter.RowsAsync("well")).Count);
    }

    [Fact]
    public async Task A_backfill_stopped_between_pieces_goes_on_without_loss_or_doubles()
    {
        await using var meter = (await Meter.OpenAsync()).With("p", 3, Truth);
        using var stop = new CancellationTokenSource();
        meter.OnStored = _ => stop.Cancel();
        meter.Clock.SetUtcNow(Meter.Start + TwoDays);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => meter.LookAsync(stop.Token));
        Assert.Equal(3 * Slots.PerDay, (await meter.RowsAsync("p")).Count);
        meter.OnStored = _ => { };
        await meter.LookAsync();
        await meter.LookAsync();

        await AssertAsUndisturbedAsync(meter);
    }

    [Fact]
    public async Task A_pool_without_servers_has_its_mark_follow_the_time()
    {
        await using var meter = (await Meter.OpenAsync()).With("p", 0, Truth);

        await meter.LookAtAsync(TimeSpan.FromDays(100));

        var mark = await meter.Samples.MarkAsync(new("p"), CancellationToken.None);
        Assert.Equal(Slots.Of(Meter.Start.AddDays(100)), mark?.Slot);
        Assert.Empty(meter.Chunks);
    }

    private static async Task AssertAsUndisturbedAsync(Meter meter)
    {
        await using var undisturbed = (await Meter.OpenAsync()).With("p", 3, Truth);
        await undisturbed.LookAtAsync(TwoDays);
        var until = Slots.Of(Meter.Start + TwoDays);
        Assert.Equal(await undisturbed.RowsAsync("p"), (await meter.RowsAsync("p")).Where(r => r.Slot < until));
        Assert.Equal(
            await undisturbed.UseAsync("p", First, First.AddDays(2)),
            await meter.UseAsync("p", First, First.AddDays(2))
        );
        Assert.Empty(await CountsAsync(meter));
    }

    private static async Task<IReadOnlyList<SetAsideCount>> CountsAsync(Meter meter) =>
        await meter.Samples.SetAsideAsync(CancellationToken.None);

    private static async IAsyncEnumerable<IReadOnlyList<UsageSample>> Spoil(
        IAsyncEnumerable<IReadOnlyList<UsageSample>> truth,
        Func<UsageSample, UsageSample> spoil
    )
    {
        await foreach (var batch in truth)
        {
            yield return [.. batch.Select(spoil)];
        }
    }

    /// <summary>Backwards, each twice, those of every third slot only forty minutes after their end.</summary>
    private static async IAsyncEnumerable<IReadOnlyList<UsageSample>> Untidy(
        IAsyncEnumerable<IReadOnlyList<UsageSample>> truth,
        DateTimeOffset now
    )
    {
        await foreach (var batch in truth)
        {
            var there = batch
                .Where(s => Slots.Of(s.Slot) % 3 != 0 || now - s.Slot >= TimeSpan.FromMinutes(45))
                .Reverse()
                .ToList();
            yield return there;
            yield return [.. there, .. there];
        }
    }
}
