using CloudManager.Core.Kernel;

namespace CloudManager.Core.Calendar;

/// <summary>
/// Periods in calendar days and months (自然日, 月; art. 15, 17, 19). The day of the event does not count; the period is
/// over at 23:59:59 in China on its last day.
/// </summary>
public static class CalendarPeriods
{
    /// <summary>When a period of N days from the event is over.</summary>
    /// <param name="eventAt">The instant of the event; its day is the one in China.</param>
    /// <param name="days">How many, at least 1.</param>
    public static DateTimeOffset DueAfterDays(DateTimeOffset eventAt, int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        return China.EndOf(China.Day(eventAt).AddDays(days));
    }

    /// <summary>
    /// When a period of N months from the event is over: on the same day number, or on the month's last day where the
    /// month has no such day.
    /// </summary>
    /// <param name="eventAt">The instant of the event; its day is the one in China.</param>
    /// <param name="months">How many, at least 1.</param>
    public static DateTimeOffset DueAfterMonths(DateTimeOffset eventAt, int months)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        return China.EndOf(China.Day(eventAt).AddMonths(months));
    }
}
