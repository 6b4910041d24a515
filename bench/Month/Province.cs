using System.Globalization;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Resources;
using CloudManager.Storage;
using CloudManager.Storage.Metering;
using DuckDB.NET.Data;
using Microsoft.Extensions.DependencyInjection;

namespace CloudManager.Bench.Month;

/// <summary>
/// A province of servers that were all measured through one month of 31 days, as the archive holds it: files sorted by resource
/// and slot, noted, with their daily summaries. Values are thousandths of a percent: a level of each
/// server's own, office hours, noise.
/// </summary>
internal sealed class Province : IAsyncDisposable
{
    /// <summary>As the archive cuts months of 31 days: 24 million rows to a file.</summary>
    private const int ServersAFile = 24_000_000 / SlotsAMonth;

    private const int SlotsAMonth = 31 * Slots.PerDay;
    private static readonly Scales Scales = new(1_000, 1_000, 1_000, Scales.Nothing, Scales.Nothing);
    private readonly string _folder;
    private readonly ServiceProvider _services;

    private Province(string folder, ServiceProvider services) => (_folder, _services) = (folder, services);

    /// <summary>The month.</summary>
    public static Core.Kernel.Month Month { get; } = new(2026, 8);

    /// <summary>The month's files, in order of resource.</summary>
    public IReadOnlyList<string> Files { get; private set; } = [];

    public IUsageSummaries Summaries => _services.GetRequiredService<IUsageSummaries>();

    /// <summary>How many bytes the files have.</summary>
    public long Bytes => Files.Sum(f => new FileInfo(f).Length);

    public static async Task<Province> MakeAsync(string folder, int servers)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new MachineClock(TimeProvider.System))
            .AddStorage(folder);
        await using (var first = services.BuildServiceProvider())
        {
            // Makes the tables.
            await first.GetRequiredService<IBooksOpening>().OpenAsync(CancellationToken.None);
            await first.GetRequiredService<ISampleStore>().MarkAsync(new("p"), CancellationToken.None);
        }

        var files = Write(folder, servers);
        return new Province(folder, services.BuildServiceProvider()) { Files = files };
    }

    /// <summary>The whole month of the first so many servers.</summary>
    public static IReadOnlyList<DayWindow> Windows(int servers) =>
        [.. Enumerable.Range(1, servers).Select(n => new DayWindow(new ResourceId(n), Month.First, Month.End))];

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static List<string> Write(string folder, int servers)
    {
        var archive = Directory.CreateDirectory(Path.Combine(folder, "metrics")).FullName;
        using var connection = new DuckDBConnection(
            $"DataSource={Path.Combine(folder, "metrics.duckdb")};memory_limit=2GiB"
        );
        connection.Open();
        var files = new List<string>();
        for (var low = 1; low <= servers; low += ServersAFile)
        {
            var high = Math.Min(servers, low + ServersAFile - 1);
            var name = string.Create(CultureInfo.InvariantCulture, $"{Month}-{files.Count + 1}.parquet");
            var path = Path.Combine(archive, name);
            Run(connection, Copy(path, low, high));
            new ArchivePart(Month, low, high, name, Scales).Note(connection, (high - low + 1) * (long)SlotsAMonth);
            Run(
                connection,
                $"insert into daily select resource, {UseSql.Day} as day, {UseSql.OfRows(Scales)}"
                    + $" from read_parquet('{path}') group by 1, 2 order by 1, 2"
            );
            files.Add(path);
        }

        return files;
    }

    private static string Copy(string path, long low, long high) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            copy (
                select resource, {Slots.OfDay(Month.First)} + nth as slot,
                    cast(1000 + base % 60000 + office * (base % 20000) + dice % 4000 as integer) as cpu,
                    cast(10000 + base // 7 % 60000 + office * 3000 + dice // 4000 % 700 as integer) as memory,
                    cast(20000 + base // 11 % 60000 + nth // 3 as integer) as disk,
                    cast(null as integer) as net_in, cast(null as integer) as net_out
                from (
                    select resource, nth, cast(hash(resource) % 1000000007 as bigint) as base,
                        cast(hash(resource, nth) % 1000000007 as bigint) as dice,
                        case when nth % 288 between 96 and 216 then 1 else 0 end as office
                    from (
                        select i // {SlotsAMonth} as resource, i % {SlotsAMonth} as nth
                        from range({low * SlotsAMonth}, {(high + 1) * SlotsAMonth}) t(i)) each))
            to '{path}' ({ArchiveFile.Options})
            """
        );

#pragma warning disable CA2100 // The statements are this class's own.
    private static void Run(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
#pragma warning restore CA2100
}
