using CloudManager.Core.Resources;

namespace CloudManager.Core.Metering;

/// <summary>The whole days [From, Until) of Asia/Shanghai over which a server is summarised.</summary>
public sealed record DayWindow(ResourceId Resource, DateOnly From, DateOnly Until)
{
    /// <summary>How many slots the window has: what full coverage would be.</summary>
    public long Slots => (long)(Until.DayNumber - From.DayNumber) * Metering.Slots.PerDay;
}

/// <summary>Between which percentages use counts as quiet or busy, for the hours below and above.</summary>
public static class UseLevels
{
    /// <summary>Percent; a slot under it is quiet.</summary>
    public const float Quiet = 10;

    /// <summary>Percent; a slot over it is busy.</summary>
    public const float Busy = 80;
}

/// <summary>One metric over a window, in percent of what was allocated; null where nobody measured it.</summary>
/// <param name="Measured">How many slots hold a value.</param>
/// <param name="Mean">The mean of the measured values.</param>
/// <param name="P95">The nearest rank: the ⌈0.95·n⌉-th smallest of the n measured values; null also where the raw samples are
/// no longer kept.</param>
/// <param name="Max">The largest measured value.</param>
public sealed record MetricUse(long Measured, double? Mean, double? P95, double? Max)
{
    public static MetricUse None { get; } = new(0, null, null, null);

    /// <summary>The ⌈0.99·n⌉-th smallest of the n measured values.</summary>
    public double? P99 { get; init; }

    /// <summary>How many slots are under <see cref="UseLevels.Quiet"/>.</summary>
    public long Below { get; init; }

    /// <summary>How many slots are over <see cref="UseLevels.Busy"/>.</summary>
    public long Above { get; init; }
}

/// <summary>Network traffic over a window: bytes of a slot, received and sent together; null where nobody measured.</summary>
/// <param name="Measured">How many slots hold a value of either direction.</param>
/// <param name="MeanBytes">The mean of a slot.</param>
/// <param name="MaxBytes">The busiest slot.</param>
public sealed record NetworkUse(long Measured, double? MeanBytes, double? MaxBytes)
{
    public static NetworkUse None { get; } = new(0, null, null);
}

/// <summary>A server's summaries over its window.</summary>
public sealed record ServerUse(DayWindow Window, MetricUse Cpu, MetricUse Memory, MetricUse Disk)
{
    public NetworkUse Network { get; init; } = NetworkUse.None;
}

/// <summary>A server's summaries of one day of Asia/Shanghai; days nobody measured have none.</summary>
public sealed record DayUse(ResourceId Resource, DateOnly Day, MetricUse Cpu, MetricUse Memory, MetricUse Disk);

/// <summary>
/// A server's week: the means of the 168 hours, Monday 00:00 of Asia/Shanghai first, over all weeks of the window, in
/// percent; null for an hour nobody measured.
/// </summary>
public sealed record WeekUse(ResourceId Resource, IReadOnlyList<double?> Cpu, IReadOnlyList<double?> Memory)
{
    /// <summary>How many hours a week has.</summary>
    public const int Hours = 168;
}

/// <summary>Reads the course of use inside windows. Implemented by Storage/Metering.</summary>
public interface IUsageCourse
{
    /// <summary>Day by day, in order of resource and day; from the daily summaries where the raw samples are no longer kept.</summary>
    Task<IReadOnlyList<DayUse>> DaysAsync(IReadOnlyList<DayWindow> windows, CancellationToken cancellationToken);

    /// <summary>One week per window, in the order of the windows.</summary>
    Task<IReadOnlyList<WeekUse>> WeeksAsync(IReadOnlyList<DayWindow> windows, CancellationToken cancellationToken);
}

/// <summary>Reads summaries of the samples. Implemented by Storage/Metering.</summary>
public interface IUsageSummaries
{
    /// <summary>One summary per window, in the order of the windows; a server without samples has none measured.</summary>
    Task<IReadOnlyList<ServerUse>> ReadAsync(IReadOnlyList<DayWindow> windows, CancellationToken cancellationToken);
}
