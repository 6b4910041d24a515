using CloudManager.Core.Pools;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Metering;

/// <summary>What utilisation is shown by.</summary>
public enum UtilisationBy
{
    Resource,
    System,
    Tenant,
    Pool,

    /// <summary>Volumes: what is allocated, and how full the disk of the server is that they are attached to.</summary>
    Volume,

    /// <summary>The city or county (市州) of the resources.</summary>
    Region,

    /// <summary>All of the province (省).</summary>
    Province,
}

/// <summary>How long the stretches are that each have a row of their own: whole days of Asia/Shanghai.</summary>
public enum UtilisationStep
{
    Day,

    /// <summary>From Monday on; the first and the last are cut where the window is.</summary>
    Week,

    /// <summary>Calendar months; the first and the last are cut where the window is.</summary>
    Month,
}

/// <summary>One metric of a row of the utilisation report (使用率, art. 22, 25).</summary>
/// <param name="Mean">Percent of what was allocated; null where nobody measured.</param>
/// <param name="P95">Percent; of a roll-up the capacity-weighted mean of its servers' p95.</param>
/// <param name="Max">Percent; of a roll-up the largest of its servers.</param>
/// <param name="Coverage">The share of the slots in service that hold a value, 0 to 1.</param>
public sealed record Utilisation(double? Mean, double? P95, double? Max, double Coverage)
{
    /// <summary>Percent; of a roll-up the capacity-weighted mean of its servers' p99.</summary>
    public double? P99 { get; init; }

    /// <summary>Hours over 80 %, of a roll-up those of all its servers together; null where nobody measured.</summary>
    public double? HoursAbove { get; init; }

    /// <summary>Hours under 10 %, of a roll-up those of all its servers together; null where nobody measured.</summary>
    public double? HoursBelow { get; init; }

    /// <summary>How many slots hold a value, of a roll-up those of all its servers together.</summary>
    public long Measured { get; init; }
}

/// <summary>One row of the utilisation report: a server or volume, or the capacity-weighted roll-up of servers.</summary>
public sealed record UtilisationRow
{
    /// <summary>The server or volume; null for a roll-up.</summary>
    public ResourceId? Resource { get; init; }

    /// <summary>The system's code; null for a roll-up by anything else.</summary>
    public string? System { get; init; }

    /// <summary>The tenant's code; null for a roll-up by pool, region or province.</summary>
    public string? Tenant { get; init; }

    /// <summary>The pool; null for a roll-up by anything else.</summary>
    public PoolId? Pool { get; init; }

    /// <summary>The region's code, of a roll-up by region.</summary>
    public string? Region { get; init; }

    /// <summary>The province's code, of a roll-up by province.</summary>
    public string? Province { get; init; }

    /// <summary>The server that a volume is attached to; null for one that is not, and for anything else.</summary>
    public ResourceId? AttachedTo { get; init; }

    /// <summary>What a volume has, GiB; null for anything else.</summary>
    public int? AllocatedGiB { get; init; }

    /// <summary>The days the row is about that are over.</summary>
    public (DateOnly From, DateOnly Until) Window { get; init; }

    /// <summary>How many servers in service it holds.</summary>
    public required int Resources { get; init; }

    /// <summary>How many of them have no value of any metric and so are in none of the numbers.</summary>
    public required int LeftOut { get; init; }

    /// <summary>The cores of those.</summary>
    public long LeftOutVcpus { get; init; }

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
    public string? System { get; init; }
    public PoolId? Pool { get; init; }

    /// <summary>Null: one row for the whole window.</summary>
    public UtilisationStep? Step { get; init; }
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
