using CloudManager.Core.Metering;
using CloudManager.Core.Resources;

namespace CloudManager.Storage.Tests.Metering;

/// <summary>Summaries from the real store, beside what sorting the values by hand gives.</summary>
public sealed class UsageSummariesTests
{
    private static readonly DateOnly Day = new(2026, 9, 1);

    [Fact]
    public async Task P95_is_the_nearest_rank_for_every_number_of_values()
    {
        await using var meter = await Meter.OpenAsync();
        int[] counts = [.. Enumerable.Range(1, 61), 99, 100, 101, 199, 200, 201, 279, 280, 281, 287, 288];
        var values = counts.ToDictionary(
            n => n,
            n => Enumerable.Range(0, n).Select(i => (float)((i * 7919 + n) % 1_009) / 7).ToArray()
        );
        await SaveAsync(meter, counts.SelectMany(n => values[n].Select((v, i) => Row(n, i, v))));

        var uses = await ReadAsync(meter, [.. counts.Select(n => Window(n))]);

        foreach (var (n, use) in counts.Zip(uses))
        {
            var sorted = values[n].Order().ToList();
            var rank = ((95 * n) + 99) / 100;
            Assert.Equal(n, use.Cpu.Measured);
            Assert.Equal(double.Parse(sorted[rank - 1].ToString("R")), use.Cpu.P95);
            Assert.Equal(double.Parse(sorted[^1].ToString("R")), use.Cpu.Max);
            Assert.Equal(sorted.Average(v => (double)v), use.Cpu.Mean!.Value, tolerance: 1e-6);
        }
    }

    [Fact]
    public async Task Numbers_read_as_they_were_measured()
    {
        await using var meter = await Meter.OpenAsync();
        await SaveAsync(meter, [Row(1, 0, 6.763f)]);

        var use = Assert.Single(await ReadAsync(meter, [Window(1)]));

        Assert.Equal(new MetricUse(1, 6.763, 6.763, 6.763) { P99 = 6.763, Below = 1 }, use.Cpu);
        Assert.Equal(MetricUse.None, use.Disk);
    }

    [Fact]
    public async Task Each_metric_counts_only_where_it_was_measured()
    {
        await using var meter = await Meter.OpenAsync();
        await SaveAsync(
            meter,
            [Row(1, 0, 10) with { Memory = 20 }, Row(1, 1, 0) with { Cpu = null, Memory = 40, Disk = 5 }]
        );

        var use = Assert.Single(await ReadAsync(meter, [Window(1)]));

        Assert.Equal(new MetricUse(1, 10, 10, 10) { P99 = 10 }, use.Cpu);
        Assert.Equal(new MetricUse(2, 30, 40, 40) { P99 = 40 }, use.Memory);
        Assert.Equal(new MetricUse(1, 5, 5, 5) { P99 = 5, Below = 1 }, use.Disk);
    }

    [Fact]
    public async Task Windows_are_answered_in_their_order_and_hold_only_their_own_days()
    {
        await using var meter = await Meter.OpenAsync();
        await SaveAsync(meter, [Row(1, 0, 1), Row(1, 288, 2), Row(2, 287, 3), Row(2, 288, 4), Row(3, -1, 9)]);

        var uses = await ReadAsync(
            meter,
            [Window(2, 1, 2), Window(9), Window(1), Window(1, 0, 2), Window(3), Window(2), Window(1, 1, 1)]
        );

        Assert.Equal([4, null, 1, 1.5, null, 3, null], uses.Select(u => u.Cpu.Mean));
        Assert.Equal([2, 9, 1, 1, 3, 2, 1], uses.Select(u => u.Window.Resource.Number));
    }

    [Fact]
    public async Task The_mean_is_the_same_to_the_last_digit_in_whatever_order_rows_were_stored()
    {
        var rows = Enumerable.Range(0, 5_000).Select(i => Row(1, i, i * 7_919 % 10_007 / 97f)).ToList();
        await using var tidy = await Meter.OpenAsync();
        await using var untidy = await Meter.OpenAsync();
        await SaveAsync(tidy, rows);
        foreach (var part in rows.OrderBy(r => r.Slot * 31 % 1_013).Chunk(700))
        {
            await SaveAsync(untidy, part);
        }

        Assert.Equal(await ReadAsync(tidy, [Window(1, 0, 20)]), await ReadAsync(untidy, [Window(1, 0, 20)]));
    }

    [Fact]
    public async Task No_windows_give_no_summaries()
    {
        await using var meter = await Meter.OpenAsync();
        Assert.Empty(await ReadAsync(meter, []));
    }

    internal static SampleRow Row(long resource, long slot, float cpu) =>
        new(new(resource), Slots.OfDay(Day) + slot, cpu, null, null, null, null);

    internal static async Task SaveAsync(Meter meter, IEnumerable<SampleRow> rows)
    {
        var pool = new Core.Pools.PoolId("p");
        var mark = await meter.Samples.MarkAsync(pool, CancellationToken.None);
        var saved = await meter.Samples.SaveAsync(
            new SampleChunk
            {
                Pool = pool,
                Before = mark,
                Mark = (mark?.Slot ?? 0) + 1,
                Rows = rows.ToArray(),
                SetAside = [],
            },
            CancellationToken.None
        );
        Assert.True(saved);
    }

    private static Task<IReadOnlyList<ServerUse>> ReadAsync(Meter meter, IReadOnlyList<DayWindow> windows) =>
        meter.Summaries.ReadAsync(windows, CancellationToken.None);

    private static DayWindow Window(long resource, int from = 0, int until = 1) =>
        new(new ResourceId(resource), Day.AddDays(from), Day.AddDays(until));
}
