using CloudManager.Core.Metering;

namespace CloudManager.Storage.Tests.Metering.Engines;

/// <summary>
/// What every engine must do, embedded or not. Numbers are computed here by hand. All tests of an engine share it: each
/// has servers of its own.
/// </summary>
public abstract partial class EngineSuite
{
    private static readonly float[] Usual =
    [
        0,
        0.000001f,
        0.1f,
        1 / 3f,
        6.763f,
        99.99999f,
        100,
        400,
        16_777_216,
        16_777_218,
        123_456_789,
        3.1415927e9f,
    ];

    private static readonly float[] Extremes =
    [
        float.Epsilon,
        1e-30f,
        1.17549435e-38f,
        3.1415927e-9f,
        1.1e30f,
        float.MaxValue,
    ];

    private static long _numbers = 100;

    /// <summary>Forty days ago, so that no engine finds the samples too old or of the future.</summary>
    protected static DateOnly Day { get; } = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date).AddDays(-40);

    protected static long First { get; } = Slots.OfDay(Day);

    private protected abstract Task<Kept> OpenAsync();

    /// <summary>Waits until what was written can be read.</summary>
    protected abstract Task SettleAsync();

    [Fact]
    public async Task Values_come_back_bit_for_bit_and_what_was_not_measured_is_missing()
    {
        await using var kept = await OpenAsync();
        var server = Servers(1);
        var rows = Usual
            .Select(
                (v, i) => new SampleRow(new(server), First + i, Or(v, i, 3), Or(v, i, 4), Or(v, i, 5), v, Or(v, i, 2))
            )
            .ToList();

        await kept.SaveAsync("p", rows);
        await SettleAsync();

        Assert.Equal(rows, await kept.ReadAsync(server, new(First, First + 288)));
        Assert.Equal(rows[3..5], await kept.ReadAsync(server, new(First + 3, First + 5)));
        Assert.Equal(rows, await kept.ReadAsync(server, new(0, long.MaxValue)));
        static float? Or(float value, int i, int every) => i % every == 0 ? null : value;
    }

    /// <summary>Each on a server of its own: VictoriaMetrics holds a series' values to 18 digits of the largest near it.</summary>
    [Fact]
    public async Task Values_from_the_smallest_to_the_largest_come_back_bit_for_bit()
    {
        await using var kept = await OpenAsync();
        var server = Servers(Extremes.Length);
        var rows = Extremes.Select((v, i) => new SampleRow(new(server + i), First, null, null, null, v, null)).ToList();

        await kept.SaveAsync("p", rows);
        await SettleAsync();

        foreach (var row in rows)
        {
            Assert.Equal(row, Assert.Single(await kept.ReadAsync(row.Resource.Number, new(First, First + 1))));
        }
    }

    [Fact]
    public async Task A_chunk_read_against_an_older_mark_is_not_taken()
    {
        await using var kept = await OpenAsync();
        var server = Servers(1);
        Assert.Null(await kept.Samples.MarkAsync(new("p"), CancellationToken.None));
        await kept.SaveAsync("p", Row(server, 0, 1));
        var mark = await kept.Samples.MarkAsync(new("p"), CancellationToken.None);
        Assert.Equal(new SampleMark(First + 1, 1), mark);

        // The first leaves the slot where it was; the second was read before that.
        Assert.True(await SaveAsync(mark, Row(server, -1, 2)));
        Assert.False(await SaveAsync(mark, Row(server, 5, 3)));
        Assert.False(await SaveAsync(null, Row(server, 6, 4)));
        await SettleAsync();

        Assert.Equal(new SampleMark(First + 1, 2), await kept.Samples.MarkAsync(new("p"), CancellationToken.None));
        Assert.Equal([First - 1, First], (await kept.ReadAsync(server, new(First - 9, First + 9))).Select(r => r.Slot));
        Assert.Null(await kept.Samples.MarkAsync(new("other"), CancellationToken.None));
        Task<bool> SaveAsync(SampleMark? before, SampleRow row) =>
            kept.Samples.SaveAsync(Kept.Chunk("p", before, [row]), CancellationToken.None);
    }

    [Fact]
    public async Task Two_that_collect_at_once_lose_nothing_and_store_nothing_twice()
    {
        await using var kept = await OpenAsync();
        var server = Servers(1);

        await Task.WhenAll(Enumerable.Range(0, 24).Select(AddAsync));
        await SettleAsync();

        var rows = await kept.ReadAsync(server, new(First, First + 100));
        Assert.Equal(Enumerable.Range(0, 24).Select(i => First + i), rows.Select(r => r.Slot));
        Assert.Equal(24, (await kept.Samples.MarkAsync(new("p"), CancellationToken.None))!.Version);

        async Task AddAsync(int slot)
        {
            SampleChunk chunk;
            do
            {
                var mark = await kept.Samples.MarkAsync(new("p"), CancellationToken.None);
                chunk = Kept.Chunk("p", mark, [Row(server, slot, slot)]);
            } while (!await kept.Samples.SaveAsync(chunk, CancellationToken.None));
        }
    }

    [Fact]
    public async Task Slots_that_hold_a_row_are_told_at_once_whatever_was_measured()
    {
        await using var kept = await OpenAsync();
        var server = Servers(30);
        await kept.SaveAsync(
            "p",
            Row(server, 0, 1),
            Row(server + 9, 1, 1),
            Row(server + 10, 2, 1),
            Row(server + 29, 3, 1)
        );
        await kept.SaveAsync("p", new SampleRow(new(server + 10), First + 3, null, null, null, null, 7));

        Assert.Equal([(0, 0), (9, 1), (10, 2), (10, 3), (29, 3)], await HeldAsync(server, server + 29, 0, 288));
        Assert.Equal([(9, 1), (10, 2)], await HeldAsync(server + 1, server + 28, 0, 3));
        Assert.Empty(await HeldAsync(server + 11, server + 28, 0, 288));
        Assert.Empty(await HeldAsync(server, server + 29, 4, 4));

        async Task<IEnumerable<(long, long)>> HeldAsync(long low, long high, int from, int past) =>
            (
                await kept.Samples.HeldAsync(
                    (new(low), new(high)),
                    new(First + from, First + past),
                    CancellationToken.None
                )
            )
                .Select(h => (h.Resource.Number - server, h.Slot - First))
                .Order();
    }

    [Fact]
    public async Task Rows_in_any_order_and_back_in_time_are_kept_in_order()
    {
        await using var kept = await OpenAsync();
        var server = Servers(3);
        var back = 395 * Slots.PerDay;
        foreach (var slot in (int[])[50, 10, 90, -back, -300, 0])
        {
            await kept.SaveAsync(
                "p",
                [.. Enumerable.Range(0, 3).Reverse().Select(i => Row(server + i, slot, slot + back + i))]
            );
        }

        await SettleAsync();

        for (var i = 0; i < 3; i++)
        {
            var rows = await kept.ReadAsync(server + i, new(First - back, First + 288));
            Assert.Equal([-back, -300L, 0, 10, 50, 90], rows.Select(r => r.Slot - First));
            Assert.Equal(rows.Select(r => (float?)(r.Slot - First + back + i)), rows.Select(r => r.Cpu));
        }
    }

    [Fact]
    public async Task All_is_there_after_a_restart()
    {
        await using var kept = await OpenAsync();
        var server = Servers(1);
        await kept.SaveAsync("p", Row(server, 0, 1));
        await kept.ReopenAsync();
        await kept.SaveAsync("p", Row(server, 1, 2));
        await SettleAsync();
        await kept.ReopenAsync();

        Assert.Equal([1f, 2f], (await kept.ReadAsync(server, new(First, First + 9))).Select(r => r.Cpu!.Value));
        Assert.Equal(new SampleMark(First + 2, 2), await kept.Samples.MarkAsync(new("p"), CancellationToken.None));
        await kept.Engine.CheckAsync(CancellationToken.None);
    }

    [Fact]
    public async Task What_was_set_aside_is_counted_once_by_day_metric_and_reason()
    {
        await using var kept = await OpenAsync();
        var at = Slots.Start(First);
        SetAside[] values =
        [
            new("srv-1", at, Metric.Cpu, SetAsideReason.TooLarge),
            new("srv-1", at, Metric.Cpu, SetAsideReason.TooLarge),
            new("srv-1", at.AddMilliseconds(-1), Metric.Cpu, SetAsideReason.TooLarge),
            new("srv\0\"'\\", at, null, SetAsideReason.UnknownServer),
        ];
        for (var i = 0; i < 2; i++)
        {
            var mark = await kept.Samples.MarkAsync(new("p"), CancellationToken.None);
            var chunk = Kept.Chunk("p", mark, []) with { SetAside = values, Mark = First };
            Assert.True(await kept.Samples.SaveAsync(chunk, CancellationToken.None));
        }

        Assert.Equal(
            [
                (Day.AddDays(-1), (Metric?)Metric.Cpu, SetAsideReason.TooLarge, 1L),
                (Day, null, SetAsideReason.UnknownServer, 1),
                (Day, Metric.Cpu, SetAsideReason.TooLarge, 1),
            ],
            (await kept.Samples.SetAsideAsync(CancellationToken.None)).Select(c => (c.Day, c.Metric, c.Reason, c.Count))
        );
    }

    /// <summary>The first of so many numbers that no other test uses.</summary>
    protected static long Servers(int count) => Interlocked.Add(ref _numbers, count) - count;

    protected static SampleRow Row(long server, long slot, float cpu) =>
        new(new(server), First + slot, cpu, null, null, null, null);
}
