using CloudManager.Core.Calendar;
using CloudManager.Core.Kernel;
using CsCheck;

namespace CloudManager.Core.Tests.Calendar;

public sealed class WorkingDaysTests
{
    private static readonly WorkingDays Days = new(HolidayTable.BuiltIn);

    private static readonly Gen<DateOnly> AnyDay = Gen.Int[0, (365 * 5) - 1]
        .Select(offset => new DateOnly(2023, 1, 1).AddDays(offset));

    [Theory]
    // 2024
    [InlineData("a make-up Sunday before Spring Festival counts", "2024-01-31T09:00:00+08:00", 5, "2024-02-06")]
    [InlineData("the make-up Sunday is the first day", "2024-02-02T10:00:00+08:00", 5, "2024-02-08")]
    [InlineData("New Year's Eve is worked, then the week off", "2024-02-08T17:30:00+08:00", 3, "2024-02-19")]
    [InlineData("from a Saturday to the worked Sunday", "2024-02-03T12:00:00+08:00", 1, "2024-02-04")]
    [InlineData("an event on a make-up Sunday does not count", "2024-02-04T12:00:00+08:00", 1, "2024-02-05")]
    [InlineData("from within Spring Festival", "2024-02-12T00:00:00+08:00", 5, "2024-02-22")]
    [InlineData("Tomb-Sweeping Day with a worked Sunday", "2024-04-03T08:00:00+08:00", 2, "2024-04-08")]
    [InlineData("Labour Day with a worked Sunday before", "2024-04-26T08:00:00+08:00", 5, "2024-05-07")]
    [InlineData("a worked Saturday after Labour Day", "2024-05-10T08:00:00+08:00", 1, "2024-05-11")]
    [InlineData("Mid-Autumn with a worked Saturday", "2024-09-13T08:00:00+08:00", 5, "2024-09-23")]
    [InlineData("National Day from the Friday before", "2024-09-27T08:00:00+08:00", 5, "2024-10-10")]
    [InlineData("National Day ending on a worked Saturday", "2024-09-30T08:00:00+08:00", 5, "2024-10-12")]
    [InlineData("New Year's Day is off", "2024-12-31T18:00:00+08:00", 1, "2025-01-02")]
    // 2025
    [InlineData("a make-up Sunday, then Spring Festival", "2025-01-24T09:00:00+08:00", 5, "2025-02-07")]
    [InlineData("the make-up Saturday after Spring Festival", "2025-01-27T09:00:00+08:00", 5, "2025-02-10")]
    [InlineData("an event on a make-up Saturday", "2025-02-08T09:00:00+08:00", 3, "2025-02-12")]
    [InlineData("Labour Day of five days", "2025-04-25T09:00:00+08:00", 5, "2025-05-06")]
    [InlineData("Dragon Boat Monday", "2025-05-30T09:00:00+08:00", 1, "2025-06-03")]
    [InlineData("National Day and Mid-Autumn in one", "2025-09-26T09:00:00+08:00", 5, "2025-10-10")]
    [InlineData("the last day before eight days off", "2025-09-30T09:00:00+08:00", 5, "2025-10-14")]
    [InlineData("due on a worked Saturday", "2025-10-09T09:00:00+08:00", 2, "2025-10-11")]
    [InlineData("over New Year into a worked Sunday", "2025-12-30T09:00:00+08:00", 5, "2026-01-07")]
    // 2026
    [InlineData("a make-up Saturday before Spring Festival", "2026-02-12T09:00:00+08:00", 5, "2026-02-26")]
    [InlineData("the make-up Saturday is the first day", "2026-02-13T09:00:00+08:00", 5, "2026-02-27")]
    [InlineData("due on the make-up Saturday", "2026-02-25T09:00:00+08:00", 3, "2026-02-28")]
    [InlineData("fifteen days across Spring Festival", "2026-02-06T09:00:00+08:00", 15, "2026-03-05")]
    [InlineData("Tomb-Sweeping Monday", "2026-04-03T09:00:00+08:00", 1, "2026-04-07")]
    [InlineData("Labour Day and a worked Saturday", "2026-04-30T09:00:00+08:00", 5, "2026-05-11")]
    [InlineData("Dragon Boat Friday", "2026-06-18T09:00:00+08:00", 1, "2026-06-22")]
    [InlineData("a worked Sunday in September", "2026-09-18T09:00:00+08:00", 5, "2026-09-24")]
    [InlineData("Mid-Autumn Friday", "2026-09-24T09:00:00+08:00", 1, "2026-09-28")]
    [InlineData("submitted on the eve of National Day", "2026-09-30T10:00:00+08:00", 5, "2026-10-13")]
    [InlineData("a worked Saturday after National Day", "2026-10-09T09:00:00+08:00", 1, "2026-10-10")]
    // Days are China's.
    [InlineData("the last second still is that day", "2026-09-29T23:59:59+08:00", 5, "2026-10-12")]
    [InlineData("the same last second in UTC", "2026-09-29T15:59:59Z", 5, "2026-10-12")]
    [InlineData("16:30Z is the next day in China", "2026-09-29T16:30:00Z", 5, "2026-10-13")]
    [InlineData("16:30Z of a Friday is Saturday", "2025-01-24T16:30:00Z", 1, "2025-01-26")]
    [InlineData("16:30Z of New Year's Eve is New Year", "2024-12-31T16:30:00Z", 1, "2025-01-02")]
    // Years without a table.
    [InlineData("2027 has no table: weekends only", "2026-12-31T09:00:00+08:00", 1, "2027-01-01")]
    [InlineData("out of a year without table", "2023-12-29T09:00:00+08:00", 1, "2024-01-02")]
    public void Art19_a_period_ends_with_the_last_second_of_its_nth_working_day(
        string because,
        string eventAt,
        int workingDays,
        string due
    )
    {
        var actual = Days.DueAt(DateTimeOffset.Parse(eventAt), workingDays);

        Assert.True(DateTimeOffset.Parse($"{due}T23:59:59+08:00") == actual, $"{because}: {actual:O}");
        Assert.Equal(China.Offset, actual.Offset);
    }

