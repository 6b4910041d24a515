using CloudManager.Core.Metering;
using DuckDB.NET.Data;

namespace CloudManager.Storage.Metering;

/// <summary>
/// Summaries of samples, in DuckDB, by ranges of windows: exact quantiles hold every value they look at, and a range reads only
/// its own part of the archive. Where samples were given up, their daily summaries count.
/// </summary>
internal sealed class UsageSummaries(MetricsFile file) : IUsageSummaries
{
    /// <summary>How many slots are looked at together: a month of 2,000 servers, 54 million values, half a gigabyte.</summary>
    private const long Together = 2_000L * 31 * Slots.PerDay;

    public async Task<IReadOnlyList<ServerUse>> ReadAsync(
        IReadOnlyList<DayWindow> windows,
        CancellationToken cancellationToken
    )
    {
        var uses = new List<ServerUse>(windows.Count);
        foreach (var part in Parts(windows))
        {
            uses.AddRange(await file.ReadAsync(connection => Read(connection, part), cancellationToken));
        }

        return uses;
    }

    private static IEnumerable<DayWindow[]> Parts(IReadOnlyList<DayWindow> windows)
    {
        var (first, slots) = (0, 0L);
        for (var i = 0; i < windows.Count; i++)
        {
            if (i > first && slots + windows[i].Slots > Together)
            {
                yield return [.. windows.Skip(first).Take(i - first)];
                (first, slots) = (i, 0);
            }

            slots += Math.Max(0, windows[i].Slots);
        }

        if (first < windows.Count)
        {
            yield return [.. windows.Skip(first)];
        }
    }

    private ServerUse[] Read(DuckDBConnection connection, DayWindow[] windows)
    {
        var wanted = new WantedWindows(windows);
        var settled = DailySummaries.Settled(connection, wanted.Span);
        var sums = new UseSum[windows.Length];
        Array.Fill(sums, UseSum.None);
        var rows = SampleSources.Find(connection, file.ArchiveFolder, wanted.Span, without: settled);
        foreach (var (number, use) in OfRows(connection, wanted, rows, (UseSql.OfRows, UseSql.Read)))
        {
            sums[number] = use;
        }

        if (settled.Count > 0)
        {
            AddSettled(connection, wanted, settled, sums);
        }

        return [.. windows.Zip(sums, (window, sum) => sum.Of(window))];
    }

    /// <summary>Adds what is summarised by days; then only quantiles are still to be had from samples.</summary>
    private void AddSettled(
        DuckDBConnection connection,
        WantedWindows wanted,
        IReadOnlyList<ArchivePart> settled,
        UseSum[] sums
    )
    {
        var days = wanted.IsUniform
            ? DailySummaries.OfAlike(connection, wanted, settled)
            : DailySummaries.OfEach(connection, wanted, settled);
        foreach (var (number, use) in days)
        {
            if (number is { } place)
            {
                sums[place] = sums[place].Plus(use);
            }
        }

        var all = SampleSources.Find(connection, file.ArchiveFolder, wanted.Span);
        var quantiles = OfRows(connection, wanted, all, (UseSql.QuantilesOfRows, UseSql.ReadQuantiles));
        foreach (var (number, found) in quantiles)
        {
            sums[number] = sums[number].With(found);
        }
    }

    /// <summary>What is asked of the rows of each window, by the window's place.</summary>
    private static IEnumerable<(int Number, T Found)> OfRows<T>(
        DuckDBConnection connection,
        WantedWindows wanted,
        SampleSources sources,
        (Func<Scales, string> Columns, Func<DuckDBDataReader, int, T> Read) what
    )
    {
        var columns = what.Columns(sources.Common);
        if (!wanted.IsUniform)
        {
            return connection.Rows(
                $"""
                {WantedWindows.Sql}
                select w.number, {columns}
                from ({sources.Stored}) s
                join wanted w on s.resource = w.resource and s.slot >= w.first and s.slot < w.past
                group by w.number
                """,
                r => (r.GetInt32(0), what.Read(r, 1)),
                wanted.Parameters
            );
        }

        // The same days of servers that follow each other closely: rows need not be matched with windows.
        return connection
            .Rows(
                $"select resource, {columns} from ({sources.Stored}) group by resource",
                r => (Number: wanted.PlaceOf(r.GetInt64(0)), Found: what.Read(r, 1))
            )
            .Where(found => found.Number is not null)
            .Select(found => (found.Number!.Value, found.Found));
    }
}
