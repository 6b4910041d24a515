using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Storage.Metering;

namespace CloudManager.Storage.Tests.Metering;

/// <summary>Closed months move into files, and nothing that is asked is answered otherwise than before.</summary>
public sealed class SampleArchiveTests
{
    private const int Servers = 3;
    private const int InSeptember = Servers * 6 * Slots.PerDay;
    private const int Outside = Servers * 2 * Slots.PerDay;
    private static readonly Month September = new(2026, 9);
    private static readonly Month November = new(2026, 11);

    [Theory]
    [InlineData("thousandths, as most clouds measure", true, false)]
    [InlineData("noise in every digit", false, false)]
    [InlineData("books on PostgreSQL: the file is opened for each use", true, true)]
    public async Task Answers_are_the_same_to_the_last_digit_after_archiving(
        string because,
        bool isDecimal,
        bool isShared
    )
    {
        await using var store = Archived.Open(isShared);
        await store.SaveAsync(Archived.Autumn(Servers, isDecimal));
        var before = await store.AnswersAsync(Servers);

        Assert.Equal(InSeptember, await store.Archive.ArchiveAsync(September, default));

        Assert.Equal(["2026-09-1.parquet"], store.Files);
        Assert.Equal(Outside, store.OpenRows());
        Assert.True(before == await store.AnswersAsync(Servers), because);
        Assert.Equal([new(2026, 8), new(2026, 10)], await store.Archive.WaitingAsync(November, default));
        Assert.Equal(0, await store.Archive.ArchiveAsync(September, default));
    }

    [Theory]
    [InlineData(nameof(ArchiveStep.Written), false)]
    [InlineData(nameof(ArchiveStep.Renamed), false)]
    [InlineData(nameof(ArchiveStep.Noted), false)]
    [InlineData(nameof(ArchiveStep.Committed), false)]
    [InlineData(nameof(ArchiveStep.Written), true)]
    [InlineData(nameof(ArchiveStep.Renamed), true)]
    [InlineData(nameof(ArchiveStep.Noted), true)]
    [InlineData(nameof(ArchiveStep.Committed), true)]
    public async Task A_crash_at_any_step_loses_and_doubles_nothing(string step, bool isSecondRun)
    {
        var rows = Archived.Autumn(Servers).ToList();
        await using var store = Archived.Open();
        await store.SaveAsync(rows.Where(r => !isSecondRun || r.Slot % 7 != 0));
        if (isSecondRun)
        {
            await store.Archive.ArchiveAsync(September, default);
            await store.SaveAsync(rows.Where(r => r.Slot % 7 == 0));
        }

        var before = await store.AnswersAsync(Servers);
        store.Crash(reached => Assert.NotEqual(step, reached.ToString()));
        await Assert.ThrowsAnyAsync<Exception>(() => store.Archive.ArchiveAsync(September, default));
        store.Crash();
        Assert.True(before == await store.AnswersAsync(Servers), "right after it");

        await store.Archive.ArchiveAsync(September, default);

        Assert.True(before == await store.AnswersAsync(Servers), "when it is done");
        Assert.EndsWith(".parquet", Assert.Single(store.Files), StringComparison.Ordinal);
        Assert.Equal(Outside, store.OpenRows());
    }

    [Fact]
    public async Task Late_rows_are_read_where_they_are_and_join_the_archive_at_the_next_run()
    {
        var rows = Archived.Autumn(Servers).ToList();
        await using var all = Archived.Open();
        await all.SaveAsync(rows);
        await using var store = Archived.Open();
        await store.SaveAsync(rows.Where(r => r.Resource.Number != 2 && r.Slot % 5 != 0));
        await store.Archive.ArchiveAsync(September, default);

        await store.SaveAsync(rows.Where(r => r.Resource.Number == 2 || r.Slot % 5 == 0));
        Assert.True(await all.AnswersAsync(Servers) == await store.AnswersAsync(Servers), "while they wait");
        await store.Archive.ArchiveAsync(September, default);

        Assert.True(await all.AnswersAsync(Servers) == await store.AnswersAsync(Servers), "when they have joined");
        Assert.Equal(["2026-09-2.parquet"], store.Files);
        Assert.Equal(Outside, store.OpenRows());
    }

    [Fact]
    public async Task A_month_of_many_servers_lies_in_several_files()
    {
        await using var all = Archived.Open();
        await all.SaveAsync(Archived.Autumn(8));
        await using var store = Archived.Open(mostRows: InSeptember);
        await store.SaveAsync(Archived.Autumn(8).Where(r => r.Resource.Number is not 3 and not 7));

        Assert.Equal(2 * InSeptember, await store.Archive.ArchiveAsync(September, default));
        Assert.Equal(2, store.Files.Count);
        await store.SaveAsync(Archived.Autumn(8).Where(r => r.Resource.Number is 3 or 7));
        await store.Archive.ArchiveAsync(September, default);

        Assert.Equal(4, store.Files.Count);
        Assert.Equal(16 * Slots.PerDay, store.OpenRows());
        Assert.True(await all.AnswersAsync(8) == await store.AnswersAsync(8));
    }

