using System.Collections.Frozen;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Calendar;

/// <summary>
/// Working days (工作日, art. 19–23): Monday to Friday without the State Council's days off, and the weekend days it has
/// worked instead. N working days start on the day after the event and end at 23:59:59 of the N-th. An immutable
/// snapshot: a replaced table makes a new one.
/// </summary>
public sealed class WorkingDays
{
    private readonly FrozenDictionary<int, HolidayTable> _tables;

    /// <exception cref="ArgumentException">Two tables are of one year.</exception>
    public WorkingDays(IEnumerable<HolidayTable> tables)
    {
        var all = tables.ToList();
        if (all.GroupBy(table => table.Year).FirstOrDefault(year => year.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"There are {twice.Count()} tables of {twice.Key}.", nameof(tables));
        }

        _tables = all.ToFrozenDictionary(table => table.Year);
        Years = [.. _tables.Keys.Order()];
    }

    /// <summary>The years a table is there for, ascending.</summary>
    public IReadOnlyList<int> Years { get; }

    /// <summary>Whether the year has a table; without one only weekends are counted out, and people must be warned.</summary>
    public bool Knows(int year) => _tables.ContainsKey(year);

    /// <summary>Whether the day is a working day.</summary>
    public bool IsWorkingDay(DateOnly day)
    {
        var table = _tables.GetValueOrDefault(day.Year);
        return HolidayTable.IsWeekend(day) ? table?.Worked.Contains(day) is true : table?.Off.Contains(day) is not true;
    }

    /// <summary>The N-th working day after <paramref name="from"/>, which itself never counts.</summary>
    /// <param name="from">The day of the event.</param>
    /// <param name="workingDays">How many, at least 1.</param>
    public DateOnly Add(DateOnly from, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workingDays, 1);
        var day = from;
        for (var left = workingDays; left > 0; )
        {
            day = day.AddDays(1);
            left -= IsWorkingDay(day) ? 1 : 0;
        }

        return day;
    }

    /// <summary>When a period of N working days from the event is over: 23:59:59 in China on the N-th.</summary>
    /// <param name="eventAt">The instant of the event; its day is the one in China.</param>
    /// <param name="workingDays">How many, at least 1.</param>
    public DateTimeOffset DueAt(DateTimeOffset eventAt, int workingDays) =>
        China.EndOf(Add(China.Day(eventAt), workingDays));
}
