using System.Text;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;
using CloudManager.Storage.Books;
using CloudManager.Storage.Metering;

namespace CloudManager.Storage.Tests.Metering;

/// <summary>Samples and their archive in a folder of their own.</summary>
internal sealed class Archived : IAsyncDisposable
{
    private static readonly PoolId Pool = new("p");
    private readonly string _folder = Directory.CreateTempSubdirectory("cloudmanager-").FullName;
    private readonly bool _isShared;

    private Archived(bool isShared, Action<ArchiveStep> reached, long mostRows)
    {
        _isShared = isShared;
        File = Reopen();
        Archive = new SampleArchive(File) { Reached = reached, MostRows = mostRows };
    }

    public MetricsFile File { get; private set; }

    public SampleArchive Archive { get; private set; }

    public SampleStore Samples => new(File);

    public UsageSummaries Summaries => new(File);

    public UsageCourse Course => new(File);

    public IReadOnlyList<string> Files =>
        Directory.Exists(File.ArchiveFolder)
            ? [.. Directory.EnumerateFiles(File.ArchiveFolder).Select(f => Path.GetFileName(f)).Order()]
            : [];

    public static Archived Open(
        bool isShared = false,
        Action<ArchiveStep>? reached = null,
        long mostRows = 24_000_000
    ) => new(isShared, reached ?? (_ => { }), mostRows);

    /// <summary>Servers 1 to n from 31 August to 3 September and from 28 September to 1 October.</summary>
    public static IEnumerable<SampleRow> Autumn(int servers, bool isDecimal = true) =>
        Rows(servers, new(2026, 8, 31), 4, isDecimal).Concat(Rows(servers, new(2026, 9, 28), 4, isDecimal));

    /// <summary>Servers 1 to n over so many days, with metrics that were not measured.</summary>
    public static IEnumerable<SampleRow> Rows(int servers, DateOnly first, int days, bool isDecimal = true) =>
        from server in Enumerable.Range(1, servers).ToList()
        from i in Enumerable.Range(0, days * Slots.PerDay)
        select Row(server, Slots.OfDay(first) + i, isDecimal);

    /// <summary>A row whose values follow from server and slot.</summary>
    public static SampleRow Row(int server, long slot, bool isDecimal = true)
    {
        var dice = (ulong)((server * 1_000_003) + slot) * 0x9E3779B97F4A7C15UL;
        var cpu = isDecimal ? dice % 100_001 / 1_000f : dice % 1_000_003 / 10_007f;
        return new(
            new(server),
            slot,
            dice % 97 == 0 ? (float?)null : cpu,
            20 + (dice / 7 % 3_000 / 1_000f),
            server == 2 ? (float?)null : 30 + (slot % 1_000 / 100f),
            dice % 89 == 0 ? (float?)null : dice / 3 % 100_000_000,
            dice % 83 == 0 ? (float?)null : (isDecimal ? dice / 5 % 100_000 : dice / 5 % 100_000 / 7f)
        );
    }

    public async Task SaveAsync(IEnumerable<SampleRow> rows)
    {
        var mark = await Samples.MarkAsync(Pool, default);
        var chunk = new SampleChunk
        {
            Pool = Pool,
            Before = mark,
            Mark = (mark?.Slot ?? 0) + 1,
            Rows = rows.ToArray(),
            SetAside = [],
        };
        Assert.True(await Samples.SaveAsync(chunk, default));
    }

    /// <summary>Everything that can be asked of servers 1 to n and the autumn of 2026, in words.</summary>
    public async Task<string> AnswersAsync(int servers)
    {
        var words = new StringBuilder();
        var resources = Enumerable.Range(1, servers).Select(n => new ResourceId(n)).ToList();
        foreach (var resource in resources)
        {
            words.AppendJoin('\n', await Samples.ReadAsync(resource, new(0, long.MaxValue), default));
        }

        var held = await Samples.HeldAsync((resources[0], resources[^1]), new(0, long.MaxValue), default);
        words.AppendJoin('\n', held.OrderBy(h => h.Resource.Number).ThenBy(h => h.Slot));
        DateOnly[] days = [new(2026, 8, 31), new(2026, 9, 1), new(2026, 10, 2)];
        foreach (var (from, until) in days.SelectMany((f, i) => days.Skip(i + 1).Select(u => (f, u))))
        {
            DayWindow[] alike = [.. resources.Select(r => new DayWindow(r, from, until))];
            DayWindow[] mixed = [.. alike, new(resources[0], days[0], days[^1]), new(resources[^1], days[1], days[2])];
            words.AppendJoin('\n', await Summaries.ReadAsync(alike, default));
            words.AppendJoin('\n', await Summaries.ReadAsync(mixed, default));
            words.AppendJoin('\n', await Course.DaysAsync(alike, default));
            foreach (var week in await Course.WeeksAsync(mixed, default))
            {
                words.Append(week.Resource).AppendJoin(' ', week.Cpu).AppendJoin(' ', week.Memory);
            }
        }

        return words.ToString();
    }

    public Task<IReadOnlyList<DayUse>> DaysAsync(IReadOnlyList<DayWindow> windows) =>
        Course.DaysAsync(windows, default);

    /// <summary>How many rows are in the open table.</summary>
    public long OpenRows()
    {
        var rows = File.ReadAsync(c => c.Rows("select count(*) from sample", r => r.GetInt64(0)), default);
        return rows.GetAwaiter().GetResult().Single();
    }

    /// <summary>As after a crash: everything in memory is gone.</summary>
    public void Crash(Action<ArchiveStep>? reached = null)
    {
        var mostRows = Archive.MostRows;
        Archive.Dispose();
        File.Dispose();
        File = Reopen();
        Archive = new SampleArchive(File) { Reached = reached ?? (_ => { }), MostRows = mostRows };
    }

    public ValueTask DisposeAsync()
    {
        Archive.Dispose();
        File.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private MetricsFile Reopen() =>
        new(
            _folder,
            _isShared ? new PostgresDialect("Host=nowhere") : new SqliteDialect(Path.Combine(_folder, "books.db")),
            new MachineClock(TimeProvider.System)
        );
}