    [Fact]
    public async Task Rows_that_come_while_a_file_is_written_are_neither_lost_nor_doubled()
    {
        var rows = Archived.Autumn(Servers).ToList();
        var late = new Queue<SampleRow[]>(rows.Where(r => r.Slot % 5 == 0).Chunk(700));
        await using var store = Archived.Open();
        await store.SaveAsync(rows.Where(r => r.Slot % 5 != 0));
        store.Crash(step =>
        {
            if (step == ArchiveStep.Renamed && late.TryDequeue(out var some))
            {
                store.SaveAsync(some).GetAwaiter().GetResult();
            }
        });
        await using var all = Archived.Open();
        await all.SaveAsync(rows);

        await store.Archive.ArchiveAsync(September, default);
        while (late.TryDequeue(out var some))
        {
            await store.SaveAsync(some);
        }

        await store.Archive.ArchiveAsync(September, default);

        Assert.True(await all.AnswersAsync(Servers) == await store.AnswersAsync(Servers));
        Assert.Equal(Outside, store.OpenRows());
        Assert.Single(store.Files);
    }

    [Theory]
    [InlineData("before the month is in the archive", false)]
    [InlineData("when late rows join it", true)]
    public async Task Who_reads_while_a_month_moves_sees_what_was_there_when_it_began(string because, bool isSecondRun)
    {
        var rows = Archived.Autumn(Servers).ToList();
        await using var store = Archived.Open();
        await store.SaveAsync(rows.Where(r => !isSecondRun || r.Slot % 7 != 0));
        if (isSecondRun)
        {
            await store.Archive.ArchiveAsync(September, default);
            await store.SaveAsync(rows.Where(r => r.Slot % 7 == 0));
        }

        var counted = await store.File.ReadAsync(
            connection =>
            {
                var span = new SampleSpan(0, long.MaxValue, 0, long.MaxValue);
                var sources = SampleSources.Find(connection, store.File.ArchiveFolder, span);
                store.Archive.ArchiveAsync(September, default).GetAwaiter().GetResult();
                return connection.Rows($"select count(*) from ({sources.Stored})", r => r.GetInt64(0)).Single();
            },
            default
        );

        Assert.True(rows.Count == counted, because);
        Assert.Equal(Outside, store.OpenRows());
        await store.Archive.ArchiveAsync(September, default);
        Assert.Single(store.Files);
    }

    [Fact]
    public async Task Given_up_months_keep_all_but_their_quantiles_and_take_no_sample_twice()
    {
        await using var store = Archived.Open();
        await store.SaveAsync(Archived.Autumn(Servers));
        DayWindow[] windows =
        [
            .. Enumerable.Range(1, Servers).Select(n => new DayWindow(new(n), new(2026, 8, 31), new(2026, 10, 2))),
        ];
        var (before, days) = (await store.Summaries.ReadAsync(windows, default), await store.DaysAsync(windows));
        var held = await HeldAsync(store);
        await store.Archive.ArchiveAsync(September, default);

        Assert.Empty(await store.Archive.RetireAsync(September, default));
        Assert.Equal([September], await store.Archive.RetireAsync(September.Next, default));
        Assert.Empty(await store.Archive.RetireAsync(November, default));

        Assert.Empty(store.Files);
        Assert.Equal(before.Select(WithoutQuantiles), await store.Summaries.ReadAsync(windows, default));
        Assert.Equal(days, await store.DaysAsync(windows));
        Assert.Equal(held, await HeldAsync(store));
        Assert.Equal(2 * Slots.PerDay, (await store.Samples.ReadAsync(new(1), new(0, long.MaxValue), default)).Count);
    }

    [Fact]
    public async Task A_day_that_comes_after_its_month_was_given_up_gets_its_summary()
    {
        var rows = Archived.Autumn(Servers).ToList();
        var late = Slots.OfDay(new(2026, 9, 2));
        await using var store = Archived.Open();
        await store.SaveAsync(rows.Where(r => r.Slot < late || r.Slot >= late + Slots.PerDay));
        await store.Archive.ArchiveAsync(September, default);
        await store.Archive.RetireAsync(November, default);
        DayWindow[] windows = [new(new(1), September.First, September.End)];

        await store.SaveAsync(rows.Where(r => r.Slot >= late && r.Slot < late + Slots.PerDay));
        var waiting = Assert.Single(await store.Summaries.ReadAsync(windows, default));
        await store.Archive.ArchiveAsync(September, default);

        Assert.Equal(6 * Slots.PerDay, waiting.Memory.Measured);
        Assert.Equal(waiting, Assert.Single(await store.Summaries.ReadAsync(windows, default)));
        Assert.Equal(Outside, store.OpenRows());
        Assert.Equal(6, (await store.DaysAsync(windows)).Count);
    }

    private static async Task<IEnumerable<HeldSlot>> HeldAsync(Archived store) =>
        (await store.Samples.HeldAsync((new(1), new(Servers)), new(0, long.MaxValue), default))
            .OrderBy(h => h.Resource.Number)
            .ThenBy(h => h.Slot);

    private static ServerUse WithoutQuantiles(ServerUse use) =>
        use with
        {
            Cpu = use.Cpu with { P95 = null, P99 = null },
            Memory = use.Memory with { P95 = null, P99 = null },
            Disk = use.Disk with { P95 = null, P99 = null },
        };
}
