using CloudManager.Core.Kernel;

namespace CloudManager.Core.Metering;

/// <summary>Slots of five minutes, numbered from the Unix epoch: slot n is [n × 5 min, (n + 1) × 5 min).</summary>
public static class Slots
{
    /// <summary>How many slots a day has.</summary>
    public const int PerDay = 288;

    private const long Milliseconds = 300_000;
    private const long Ticks = Milliseconds * TimeSpan.TicksPerMillisecond;

    /// <summary>How long a slot is.</summary>
    public static TimeSpan Length { get; } = TimeSpan.FromMilliseconds(Milliseconds);

    /// <summary>The slot the instant falls in.</summary>
    public static long Of(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds() / Milliseconds;

    /// <summary>The first slot that starts at the instant or later.</summary>
    public static long From(DateTimeOffset instant)
    {
        var (slot, rest) = Math.DivRem(instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, Ticks);
        return rest > 0 ? slot + 1 : slot;
    }

    /// <summary>The slot that starts exactly at the instant; false where none does.</summary>
    public static bool TryExact(DateTimeOffset instant, out long slot)
    {
        (slot, var rest) = Math.DivRem(instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, Ticks);
        return rest == 0;
    }

    /// <summary>The first instant of the slot.</summary>
    public static DateTimeOffset Start(long slot) => DateTimeOffset.FromUnixTimeMilliseconds(slot * Milliseconds);

    /// <summary>The first slot of the day in Asia/Shanghai.</summary>
    public static long OfDay(DateOnly day) => Of(China.StartOf(day));
}

/// <summary>The slots [First, Past).</summary>
public readonly record struct SlotRange(long First, long Past)
{
    public long Count => Math.Max(0, Past - First);

    public bool Contains(long slot) => slot >= First && slot < Past;
}
