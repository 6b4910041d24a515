namespace CloudManager.Core.Kernel;

/// <summary>
/// Days, months and deadlines are those of Asia/Shanghai, UTC+8 without daylight saving since 1991; no time-zone data
/// of the machine is needed.
/// </summary>
public static class China
{
    /// <summary>The offset of Asia/Shanghai.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The zone, for schedulers.</summary>
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.CreateCustomTimeZone("Asia/Shanghai", Offset, "CST", "CST");

    /// <summary>The instant as it reads on a clock in China.</summary>
    public static DateTimeOffset Local(DateTimeOffset instant) => instant.ToOffset(Offset);

    /// <summary>The day the instant falls on.</summary>
    public static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant).DateTime);

    /// <summary>The first instant of the day.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Offset);

    /// <summary>The last second of the day, 23:59:59: what a deadline on that day means.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => new(day.ToDateTime(new TimeOnly(23, 59, 59)), Offset);

    /// <summary>The day of this clock now.</summary>
    public static DateOnly Today(this TimeProvider businessTime) => Day(businessTime.GetUtcNow());
}
