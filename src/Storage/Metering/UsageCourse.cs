using CloudManager.Core.Metering;
using CloudManager.Core.Resources;
using DuckDB.NET.Data;

namespace CloudManager.Storage.Metering;

/// <summary>The course of use by days and by hours of the week, in DuckDB.</summary>
internal sealed class UsageCourse(MetricsFile file) : IUsageCourse
{
    /// <summary>How many windows are looked at together.</summary>
    private const int Together = 2_000;

    // Slot 0 is 08:00 of Thursday, 1970-01-01, in China: a day is 288 slots, 96 of which came before; Monday 00:00 lies 72
    // hours before that day's.
    private const string Days = """
        with wanted as (
            select unnest($resources) as resource, unnest($firsts) as first, unnest($pasts) as past)
        select s.resource, (s.slot + 96) // 288 as day,
            count(s.cpu), sum(cast(cast(s.cpu as double) as decimal(18, 6))), quantile_disc(s.cpu, 0.95), max(s.cpu),
            count(s.memory), sum(cast(cast(s.memory as double) as decimal(18, 6))), quantile_disc(s.memory, 0.95),
            max(s.memory),
            count(s.disk), sum(cast(cast(s.disk as double) as decimal(18, 6))), quantile_disc(s.disk, 0.95), max(s.disk)
        from sample s
        join wanted w on s.resource = w.resource and s.slot >= w.first and s.slot < w.past
        where s.slot >= $first and s.slot < $past and s.resource >= $low and s.resource <= $high
        group by all order by 1, 2
        """;

    private const string Weeks = """
        with wanted as (
            select unnest($numbers) as number, unnest($resources) as resource,
                unnest($firsts) as first, unnest($pasts) as past)
        select w.number, ((s.slot + 96) // 12 + 72) % 168 as hour,
            count(s.cpu), sum(cast(cast(s.cpu as double) as decimal(18, 6))),
            count(s.memory), sum(cast(cast(s.memory as double) as decimal(18, 6)))
        from sample s
        join wanted w on s.resource = w.resource and s.slot >= w.first and s.slot < w.past
        where s.slot >= $first and s.slot < $past and s.resource >= $low and s.resource <= $high
        group by all
        """;

    public async Task<IReadOnlyList<DayUse>> DaysAsync(
        IReadOnlyList<DayWindow> windows,
        CancellationToken cancellationToken
    )
    {
        var days = new List<DayUse>();
        foreach (var part in windows.Chunk(Together))
        {
            days.AddRange(await file.ReadAsync(c => c.Rows(Days, Day, Wanted(part, false)), cancellationToken));
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
            var hours = await file.ReadAsync(
                c =>
                    c.Rows(
                        Weeks,
                        r => (Number: r.GetInt32(0), Hour: (int)r.GetInt64(1), Cpu: Mean(r, 2), Memory: Mean(r, 4)),
                        Wanted(part, true)
                    ),
                cancellationToken
            );
            var byWindow = hours.ToLookup(h => h.Number);
            weeks.AddRange(part.Select((w, i) => Week(w, byWindow[i])));
        }

        return weeks;
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

    private static (string Name, object Value)[] Wanted(DayWindow[] windows, bool isNumbered)
    {
        var firsts = windows.Select(w => Slots.OfDay(w.From)).ToList();
        var pasts = windows.Select(w => Slots.OfDay(w.Until)).ToList();
        var resources = windows.Select(w => w.Resource.Number).ToList();
        (string, object)[] values =
        [
            ("resources", resources),
            ("firsts", firsts),
            ("pasts", pasts),
            ("first", firsts.Min()),
            ("past", pasts.Max()),
            ("low", resources.Min()),
            ("high", resources.Max()),
        ];
        return isNumbered ? [("numbers", Enumerable.Range(0, windows.Length).ToList()), .. values] : values;
    }

    private static DayUse Day(DuckDBDataReader reader) =>
        new(
            new ResourceId(reader.GetInt64(0)),
            DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)reader.GetInt64(1)),
            Metric(reader, 2),
            Metric(reader, 6),
            Metric(reader, 10)
        );

    private static MetricUse Metric(DuckDBDataReader reader, int column) =>
        reader.GetInt64(column) == 0
            ? MetricUse.None
            : new MetricUse(
                reader.GetInt64(column),
                Mean(reader, column),
                Measured.Widen(reader.GetFloat(column + 2)),
                Measured.Widen(reader.GetFloat(column + 3))
            );

    private static double? Mean(DuckDBDataReader reader, int column)
    {
        var measured = reader.GetInt64(column);
        return measured == 0 ? null : (double)(reader.GetDecimal(column + 1) / measured);
    }
}