    [Theory]
    [InlineData("an ordinary Wednesday", "2026-03-11", true)]
    [InlineData("an ordinary Sunday", "2026-03-15", false)]
    [InlineData("a Monday off", "2026-02-23", false)]
    [InlineData("a Sunday worked", "2026-01-04", true)]
    [InlineData("National Day on a Sunday of a year without table", "2028-10-01", false)]
    public void A_working_day_is_one_by_the_table(string because, string day, bool expected) =>
        Assert.True(expected == Days.IsWorkingDay(DateOnly.Parse(day)), because);

    [Fact]
    public void Knows_the_three_years_it_was_shipped_with_and_no_other()
    {
        Assert.Equal([2024, 2025, 2026], Days.Years);
        Assert.True(Days.Knows(2025));
        Assert.False(Days.Knows(2023));
        Assert.False(Days.Knows(2027));
    }

    [Theory]
    // Counted from a wall calendar and the notices: Monday to Friday, minus days off, plus make-up days.
    [InlineData(2024, 262 - 19 + 8)]
    [InlineData(2025, 261 - 18 + 5)]
    [InlineData(2026, 261 - 19 + 6)]
    public void A_year_has_as_many_working_days_as_the_notice_leaves(int year, int expected)
    {
        var first = new DateOnly(year, 1, 1);

        var count = Enumerable
            .Range(0, first.AddYears(1).DayNumber - first.DayNumber)
            .Count(offset => Days.IsWorkingDay(first.AddDays(offset)));

        Assert.Equal(expected, count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Refuses_a_period_of_no_days(int workingDays) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Days.Add(new DateOnly(2026, 1, 5), workingDays));

    [Fact]
    public void Refuses_two_tables_of_one_year() =>
        Assert.Throws<ArgumentException>(() => new WorkingDays([.. HolidayTable.BuiltIn, HolidayTable.BuiltIn[0]]));

    [Fact]
    public void Counts_exactly_n_working_days_and_ends_on_one() =>
        Gen.Select(AnyDay, Gen.Int[1, 60])
            .Sample(
                (from, n) =>
                {
                    var end = Days.Add(from, n);
                    var counted = Enumerable
                        .Range(1, end.DayNumber - from.DayNumber)
                        .Count(offset => Days.IsWorkingDay(from.AddDays(offset)));
                    return Days.IsWorkingDay(end) && counted == n;
                }
            );

    [Fact]
    public void A_later_start_or_a_longer_period_never_ends_earlier() =>
        Gen.Select(AnyDay, Gen.Int[0, 40], Gen.Int[1, 60])
            .Sample(
                (from, later, n) =>
                    Days.Add(from, n) <= Days.Add(from.AddDays(later), n) && Days.Add(from, n) < Days.Add(from, n + 1)
            );
}
