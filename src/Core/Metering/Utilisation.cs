using CloudManager.Core.Pools;
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

/// <summary>What utilisation is shown by.</summary>
public enum UtilisationBy
{
    Resource,
    System,
    Tenant,
    Pool,
}

/// <summary>One metric of a row of the utilisation report (使用率, art. 22, 25).</summary>
/// <param name="Mean">Percent of what was allocated; null where nobody measured.</param>
/// <param name="P95">Percent; of a roll-up the capacity-weighted mean of its servers' p95.</param>
/// <param name="Max">Percent; of a roll-up the largest of its servers.</param>
/// <param name="Coverage">The share of the slots in service that hold a value, 0 to 1.</param>
public sealed record Utilisation(double? Mean, double? P95, double? Max, double Coverage);

/// <summary>One row of the utilisation report: a server, or the capacity-weighted roll-up of servers.</summary>
public sealed record UtilisationRow
{
    /// <summary>The server; null for a roll-up.</summary>
    public ResourceId? Resource { get; init; }

    /// <summary>The system's code; null for a roll-up by tenant or pool.</summary>
    public string? System { get; init; }

    /// <summary>The tenant's code; null for a roll-up by pool.</summary>
    public string? Tenant { get; init; }

    /// <summary>The pool; null for a roll-up by system or tenant.</summary>
    public PoolId? Pool { get; init; }

    /// <summary>How many servers in service it holds.</summary>
    public required int Resources { get; init; }

    /// <summary>How many of them have no value of any metric and so are in none of the numbers.</summary>
    public required int LeftOut { get; init; }

    /// <summary>The cores of its servers.</summary>
    public required long Vcpus { get; init; }

    /// <summary>The memory of its servers, GiB.</summary>
    public required long MemoryGiB { get; init; }

    public required Utilisation Cpu { get; init; }
    public required Utilisation Memory { get; init; }
    public required Utilisation Disk { get; init; }
}

/// <summary>Which servers and days a utilisation report is about; null members do not bound.</summary>
/// <param name="By">What a row stands for.</param>
/// <param name="From">First day.</param>
/// <param name="Until">The day after the last; days that are not over yet are left out.</param>
public sealed record UtilisationQuery(UtilisationBy By, DateOnly From, DateOnly Until)
{
    public string? Tenant { get; init; }
    public string? Provider { get; init; }
    public string? Region { get; init; }
}

/// <summary>The utilisation report (使用率, art. 22, 25) over servers in service. Implemented by Metering.</summary>
public interface IUtilisation
{
    /// <summary>Rows in order of their key.</summary>
    Task<IReadOnlyList<UtilisationRow>> ReadAsync(UtilisationQuery query, CancellationToken cancellationToken);

    /// <summary>The same by each of these keys, in their order, looking at the samples once; not by the query's own.</summary>
    Task<IReadOnlyList<IReadOnlyList<UtilisationRow>>> ReadAsync(
        UtilisationQuery query,
        IReadOnlyList<UtilisationBy> keys,
        CancellationToken cancellationToken
    );
}
