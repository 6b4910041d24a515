using CloudManager.Adapters.Sdk;
using CloudManager.Core.Metering;

namespace CloudManager.Storage.Tests.Metering;

/// <summary>Coverage says what is missing, day by day and gap by gap, and the collection how it stands.</summary>
public sealed class CoverageTests
{
    private static readonly DateOnly First = new(2026, 9, 1);

    [Fact]
    public async Task Gaps_are_told_by_day_and_a_metric_nobody_measured_has_no_coverage()
    {
        await using var meter = await Meter.OpenAsync();
        var night = (From: Meter.Start.AddHours(23), Until: Meter.Start.AddHours(26));
        meter.With(
            "p",
            1,
            (servers, from, until) =>
                TrueCloud.Batches(
                    TrueCloud
                        .Samples(servers, from, until)
                        .Where(s => s.Slot < night.From || s.Slot >= night.Until)
                        .Select(s => s with { DiskPercent = null })
                )
        );
        await meter.LookAtAsync(TimeSpan.FromDays(3.5));

        var days = await CoverageAsync(meter, First.AddDays(-3), First.AddDays(30));

        Assert.Equal([First, First.AddDays(1), First.AddDays(2)], days.Select(d => d.Day));
        Assert.Equal([23 / 24.0, 22 / 24.0, 1], days.Select(d => d.Cpu));
        Assert.Equal([23 / 24.0, 22 / 24.0, 1], days.Select(d => d.Memory));
        Assert.All(days, d => Assert.Equal(0, d.Disk));
        var midnight = Meter.Start.AddDays(1);
        Assert.Equal([new Gap(night.From, midnight)], days[0].Gaps!);
        Assert.Equal([new Gap(midnight, night.Until)], days[1].Gaps!);
        Assert.Empty(days[2].Gaps!);
    }

    [Fact]
    public async Task A_day_nobody_measured_is_one_gap()
    {
        await using var meter = (await Meter.OpenAsync()).With("p", 1, (_, _, _) => TrueCloud.Batches([]));
        await meter.LookAtAsync(TimeSpan.FromDays(1));

        var day = Assert.Single(await CoverageAsync(meter, First, First.AddDays(1)));

        Assert.Equal((0, 0, 0), (day.Cpu, day.Memory, day.Disk));
        Assert.Equal([new Gap(Meter.Start, Meter.Start.AddDays(1))], day.Gaps!);
    }

    [Fact]
    public async Task A_window_longer_than_a_piece_has_every_day_once()
    {
        await using var meter = (await Meter.OpenAsync()).With("p", 1, TrueCloud.Truth);
        await meter.LookAtAsync(TimeSpan.FromDays(70));

        var days = await CoverageAsync(meter, First, First.AddDays(70));

        Assert.Equal(Enumerable.Range(0, 70).Select(First.AddDays), days.Select(d => d.Day));
        Assert.All(days, d => Assert.Equal((1, 0), (d.Cpu, d.Gaps!.Count)));
    }

    [Fact]
    public async Task The_collection_tells_mark_lag_failures_and_what_was_set_aside()
    {
        await using var meter = await Meter.OpenAsync();
        var isDown = false;
        meter.With(
            "p",
            1,
            (servers, from, until) =>
                isDown
                    ? TrueCloud.Down()
                    : TrueCloud.Batches([
                        new(servers[0], from, -1, 50, null, null, null),
                        .. Rest(servers, from, until),
                    ])
        );
        meter.With("unmeasured", 1, null);
        await meter.LookAtAsync(TimeSpan.FromMinutes(30));
        isDown = true;
        await meter.LookAtAsync(TimeSpan.FromMinutes(47));

        var states = await new ReadCollection(meter.Pools, meter.Collector, meter.Samples, meter.Clock).ExecuteAsync(
            _ => true,
            CancellationToken.None
        );

        Assert.Equal(["p", "unmeasured"], states.Select(s => s.Pool.Value));
        var state = states[0];
        Assert.Equal(Meter.Start.AddMinutes(30), state.CollectedUntil);
        Assert.Equal(TimeSpan.FromMinutes(15), state.Lag);
        Assert.Equal(Meter.Start.AddMinutes(30), state.Note.LookedAt);
        Assert.Equal(Meter.Start.AddMinutes(47), state.Note.LastFailure!.At);
        Assert.True(state.IsFailing);
        Assert.Equal(SetAsideReason.Negative, Assert.Single(state.SetAside).Reason);
        Assert.Equal((false, null), (states[1].IsMeasured, states[1].Lag));

        isDown = false;
        await meter.LookAtAsync(TimeSpan.FromMinutes(50));
        Assert.NotNull(meter.Collector.Board.Of(new("p")).LastFailure);
    }

    private static IEnumerable<UsageSample> Rest(
        IReadOnlyList<NativeId> servers,
        DateTimeOffset from,
        DateTimeOffset until
    ) => TrueCloud.Samples(servers, from.AddMinutes(5), until);

    private static Task<IReadOnlyList<DayCoverage>> CoverageAsync(Meter meter, DateOnly from, DateOnly until) =>
        new ReadCoverage(meter.Samples, meter.Course, meter.Clock).ExecuteAsync(
            meter.Server("p", 0),
            from,
            until,
            CancellationToken.None
        );
}
