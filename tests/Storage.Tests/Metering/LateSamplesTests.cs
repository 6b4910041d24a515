using System.Collections.Concurrent;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;

namespace CloudManager.Storage.Tests.Metering;

/// <summary>What comes later than the hour that every look reads again, and pools that hang among many.</summary>
public sealed class LateSamplesTests
{
    private static readonly TimeSpan TenDays = TimeSpan.FromDays(10);
    private readonly ConcurrentQueue<(IReadOnlyList<NativeId> Servers, SlotRange Slots)> _calls = [];

    [Theory]
    [InlineData("every two hours", 120)]
    [InlineData("twice a day", 12 * 60)]
    public async Task What_comes_two_days_late_is_taken_and_the_end_is_the_same(string because, int minutes)
    {
        await using var meter = await Meter.OpenAsync();
        meter.With("p", 3, (servers, from, until) => Late(meter, (servers, from, until), TimeSpan.FromHours(40)));

        await meter.LookUntilAsync(TenDays, TimeSpan.FromMinutes(minutes));

        await using var undisturbed = (await Meter.OpenAsync()).With("p", 3, TrueCloud.Truth);
        await undisturbed.LookAtAsync(TenDays);
        // The last day's look was on the ninth at one o'clock: of forty hours earlier all has come.
        var until = Slots.Of(Meter.Start.AddDays(7));
        Assert.True(
            (await undisturbed.RowsAsync("p"))
                .Where(row => row.Slot < until)
                .SequenceEqual((await meter.RowsAsync("p")).Where(row => row.Slot < until)),
            because
        );
    }

    [Fact]
    public async Task What_comes_later_than_three_days_stays_a_gap()
    {
        await using var meter = await Meter.OpenAsync();
        meter.With("p", 3, (servers, from, until) => Late(meter, (servers, from, until), TimeSpan.FromHours(100)));

        await meter.LookUntilAsync(TenDays, TimeSpan.FromHours(4));

        var first = Slots.Of(Meter.Start.AddDays(2));
        Assert.DoesNotContain(await meter.RowsAsync("p"), row => row.Slot % 3 == 0 && row.Slot >= first);
    }

    [Fact]
    public async Task Only_holes_are_asked_for_again_once_a_day_from_one_o_clock_on()
    {
        await using var meter = await Meter.OpenAsync();
        var (from, past) = (Slots.Of(Meter.Start.AddHours(5)), Slots.Of(Meter.Start.AddHours(8)));
        meter.With(
            "p",
            3,
            (servers, first, until) =>
                Noted(
                    servers,
                    (first, until),
                    sample =>
                        sample.Server.Value != "srv-2" || Slots.Of(sample.Slot) < from || Slots.Of(sample.Slot) >= past
                )
        );
        await meter.LookAtAsync(TimeSpan.FromHours(23));
        _calls.Clear();

        await meter.LookAtAsync(TimeSpan.FromHours(24.5));
        Assert.Single(_calls);
        await meter.LookAtAsync(TimeSpan.FromHours(25));
        Assert.Equal(3, _calls.Count);
        var again = _calls.Last();
        Assert.Equal([new NativeId("srv-2")], again.Servers);
        Assert.Equal(new SlotRange(from, past), again.Slots);
        await meter.LookAtAsync(TimeSpan.FromHours(26));
        await meter.LookAtAsync(TimeSpan.FromHours(30));
        Assert.All(_calls.Skip(3), call => Assert.True(call.Slots.First >= past));
    }

    [Fact]
    public async Task A_pool_that_is_down_is_not_asked_for_what_came_late()
    {
        await using var meter = await Meter.OpenAsync();
        var asked = 0;
        meter.With(
            "p",
            3,
            (_, _, _) =>
            {
                asked++;
                return TrueCloud.Down();
            }
        );

        await meter.LookAtAsync(TimeSpan.FromHours(30));

        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Of_fifty_pools_three_that_hang_delay_no_other()
    {
        var answer = new TaskCompletionSource();
        await using var meter = await Meter.OpenAsync();
        foreach (var number in Enumerable.Range(1, 50))
        {
            meter.With(
                $"p{number:00}",
                2,
                number % 20 == 1 ? (_, _, _) => TrueCloud.Hang(answer.Task) : TrueCloud.Truth
            );
        }

        var left = 47;
        var stored = new TaskCompletionSource();
        meter.OnStored = _ =>
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                stored.SetResult();
            }
        };
        meter.Clock.SetUtcNow(Meter.Start.AddMinutes(50));
        var look = meter.LookAsync();
        await stored.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.False(look.IsCompleted);

        answer.SetException(new AdapterException(FailureKind.Unavailable, "no answer"));
        Assert.Equal(LookOutcome.Failed, (await look).Outcome);
        Assert.Equal(20, (await meter.RowsAsync("p50")).Count);
        Assert.NotNull(meter.Collector.Board.Of(new("p01")).LastFailure);
        Assert.Null(meter.Collector.Board.Of(new("p02")).LastFailure);
    }

    private static IAsyncEnumerable<IReadOnlyList<UsageSample>> Late(
        Meter meter,
        (IReadOnlyList<NativeId> Servers, DateTimeOffset From, DateTimeOffset Until) asked,
        TimeSpan late
    )
    {
        var now = meter.Clock.GetUtcNow();
        return TrueCloud.Batches(
            TrueCloud
                .Samples(asked.Servers, asked.From, asked.Until)
                .Where(sample => Slots.Of(sample.Slot) % 3 != 0 || now - sample.Slot >= late)
        );
    }

    private IAsyncEnumerable<IReadOnlyList<UsageSample>> Noted(
        IReadOnlyList<NativeId> servers,
        (DateTimeOffset From, DateTimeOffset Until) asked,
        Func<UsageSample, bool> isThere
    )
    {
        _calls.Enqueue((servers, new(Slots.Of(asked.From), Slots.Of(asked.Until))));
        return TrueCloud.Batches(TrueCloud.Samples(servers, asked.From, asked.Until).Where(isThere));
    }
}
