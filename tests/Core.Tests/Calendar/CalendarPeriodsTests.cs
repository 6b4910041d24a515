using CloudManager.Core.Calendar;

namespace CloudManager.Core.Tests.Calendar;

public sealed class CalendarPeriodsTests
{
    [Theory]
    [InlineData("thirty days of a test period", "2026-03-10T09:00:00+08:00", 30, "2026-04-09")]
    [InlineData("holidays count like any day", "2026-02-10T09:00:00+08:00", 10, "2026-02-20")]
    [InlineData("across the end of February of a leap year", "2024-02-28T23:59:59+08:00", 2, "2024-03-01")]
    [InlineData("across the year", "2025-12-31T09:00:00+08:00", 30, "2026-01-30")]
    [InlineData("16:30Z is the next day in China", "2026-03-10T16:30:00Z", 30, "2026-04-10")]
    public void Art19_a_period_in_days_leaves_out_its_first_day(string because, string eventAt, int days, string due) =>
        Assert.True(
            DateTimeOffset.Parse($"{due}T23:59:59+08:00")
                == CalendarPeriods.DueAfterDays(DateTimeOffset.Parse(eventAt), days),
            because
        );

    [Theory]
    [InlineData("the same day number", "2026-03-10T09:00:00+08:00", 3, "2026-06-10")]
    [InlineData("no 31st in June: its last day", "2026-03-31T09:00:00+08:00", 3, "2026-06-30")]
    [InlineData("no 30th in February: its last day", "2025-11-30T09:00:00+08:00", 3, "2026-02-28")]
    [InlineData("the leap day", "2023-11-30T09:00:00+08:00", 3, "2024-02-29")]
    [InlineData("from the last day of February, not the month's last", "2026-02-28T09:00:00+08:00", 6, "2026-08-28")]
    [InlineData("16:30Z of the 30th is the 31st in China", "2026-03-30T16:30:00Z", 6, "2026-09-30")]
    public void Art15_a_period_in_months_ends_on_its_day_number(
        string because,
        string eventAt,
        int months,
        string due
    ) =>
        Assert.True(
            DateTimeOffset.Parse($"{due}T23:59:59+08:00")
                == CalendarPeriods.DueAfterMonths(DateTimeOffset.Parse(eventAt), months),
            because
        );

    [Fact]
    public void Refuses_an_empty_period()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CalendarPeriods.DueAfterDays(DateTimeOffset.UnixEpoch, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CalendarPeriods.DueAfterMonths(DateTimeOffset.UnixEpoch, 0));
    }
}
