using System.Globalization;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Resources;
using DuckDB.NET.Data;

namespace CloudManager.Storage.Metering;

/// <summary>
/// The daily summaries, of every month that was archived: all but the quantiles of a window is read from them, and all there is
/// where the samples themselves were given up. A (resource, day) of such a month that has one takes no more samples.
/// </summary>
internal static class DailySummaries
{
    /// <summary>The first slot of a day.</summary>
    public const string FirstSlot = "((day - date '1970-01-01') * 288 - 96)";

    private const string IsGivenUp = """
        exists (
            select 1 from archive a where a.file is null and d.resource >= a.low and d.resource <= a.high
                and d.day >= cast(a.month || '-01' as date)
                and d.day < cast(a.month || '-01' as date) + interval 1 month)
        """;

    /// <summary>
    /// The parts whose days are summarised and need no look at samples: all that is in the archive, unless rows came later and
    /// wait to join.
    /// </summary>
    public static List<ArchivePart> Settled(DuckDBConnection connection, SampleSpan span) =>
        [
            .. ArchivePart
                .Touching(connection, span)
                .Where(part => part.File is null || !SampleSources.HasOpen(connection, part.Span)),
        ];

    /// <summary>What windows of the same days have in these parts, by the window's place.</summary>
    public static IEnumerable<(int? Number, UseSum Use)> OfAlike(
        DuckDBConnection connection,
        WantedWindows wanted,
        IReadOnlyList<ArchivePart> parts
    ) =>
        connection.Rows(
            $"select resource, {UseSql.OfDays} from daily where {InParts(wanted.Span, parts)} group by resource",
            r => (wanted.PlaceOf(r.GetInt64(0)), UseSql.Read(r, 1))
        );

    /// <summary>What any windows have in these parts, by the window's place.</summary>
    public static IEnumerable<(int? Number, UseSum Use)> OfEach(
        DuckDBConnection connection,
        WantedWindows wanted,
        IReadOnlyList<ArchivePart> parts
    ) =>
        connection.Rows(
            $"""
            {WantedWindows.Sql}
            select w.number, {UseSql.OfDays}
            from (select *, {FirstSlot} as slot from daily where {InParts(wanted.Span, parts)}) d
            join wanted w on d.resource = w.resource and d.slot >= w.first and d.slot < w.past
            group by w.number
            """,
            r => ((int?)r.GetInt32(0), UseSql.Read(r, 1)),
            wanted.Parameters
        );

    /// <summary>The days of the span that lie in one of the parts, as a condition on resource and day.</summary>
    public static string InParts(SampleSpan span, IReadOnlyList<ArchivePart> parts) =>
        string.Join(
            " or ",
            parts.Select(part =>
            {
                var within = span.Within(part);
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"(day >= {DayOf(within.First)} and day < {DayOf(within.Past)} and resource >= {within.Low} and resource <= {within.High})"
                );
            })
        );

    /// <summary>The slots of the span that take no more samples because those of their day were given up.</summary>
    public static IEnumerable<HeldSlot> GivenUp(DuckDBConnection connection, SampleSpan span)
    {
        if (!ArchivePart.Touching(connection, span).Exists(part => part.File is null))
        {
            return [];
        }

        var days = connection.Rows(
            $"""
            select d.resource, d.day from daily d
            where d.resource >= $low and d.resource <= $high and {IsGivenUp}
                and {FirstSlot} + 288 > $first and {FirstSlot} < $past
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

    private static string DayOf(long slot) =>
        string.Create(CultureInfo.InvariantCulture, $"date '{China.Day(Slots.Start(slot)):yyyy-MM-dd}'");
}
