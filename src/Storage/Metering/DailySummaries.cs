using CloudManager.Core.Metering;
using CloudManager.Core.Resources;
using DuckDB.NET.Data;

namespace CloudManager.Storage.Metering;

/// <summary>
/// The daily summaries, of every month that was archived. They count where the samples themselves were given up; a
/// (resource, day) that has one takes no more samples then.
/// </summary>
internal static class DailySummaries
{
    private const string IsGivenUp = """
        exists (
            select 1 from archive a where a.file is null and d.resource >= a.low and d.resource <= a.high
                and d.day >= cast(a.month || '-01' as date)
                and d.day < cast(a.month || '-01' as date) + interval 1 month)
        """;

    private static readonly string OfWindows = $"""
        with wanted as (
            select unnest($numbers) as number, unnest($resources) as resource,
                unnest($firsts) as first, unnest($pasts) as past)
        select w.number, {UseSql.OfDays}
        from daily d join wanted w on d.resource = w.resource and d.day >= w.first and d.day < w.past
        where d.resource >= $low and d.resource <= $high and {IsGivenUp}
        group by w.number
        """;

    /// <summary>Whether samples of the span were given up.</summary>
    public static bool HasGivenUp(DuckDBConnection connection, SampleSpan span) =>
        ArchivePart.Touching(connection, span).Exists(part => part.File is null);

    /// <summary>What the windows have in given-up months, by the window's place.</summary>
    public static List<(int Number, UseSum Use)> Read(DuckDBConnection connection, IReadOnlyList<DayWindow> windows) =>
        connection.Rows(
            OfWindows,
            r => (r.GetInt32(0), UseSql.Read(r, 1)),
            ("numbers", Enumerable.Range(0, windows.Count).ToList()),
            ("resources", windows.Select(w => w.Resource.Number).ToList()),
            ("firsts", windows.Select(w => w.From).ToList()),
            ("pasts", windows.Select(w => w.Until).ToList()),
            ("low", windows.Min(w => w.Resource.Number)),
            ("high", windows.Max(w => w.Resource.Number))
        );

    /// <summary>The slots of the span that take no more samples because those of their day were given up.</summary>
    public static IEnumerable<HeldSlot> GivenUp(DuckDBConnection connection, SampleSpan span)
    {
        if (!HasGivenUp(connection, span))
        {
            return [];
        }

        var days = connection.Rows(
            $"""
            select d.resource, d.day from daily d
            where d.resource >= $low and d.resource <= $high and {IsGivenUp}
                and (d.day - date '1970-01-01') * 288 + 192 > $first and (d.day - date '1970-01-01') * 288 - 96 < $past
            """,
            r => (Resource: new ResourceId(r.GetInt64(0)), First: Slots.OfDay(r.GetFieldValue<DateOnly>(1))),
            ("first", span.First),
            ("past", span.Past),
            ("low", span.Low),
            ("high", span.High)
        );
        return days.SelectMany(d =>
            Enumerable
                .Range(0, Slots.PerDay)
                .Select(i => d.First + i)
                .Where(slot => slot >= span.First && slot < span.Past)
                .Select(slot => new HeldSlot(d.Resource, slot))
        );
    }
}
