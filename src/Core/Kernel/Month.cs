using System.Globalization;

namespace CloudManager.Core.Kernel;

/// <summary>A calendar month of Asia/Shanghai, the days [<see cref="First"/>, <see cref="Next"/>.First).</summary>
public readonly record struct Month(int Year, int Number) : IComparable<Month>
{
    /// <summary>Its first day.</summary>
    public DateOnly First => new(Year, Number, 1);

    /// <summary>The first day after it.</summary>
    public DateOnly End => First.AddMonths(1);

    /// <summary>How many days it has, 28 to 31.</summary>
    public int Days => DateTime.DaysInMonth(Year, Number);

    public Month Next => Of(End);

    /// <summary>The month of the day.</summary>
    public static Month Of(DateOnly day) => new(day.Year, day.Month);

    /// <summary>Reads yyyy-MM; false for any other text.</summary>
    public static bool TryParse(string? text, out Month month)
    {
        var right = DateOnly.TryParseExact(
            text,
            "yyyy-MM",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        );
        month = right ? Of(day) : default;
        return right && text == month.ToString();
    }

    /// <summary>
    /// The months from <paramref name="first"/> on that are over at the instant, counting a month as over only
    /// <paramref name="after"/> its end; oldest first.
    /// </summary>
    public static IReadOnlyList<Month> Over(Month first, DateTimeOffset now, TimeSpan after)
    {
        var months = new List<Month>();
        for (var month = first; China.StartOf(month.End) + after <= now; month = month.Next)
        {
            months.Add(month);
        }

        return months;
    }

    public int CompareTo(Month other) => First.CompareTo(other.First);

    public override string ToString() => First.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public static bool operator <(Month left, Month right) => left.CompareTo(right) < 0;

    public static bool operator >(Month left, Month right) => left.CompareTo(right) > 0;

    public static bool operator <=(Month left, Month right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Month left, Month right) => left.CompareTo(right) >= 0;
}
