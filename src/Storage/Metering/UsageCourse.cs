using CloudManager.Core.Metering;
using CloudManager.Core.Resources;
using DuckDB.NET.Data;

namespace CloudManager.Storage.Metering;

/// <summary>
/// The course of use by days and by hours of the week, in DuckDB. Days of archived months are read from their daily
/// summaries where no samples came later; weeks are known only of samples that are still kept.
/// </summary>
internal sealed class UsageCourse(MetricsFile file) : IUsageCourse
{
    /// <summary>How many windows are looked at together.</summary>
    private const int Together = 2_000;

    public async Task<IReadOnlyList<DayUse>> DaysAsync(
        IReadOnlyList<DayWindow> windows,
        CancellationToken cancellationToken
    )
    {
        var days = new List<DayUse>();
        foreach (var part in windows.Chunk(Together))
        {
            days.AddRange(await file.ReadAsync(c => Days(c, part), cancellationToken));
        }

        return days;
    }

    public async Task<IReadOnlyList<WeekUse>> WeeksAsync(
        IReadOnlyList<DayWindow> windows,
        CancellationToken cancellationToken
    )
    {
        var weeks = new List<WeekUse>(windows.Count);
        foreach (var part in windows.Chunk(Together))
        {
            weeks.AddRange(await file.ReadAsync(c => Weeks(c, part), cancellationToken));
        }

        return weeks;
    }

    private IEnumerable<DayUse> Days(DuckDBConnection connection, DayWindow[] windows)
    {
        var wanted = new WantedWindows(windows);
        var settled = DailySummaries.Settled(connection, wanted.Span);
        var days = settled.Count == 0 ? [] : Summarised(connection, settled, wanted);
        var sources = SampleSources.Find(connection, file.ArchiveFolder, wanted.Span, without: settled);
        days.AddRange(
            connection.Rows(
                $"""
                {WantedWindows.Sql}
                select s.resource, {UseSql.Day} as day, {UseSql.OfRows(sources.Common)}
                from ({sources.Stored}) s
                where exists (
                    select 1 from wanted w where s.resource = w.resource and s.slot >= w.first and s.slot < w.past)
                group by all
                """,
                Day,
                wanted.Parameters
            )
        );
        return days.OrderBy(d => d.Resource.Number).ThenBy(d => d.Day);
    }

    private static List<DayUse> Summarised(
        DuckDBConnection connection,
        IReadOnlyList<ArchivePart> parts,
        WantedWindows wanted
    ) =>
        connection.Rows(
            $"""
            {WantedWindows.Sql}
            select d.resource, d.day, {UseSql.OfDay}
            from (
                select *, {DailySummaries.FirstSlot} as slot from daily
                where {DailySummaries.InParts(wanted.Span, parts)}) d
            where exists (
                select 1 from wanted w where d.resource = w.resource and d.slot >= w.first and d.slot < w.past)
            """,
            Day,
            wanted.Parameters
        );

    private IEnumerable<WeekUse> Weeks(DuckDBConnection connection, DayWindow[] windows)
    {
        var wanted = new WantedWindows(windows);
        var sources = SampleSources.Find(connection, file.ArchiveFolder, wanted.Span);

        // The day of slot 0 was a Thursday: Monday 00:00 lies 72 hours before it.
        var hours = connection.Rows(
            $"""
            {WantedWindows.Sql}
            select w.number, ((s.slot + 96) // 12 + 72) % 168 as hour,
                {UseSql.Mean("cpu", sources.Common.Cpu)}, {UseSql.Mean("memory", sources.Common.Memory)}
            from ({sources.Stored}) s
            join wanted w on s.resource = w.resource and s.slot >= w.first and s.slot < w.past
            group by all
            """,
            r => (Number: r.GetInt32(0), Hour: (int)r.GetInt64(1), Cpu: Mean(r, 2), Memory: Mean(r, 4)),
            wanted.Parameters
        );
        var byWindow = hours.ToLookup(h => h.Number);
        return windows.Select((w, i) => Week(w, byWindow[i]));
    }

    private static WeekUse Week(
        DayWindow window,
        IEnumerable<(int Number, int Hour, double? Cpu, double? Memory)> hours
    )
    {
        var (cpu, memory) = (new double?[WeekUse.Hours], new double?[WeekUse.Hours]);
        foreach (var hour in hours)
        {
            (cpu[hour.Hour], memory[hour.Hour]) = (hour.Cpu, hour.Memory);
        }

        return new WeekUse(window.Resource, cpu, memory);
    }

    private static DayUse Day(DuckDBDataReader reader)
    {
        var use = UseSql.Read(reader, 2);
        return new(
            new ResourceId(reader.GetInt64(0)),
            reader.GetFieldValue<DateOnly>(1),
            use.Cpu.ToUse(),
            use.Memory.ToUse(),
            use.Disk.ToUse()
        );
    }

    private static double? Mean(DuckDBDataReader reader, int column) =>
        reader.GetInt64(column) is var measured and > 0
            ? new MetricSum(measured, reader.GetInt64(column + 1), 0).ToUse().Mean
            : null;
}
