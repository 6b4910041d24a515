using System.Globalization;

namespace CloudManager.Core.Billing;

/// <summary>Service period (服务周期, art. 41): 1 September to 31 August, named by the year it ends.</summary>
internal static class ServiceYear
{
    /// <summary>The period that holds the day, e.g. <c>2027</c>.</summary>
    public static string Of(DateOnly day) => EndingYear(day).ToString(CultureInfo.InvariantCulture);

    /// <summary>How many days the period that holds the day has: 365, or 366 with a 29 February.</summary>
    public static int DaysOf(DateOnly day)
    {
        var year = EndingYear(day);
        return new DateOnly(year, 9, 1).DayNumber - new DateOnly(year - 1, 9, 1).DayNumber;
    }

    private static int EndingYear(DateOnly day) => day.Month >= 9 ? day.Year + 1 : day.Year;
}
