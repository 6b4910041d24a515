using System.Globalization;

namespace CloudManager.Cli.Story;

/// <summary>The days of the story, in China's time.</summary>
internal sealed record StoryDays(DateOnly Month)
{
    private const int DeliveryDay = 12;
    private const int ConfirmationDay = 14;
    private const int LateDeliveryDay = 20;
    private const int LateConfirmationDay = 3;
    private const int EndDay = 2;
    private static readonly TimeSpan China = TimeSpan.FromHours(8);
    private static readonly TimeOnly Morning = new(9, 0);

    /// <summary>The story whose first delivery is on the first 12th, 9 o'clock, after an instant.</summary>
    public static StoryDays After(DateTimeOffset instant)
    {
        var local = instant.ToOffset(China);
        var first = new DateOnly(local.Year, local.Month, 1);
        var days = new StoryDays(first);
        return instant < days.DeliveryAt ? days : new StoryDays(first.AddMonths(1));
    }

    public DateOnly Delivered => On(0, DeliveryDay);

    public DateOnly LateDelivered => On(0, LateDeliveryDay);

    /// <summary>The first day after the story's month.</summary>
    public DateOnly MonthEnd => Month.AddMonths(1);

    public DateTimeOffset DeliveryAt => At(Delivered);

    public DateTimeOffset ConfirmationAt => At(On(0, ConfirmationDay));

    public DateTimeOffset LateDeliveryAt => At(LateDelivered);

    /// <summary>After the month was closed.</summary>
    public DateTimeOffset LateConfirmationAt => At(On(1, LateConfirmationDay));

    /// <summary>When the month after is closed too.</summary>
    public DateTimeOffset EndAt => At(On(2, EndDay));

    /// <summary>yyyy-MM of the story's month.</summary>
    public string MonthText => Text(Month);

    /// <summary>yyyy-MM of the month after.</summary>
    public string NextMonthText => Text(MonthEnd);

    private DateOnly On(int months, int day) => Month.AddMonths(months).AddDays(day - 1);

    private static string Text(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static DateTimeOffset At(DateOnly day) => new(day, Morning, China);
}
