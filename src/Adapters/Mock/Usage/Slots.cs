namespace CloudManager.Adapters.Mock.Usage;

/// <summary>Slots of five minutes, numbered from the Unix epoch; days and weeks are those of Asia/Shanghai.</summary>
internal static class Slots
{
    public const int PerHour = 12;
    public const int PerDay = 288;
    public const int PerWeek = 7 * PerDay;

    /// <summary>Eight hours: how far the day in Shanghai is ahead.</summary>
    private const int Ahead = 96;

    private const long Milliseconds = 300_000;

    /// <summary>How long a slot is.</summary>
    public static TimeSpan Length { get; } = TimeSpan.FromMilliseconds(Milliseconds);

    /// <summary>The first slot that starts at this instant, Unix milliseconds, or later.</summary>
    public static long From(long instant) => (instant + Milliseconds - 1) / Milliseconds;

    /// <summary>The slot this instant, Unix milliseconds, falls in.</summary>
    public static long Of(long instant) => instant / Milliseconds;

    /// <summary>The first instant of the slot.</summary>
    public static DateTimeOffset Start(long slot) =>
        new(DateTime.UnixEpoch.Ticks + (slot * Milliseconds * TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    /// <summary>The slot's first instant in Unix milliseconds.</summary>
    public static long Instant(long slot) => slot * Milliseconds;

    /// <summary>The slot that starts the day of this instant.</summary>
    public static long Midnight(long instant)
    {
        var slot = Of(instant);
        return slot - ((slot + Ahead) % PerDay);
    }

    /// <summary>The slot's day since the epoch.</summary>
    public static long Day(long slot) => (slot + Ahead) / PerDay;

    /// <summary>The slot's place in its week, from Monday 00:00.</summary>
    public static int OfWeek(long slot) => (int)(((Day(slot) + 3) % 7 * PerDay) + ((slot + Ahead) % PerDay));
}
