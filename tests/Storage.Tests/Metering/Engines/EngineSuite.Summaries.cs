using CloudManager.Core.Metering;

namespace CloudManager.Storage.Tests.Metering.Engines;

/// <summary>What every engine must say of what it keeps.</summary>
public abstract partial class EngineSuite
{
    [Fact]
    public async Task A_summary_is_what_sorting_the_values_by_hand_gives()
    {
        await using var kept = await OpenAsync();
        int[] counts = [1, 2, 19, 20, 21, 99, 100, 101, 200, 287, 288];
        var server = Servers(counts.Length);
        var values = counts.Select(
            (n, s) => Enumerable.Range(0, n).Select(i => (((i * 7_919) + s) % 1_009) / 7f).ToArray()
        );
        var all = values.ToList();
        await kept.SaveAsync("p", all.SelectMany((v, s) => v.Select((cpu, i) => Row(server + s, i, cpu))));
        await SettleAsync();

        var uses = await kept.Summaries.ReadAsync(
            [.. counts.Select((_, s) => Window(server + s))],
            CancellationToken.None
        );

        foreach (var (expected, use) in all.Zip(uses))
        {
            Assert.Equal(ByHand(expected), use.Cpu);
            Assert.Equal((MetricUse.None, MetricUse.None, NetworkUse.None), (use.Memory, use.Disk, use.Network));
        }
    }

    [Fact]
    public async Task Each_metric_counts_only_where_it_was_measured_and_missing_is_never_zero()
    {
        await using var kept = await OpenAsync();
        var server = Servers(1);
        await kept.SaveAsync(
            "p",
            Row(server, 0, 10) with
            {
                Memory = 20,
                NetworkIn = 100,
            },
            Row(server, 2, 0) with
            {
                Cpu = null,
                Memory = 85,
                Disk = 5,
                NetworkOut = 50,
            },
            Row(server, 3, 0) with
            {
                Cpu = null,
                NetworkIn = 30,
                NetworkOut = 40,
            }
        );
        await SettleAsync();

        var use = Assert.Single(await kept.Summaries.ReadAsync([Window(server)], CancellationToken.None));

        Assert.Equal(new MetricUse(1, 10, 10, 10) { P99 = 10 }, use.Cpu);
        Assert.Equal(new MetricUse(2, 52.5, 85, 85) { P99 = 85, Above = 1 }, use.Memory);
        Assert.Equal(new MetricUse(1, 5, 5, 5) { P99 = 5, Below = 1 }, use.Disk);
        Assert.Equal((3, 100), (use.Network.Measured, use.Network.MaxBytes));
        Assert.Equal(220 / 3.0, use.Network.MeanBytes!.Value, tolerance: 1e-9);
    }

    [Fact]
    public async Task Windows_are_answered_in_their_order_and_hold_only_their_own_days()
    {
        await using var kept = await OpenAsync();
        var server = Servers(5);
        await kept.SaveAsync(
            "p",
            Row(server, 0, 1),
            Row(server, 288, 2),
            Row(server + 1, 287, 3),
            Row(server + 1, 288, 4),
            Row(server + 2, -1, 9)
        );
        await SettleAsync();

        var uses = await kept.Summaries.ReadAsync(
            [
                Window(server + 1, 1, 2),
                Window(server + 4),
                Window(server),
                Window(server, 0, 2),
                Window(server + 2),
                Window(server + 1),
                Window(server, 1, 1),
            ],
            CancellationToken.None
        );

        Assert.Equal([4, null, 1, 1.5, null, 3, null], uses.Select(u => u.Cpu.Mean));
        Assert.Equal([1, 4, 0, 0, 2, 1, 0], uses.Select(u => u.Window.Resource.Number - server));
        Assert.Empty(await kept.Summaries.ReadAsync([], CancellationToken.None));
        Assert.Empty(await kept.Course.DaysAsync([], CancellationToken.None));
        Assert.Empty(await kept.Course.WeeksAsync([], CancellationToken.None));
    }

    [Fact]
    public async Task What_is_written_twice_or_in_another_order_changes_no_digit()
    {
        await using var kept = await OpenAsync();
        var server = Servers(2);
        var rows = Enumerable.Range(0, 2_000).Select(i => Row(server, i, i * 7_919 % 10_007 / 97f)).ToList();
        var other = rows.Select(r => r with { Resource = new(server + 1) }).OrderBy(r => r.Slot * 31 % 1_013).ToList();
        await kept.SaveAsync("p", rows);
        foreach (var part in other.Chunk(300))
        {
            await kept.SaveAsync("p", part);
        }

        await SettleAsync();

        var uses = await kept.Summaries.ReadAsync(
            [Window(server, 0, 7), Window(server + 1, 0, 7)],
            CancellationToken.None
        );
        Assert.Equal(uses[0].Cpu, uses[1].Cpu);
        Assert.Equal(ByHand([.. rows.Select(r => r.Cpu!.Value)]), uses[0].Cpu);
    }

