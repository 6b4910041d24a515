using CloudManager.Core.Kernel;

namespace CloudManager.Core.Metering;

/// <summary>Slots of five minutes, numbered from the Unix epoch: slot n is [n × 5 min, (n + 1) × 5 min).</summary>
public static class Slots
{
    /// <summary>How many slots a day has.</summary>
    public const int PerDay = 288;

    private const long Milliseconds = 300_000;

    /// <summary>The slot the instant falls in.</summary>
    public static long Of(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds() / Milliseconds;

    /// <summary>The first instant of the slot.</summary>
    public static DateTimeOffset Start(long slot) => DateTimeOffset.FromUnixTimeMilliseconds(slot * Milliseconds);

    /// <summary>The first slot of the day in Asia/Shanghai.</summary>
    public static long OfDay(DateOnly day) => Of(China.StartOf(day));
}
