using System.Globalization;

namespace CloudManager.Adapters.Aws.Metering;

/// <summary>Slots of five minutes by number, from the first to before the past one.</summary>
internal readonly record struct SlotWindow(long First, long Past)
{
    /// <summary>How long a slot is.</summary>
    public const int Seconds = 300;

    public int Count => (int)Math.Max(0, Past - First);

    /// <summary>The slots that start in [from, until).</summary>
    public static SlotWindow Between(DateTimeOffset from, DateTimeOffset until) => new(From(from), From(until));

    /// <summary>The slot that the instant falls in.</summary>
    public static long Of(DateTimeOffset instant) => Math.DivRem(instant.ToUnixTimeSeconds(), Seconds).Quotient;

    public static DateTimeOffset Start(long slot) => DateTimeOffset.FromUnixTimeSeconds(slot * Seconds);

    /// <summary>The start of the slot as CloudWatch reads it, UTC.</summary>
    public static string Time(long slot) =>
        Start(slot).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static long From(DateTimeOffset instant) => Start(Of(instant)) < instant ? Of(instant) + 1 : Of(instant);
}