    [Fact]
    public async Task Many_servers_over_the_borders_of_what_is_asked_at_once_lose_none()
    {
        await using var kept = await OpenAsync();
        const int count = 1_203;
        var server = Servers(count);
        await kept.SaveAsync(
            "p",
            Enumerable.Range(0, count).SelectMany(i => new[] { Row(server + i, i % 288, i), Row(server + i, 8_900, 7) })
        );
        await SettleAsync();

        var windows = Enumerable.Range(0, count).Select(i => Window(server + i, 0, 31)).ToList();
        var uses = await kept.Summaries.ReadAsync(windows, CancellationToken.None);
        var held = await kept.Samples.HeldAsync(
            (new(server), new(server + count - 1)),
            new(First, First + 288),
            CancellationToken.None
        );

        Assert.Equal(windows, uses.Select(u => u.Window));
        Assert.Equal(Enumerable.Range(0, count).Select(i => (double?)((i + 7) / 2.0)), uses.Select(u => u.Cpu.Mean));
        Assert.Equal(count, held.Count);
        Assert.Equal(Enumerable.Range(0, count).Select(i => server + i), held.Select(h => h.Resource.Number).Order());
    }

    [Fact]
    public async Task Days_are_those_of_China_and_days_without_a_value_have_none()
    {
        await using var kept = await OpenAsync();
        var server = Servers(2);
        await kept.SaveAsync(
            "p",
            Row(server, 0, 1),
            Row(server, 287, 2),
            Row(server, 288, 3) with
            {
                Memory = 30,
            },
            Row(server, 900, 4),
            Row(server + 1, 1, 5)
        );
        await SettleAsync();

        var days = await kept.Course.DaysAsync([Window(server + 1), Window(server, 0, 4)], CancellationToken.None);

        Assert.Equal(
            [(0L, 0), (0, 1), (0, 3), (1, 0)],
            days.Select(d => (d.Resource.Number - server, d.Day.DayNumber - Day.DayNumber))
        );
        Assert.Equal([1.5, 3, 4, 5], days.Select(d => d.Cpu.Mean));
        Assert.Equal([null, 30.0, null, null], days.Select(d => d.Memory.Max));
    }

    [Fact]
    public async Task A_week_has_the_means_of_its_hours_from_Monday_on()
    {
        await using var kept = await OpenAsync();
        var server = Servers(1);
        var monday = ((int)Day.DayOfWeek + 6) % 7;
        await kept.SaveAsync(
            "p",
            Row(server, 0, 10),
            Row(server, 11, 20),
            Row(server, 12, 5) with
            {
                Memory = 50,
            },
            Row(server, 7 * 288, 60)
        );
        await SettleAsync();

        var weeks = await kept.Course.WeeksAsync(
            [Window(server, 0, 14), Window(server, 20, 21)],
            CancellationToken.None
        );

        var hour = monday * 24;
        Assert.Equal([server, server], weeks.Select(w => w.Resource.Number));
        Assert.Equal((30.0, 5.0), (weeks[0].Cpu[hour], weeks[0].Cpu[hour + 1]));
        Assert.Equal((null, 50.0), (weeks[0].Memory[hour], weeks[0].Memory[hour + 1]));
        Assert.Equal(2, weeks[0].Cpu.Count(h => h is not null));
        Assert.All(weeks[1].Cpu, Assert.Null);
    }

    [Fact]
    public async Task Rows_are_counted_by_server()
    {
        await using var kept = await OpenAsync();
        var server = Servers(3);
        await kept.SaveAsync(
            "p",
            Row(server, 0, 1),
            Row(server, 1, 1) with
            {
                Disk = 3,
            },
            Row(server + 2, 0, 1),
            Row(server + 2, 9, 1)
        );
        await SettleAsync();

        var counts = await kept.Samples.CountAsync(
            (new(server), new(server + 2)),
            new(First, First + 9),
            CancellationToken.None
        );

        Assert.Equal(2, counts[new(server)]);
        Assert.Equal(1, counts[new(server + 2)]);
        Assert.Equal(0, counts.GetValueOrDefault(new(server + 1)));
    }

    private static MetricUse ByHand(float[] values)
    {
        var sorted = values.Order().ToArray();
        var sum = values.Sum(v => decimal.Round((decimal)(double)v, 6, MidpointRounding.AwayFromZero));
        return new MetricUse(values.Length, (double)(sum / values.Length), Rank(95), double.Parse($"{sorted[^1]:R}"))
        {
            P99 = Rank(99),
            Below = values.Count(v => v < 10),
            Above = values.Count(v => v > 80),
        };

        double Rank(int percent) => double.Parse($"{sorted[(int)Math.Ceiling(percent * values.Length / 100m) - 1]:R}");
    }

    private static DayWindow Window(long server, int from = 0, int until = 1) =>
        new(new(server), Day.AddDays(from), Day.AddDays(until));
}
