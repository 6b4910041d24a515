using System.Globalization;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;
using CloudManager.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CloudManager.Bench.Samples;

/// <summary>How many bytes a value takes on disk, of the same rows: in the open table, in the archive and in VictoriaMetrics.</summary>
internal static class DiskSizes
{
    private const int ATransaction = 500_000;

    public static async Task PrintAsync(string name, SampleRow[] rows, string? victoria, Func<string> newFolder)
    {
        var values = rows.Sum(r => (long)VictoriaMetrics.Values(r).Count(v => v is not null));
        var words = new List<string>();
        void Add(string what, long bytes) =>
            words.Add(string.Create(CultureInfo.InvariantCulture, $"{what} {(double)bytes / values:F2}"));

        var folder = newFolder();
        await SaveAsync(folder, rows);
        Add("open table", new FileInfo(Path.Combine(folder, "metrics.duckdb")).Length);
        await ArchiveAsync(folder, rows);
        Add("archive", SizeOf(Path.Combine(folder, "metrics")));
        Directory.Delete(folder, recursive: true);
        if (victoria is not null)
        {
            folder = newFolder();
            await using (var node = await VictoriaMetrics.OpenAsync(victoria, folder))
            {
                await node.ImportAsync("/api/v1/import", VictoriaMetrics.JsonLines(rows));
                await node.MergeAsync();
                Add("VictoriaMetrics merged", SizeOf(Path.Combine(folder, "vm", "data")));
                Add(
                    "with its index",
                    SizeOf(Path.Combine(folder, "vm", "data"), Path.Combine(folder, "vm", "indexdb"))
                );
            }

            Directory.Delete(folder, recursive: true);
        }

        Console.WriteLine($"bytes a value, {name}, {values:N0} values: {string.Join(", ", words)}");
    }

    private static async Task SaveAsync(string folder, SampleRow[] rows)
    {
        await using var services = Services(folder);
        await services.GetRequiredService<IBooksOpening>().OpenAsync(CancellationToken.None);
        var store = services.GetRequiredService<ISampleStore>();
        SampleMark? mark = null;
        for (var first = 0; first < rows.Length; first += ATransaction)
        {
            var chunk = new SampleChunk
            {
                Pool = new PoolId("p"),
                Before = mark,
                Mark = first,
                Rows = rows.AsMemory(first, Math.Min(ATransaction, rows.Length - first)),
                SetAside = [],
            };
            if (!await store.SaveAsync(chunk, CancellationToken.None))
            {
                throw new InvalidOperationException("the rows were not saved");
            }

            mark = chunk.After;
        }
    }

    private static async Task ArchiveAsync(string folder, SampleRow[] rows)
    {
        await using var services = Services(folder);
        var archive = services.GetRequiredService<ISampleArchive>();
        var moved = 0L;
        foreach (var month in rows.Select(r => r.Slot / Slots.PerDay).Distinct().Select(MonthOf).Distinct())
        {
            moved += await archive.ArchiveAsync(month, CancellationToken.None);
        }

        if (moved != rows.Length)
        {
            throw new InvalidOperationException($"{moved} of {rows.Length} rows archived");
        }
    }

    private static Month MonthOf(long day) => Month.Of(China.Day(Slots.Start(day * Slots.PerDay)));

    private static ServiceProvider Services(string folder) =>
        new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new MachineClock(TimeProvider.System))
            .AddStorage(folder)
            .BuildServiceProvider();

    private static long SizeOf(params string[] folders) =>
        folders.Sum(folder =>
            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length)
        );
}
