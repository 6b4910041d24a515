using CloudManager.Core.Metering;
using CloudManager.Tests.Databases;

namespace CloudManager.Storage.Tests.Metering.Engines;

/// <summary>A real VictoriaMetrics that comes and goes; skipped where none is named.</summary>
public sealed class SpoolTests : IAsyncDisposable
{
    private static readonly long First = Slots.OfDay(
        DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date).AddDays(-40)
    );

    private readonly RunningVictoria _engine = new();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task What_is_collected_while_the_engine_is_down_waits_in_order_survives_a_restart_and_is_drained()
    {
        await using var kept = await OpenAsync();
        await _engine.StartAsync();
        await kept.SaveAsync("p", Row(1, 0));
        await _engine.SettleAsync();
        await _engine.StopAsync();

        await kept.SaveAsync("p", Row(1, 1), Row(2, 1));
        await kept.SaveAsync("p", Row(1, 2));
        var silent = await Assert.ThrowsAsync<SampleEngineException>(() => kept.ReadAsync(1, new(First, First + 9)));
        Assert.True(silent.IsUnreachable);
        await Assert.ThrowsAsync<SampleEngineException>(() => kept.Engine.CheckAsync(CancellationToken.None));
        Assert.Equal(2, Pieces(kept));
        Assert.True(kept.Engine.SpooledBytes > 0);
        Assert.Equal(3, (await kept.Samples.MarkAsync(new("p"), CancellationToken.None))!.Version);
        await kept.ReopenAsync();
        Assert.Equal([(1, 1), (1, 2), (2, 1)], (await HeldAsync(kept)).Order());

        await _engine.StartAsync();
        await kept.SaveAsync("p", Row(1, 3));
        await _engine.SettleAsync();

        Assert.Equal(0, Pieces(kept));
        Assert.Equal(0, kept.Engine.SpooledBytes);
        Assert.Equal([0f, 1, 2, 3], (await kept.ReadAsync(1, new(First, First + 9))).Select(r => r.Cpu!.Value));
        Assert.Equal([(1, 0), (1, 1), (1, 2), (1, 3), (2, 1)], (await HeldAsync(kept)).Order());
    }

    [Fact]
    public async Task Reading_drains_first_and_what_the_engine_holds_is_not_written_over()
    {
        await using var kept = await OpenAsync();
        await kept.SaveAsync("p", Row(1, 0) with { Cpu = 77 }, Row(1, 1));
        await _engine.StartAsync();
        await using (var other = await OpenAsync())
        {
            await other.SaveAsync("p", Row(1, 0));
        }

        await _engine.SettleAsync();
        var window = new DayWindow(
            new(1),
            DateOnly.FromDateTime(Slots.Start(First).ToOffset(Core.Kernel.China.Offset).Date),
            default
        );
        await kept.Summaries.ReadAsync([window with { Until = window.From.AddDays(1) }], CancellationToken.None);
        await _engine.SettleAsync();

        Assert.Equal(0, Pieces(kept));
        Assert.Equal([0f, 1], (await kept.ReadAsync(1, new(First, First + 9))).Select(r => r.Cpu!.Value));
    }

    [Fact]
    public async Task A_full_spool_fails_the_look_and_moves_no_mark()
    {
        await using var kept = await OpenAsync(spoolBytes: 200);
        await kept.SaveAsync("p", Row(1, 0));
        await kept.SaveAsync("p", Row(1, 1));

        var full = await Assert.ThrowsAsync<SampleEngineException>(() => kept.SaveAsync("p", Row(1, 2)));

        Assert.Contains("spool is full", full.Message, StringComparison.Ordinal);
        Assert.Equal(new SampleMark(First + 2, 2), await kept.Samples.MarkAsync(new("p"), CancellationToken.None));
        Assert.Equal(2, Pieces(kept));
    }

    [Fact]
    public async Task A_piece_whose_writing_was_cut_off_is_gone_one_that_is_whole_is_taken_and_a_damaged_one_left_aside()
    {
        await using var kept = await OpenAsync();
        await kept.SaveAsync("p", Row(1, 0));
        await kept.SaveAsync("p", Row(1, 1));
        await kept.SaveAsync("p", Row(1, 2));
        var files = Directory.GetFiles(kept.SpoolFolder, "*.samples").Order().ToList();
        Assert.Equal(3, files.Count);
        File.Move(files[0], files[0] + ".part");
        File.WriteAllBytes(
            Path.Combine(kept.SpoolFolder, "000000000009-1-2-1-1.samples.part"),
            File.ReadAllBytes(files[1])[..50]
        );
        var damaged = File.ReadAllBytes(files[2]);
        damaged[^1] ^= 1;
        File.WriteAllBytes(files[2], damaged);

        await kept.ReopenAsync();
        await _engine.StartAsync();
        await kept.SaveAsync("p", Row(1, 3));
        await _engine.SettleAsync();

        Assert.Equal([0f, 1, 3], (await kept.ReadAsync(1, new(First, First + 9))).Select(r => r.Cpu!.Value));
        Assert.Equal(
            [Path.GetFileName(files[2]) + ".damaged", "spool.lock"],
            Directory.GetFiles(kept.SpoolFolder).Select(Path.GetFileName).Order()
        );
    }

    private Task<Kept> OpenAsync(long? spoolBytes = null)
    {
        Assert.SkipUnless(_engine.WhyNot is null, _engine.WhyNot ?? "");
        return Kept.OpenAsync($"{_engine.Address}?spool=1", spoolBytes);
    }

    private static int Pieces(Kept kept) => Directory.GetFiles(kept.SpoolFolder, "*.samples").Length;

    private static async Task<IEnumerable<(long, long)>> HeldAsync(Kept kept) =>
        (await kept.Samples.HeldAsync((new(1), new(9)), new(First, First + 9), CancellationToken.None)).Select(h =>
            (h.Resource.Number, h.Slot - First)
        );

    private static SampleRow Row(long server, long slot) =>
        new(new(server), First + slot, slot, null, null, null, null);
}
