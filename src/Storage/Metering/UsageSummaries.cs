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
        var sums = new UseSum[windows.Length];
        Array.Fill(sums, UseSum.None);
        var sources = SampleSources.Find(connection, file.ArchiveFolder, wanted.Span);
        foreach (
            var (number, use) in wanted.IsUniform
                ? Alike(connection, wanted, sources)
                : Each(connection, wanted, sources)
        )
        {
            sums[number] = use;
        }

        if (DailySummaries.HasGivenUp(connection, wanted.Span))
        {
            foreach (var (number, use) in DailySummaries.Read(connection, windows))
            {
                sums[number] = sums[number].Plus(use);
            }
        }

        return [.. windows.Zip(sums, (window, sum) => sum.Of(window))];
    }

    /// <summary>Windows of the same days of different servers that follow each other closely: no need to match rows with windows.</summary>
    private static IEnumerable<(int Number, UseSum Use)> Alike(
        DuckDBConnection connection,
        WantedWindows wanted,
        SampleSources sources
    ) =>
        connection
            .Rows(
                $"select resource, {UseSql.OfRows(sources.Common)} from ({sources.Stored}) group by resource",
                r => (Number: wanted.PlaceOf(r.GetInt64(0)), Use: UseSql.Read(r, 1))
            )
            .Where(found => found.Number is not null)
            .Select(found => (found.Number!.Value, found.Use));

    private static List<(int Number, UseSum Use)> Each(
        DuckDBConnection connection,
        WantedWindows wanted,
        SampleSources sources
    ) =>
        connection.Rows(
            $"""
            with wanted as (
                select unnest($numbers) as number, unnest($resources) as resource,
                    unnest($firsts) as first, unnest($pasts) as past)
            select w.number, {UseSql.OfRows(sources.Common)}
            from ({sources.Stored}) s
            join wanted w on s.resource = w.resource and s.slot >= w.first and s.slot < w.past
            group by w.number
            """,
            r => (r.GetInt32(0), UseSql.Read(r, 1)),
            wanted.Parameters
        );
}
