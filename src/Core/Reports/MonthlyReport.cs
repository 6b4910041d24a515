using CloudManager.Core.Kernel;

namespace CloudManager.Core.Reports;

/// <summary>
/// Monthly report (运行月报, art. 25): how the government cloud ran and was used in one month, as the technical
/// department reports it to the authority. It is read once, after the month's close, and then never changes.
/// </summary>
public sealed record MonthlyReport
{
    public required string Id { get; init; }
    public required ReportKind Kind { get; init; }

    /// <summary>The month, yyyy-MM.</summary>
    public required string Period { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The day after the last.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>The business instant at which it was read and frozen.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The province's name; the installation's where no province is on record.</summary>
    public required string Province { get; init; }

    /// <summary>The name of this installation.</summary>
    public required string Installation { get; init; }

    public required IReadOnlyList<PoolFigures> Pools { get; init; }
    public required Rankings Ranking { get; init; }
    public required RequestFigures Requests { get; init; }
    public required ChangeFigures Changes { get; init; }
    public required CostFigures Cost { get; init; }

    /// <summary>What is left out, and why.</summary>
    public required IReadOnlyList<Bilingual> Notes { get; init; }
}

/// <summary>A thing by code and by the name people see.</summary>
public sealed record Named(string Code, string Name);

/// <summary>One pool (资源池运行情况, art. 25): what it holds and how what is in service on it was used.</summary>
public sealed record PoolFigures
{
    public required string Pool { get; init; }
    public required string Name { get; init; }

    /// <summary>Who runs it; null for a pool that is no longer declared.</summary>
    public required Named? Provider { get; init; }

    /// <summary>Where it is; null for a pool that is no longer declared.</summary>
    public required Named? Region { get; init; }

    /// <summary>new, legacy, industry or municipal; null for a pool that is no longer declared.</summary>
    public required string? Kind { get; init; }

    /// <summary>What it holds as it said when the report was made; null where it said nothing.</summary>
    public required CapacityFigures? Capacity { get; init; }

    /// <summary>Why there is no capacity; null where there is.</summary>
    public required Bilingual? CapacityMissing { get; init; }

    /// <summary>Servers in service on the month's last day.</summary>
    public required long Servers { get; init; }

    /// <summary>Use over the month; null where no server was in service.</summary>
    public required UseFigures? Use { get; init; }
}

/// <summary>What a pool holds and how much of it is given out.</summary>
/// <param name="Vcpus">Cores.</param>
/// <param name="MemoryGiB">Memory, GiB.</param>
/// <param name="StorageGiB">Block storage, GiB.</param>
public sealed record CapacityFigures(CapacityPart Vcpus, CapacityPart MemoryGiB, CapacityPart StorageGiB);

/// <summary>One part of a capacity; a number the cloud does not tell is null.</summary>
public sealed record CapacityPart(long? Total, long? Used);

/// <summary>Use (使用率, art. 22) of the servers in service, weighted by capacity.</summary>
/// <param name="Servers">How many servers were in service on a day of the month.</param>
/// <param name="LeftOut">How many of them nobody measured; they are in none of the numbers.</param>
/// <param name="Cpu">Percent of the cores.</param>
/// <param name="Memory">Percent of the memory.</param>
/// <param name="Disk">Percent of the disks.</param>
public sealed record UseFigures(int Servers, int LeftOut, MetricFigures Cpu, MetricFigures Memory, MetricFigures Disk);

/// <summary>One metric over the month; null where nobody measured it.</summary>
/// <param name="Mean">Percent.</param>
/// <param name="P95">Percent; the nearest rank, of several servers weighted by capacity.</param>
/// <param name="Max">Percent; of several servers the largest.</param>
/// <param name="Coverage">The share of the slots in service that hold a value, 0 to 1.</param>
public sealed record MetricFigures(double? Mean, double? P95, double? Max, double Coverage);

/// <summary>Circular of use (使用效率通报, art. 22(1)): who uses most and least of what was allocated.</summary>
public sealed record Rankings(Ranking Tenants, Ranking Systems);

/// <summary>One ranking by mean CPU use.</summary>
/// <param name="Highest">The highest, at most 10, highest first.</param>
/// <param name="Lowest">The lowest, at most 10, lowest first.</param>
/// <param name="Insufficient">Those measured in less than 80 % of their time: missing data is never low use.</param>
public sealed record Ranking(
    IReadOnlyList<RankedUse> Highest,
    IReadOnlyList<RankedUse> Lowest,
    IReadOnlyList<RankedUse> Insufficient
);

/// <summary>One tenant or system with its use.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Tenant">The tenant of a system; null for a tenant.</param>
/// <param name="Use">How it used what it has.</param>
public sealed record RankedUse(string Code, string Name, Named? Tenant, UseFigures Use);

/// <summary>Resources that came, went and were changed in the month.</summary>
public sealed record ChangeFigures(ChangeCount Total, IReadOnlyList<PoolChanges> ByPool);

/// <summary>The changes on one pool.</summary>
public sealed record PoolChanges(string Pool, ChangeCount Count);

/// <summary>How much came and went.</summary>
/// <param name="Entered">Whose service was confirmed in the month, from whatever day on.</param>
/// <param name="Ended">Whose service ended on a day of the month.</param>
/// <param name="Changed">Completed change orders (变更工单, art. 20).</param>
public sealed record ChangeCount(SizeFigures Entered, SizeFigures Ended, long Changed)
{
    /// <summary>What came less what went.</summary>
    public SizeFigures Net => Entered.Plus(Ended.Negated);

    public static ChangeCount None { get; } = new(SizeFigures.None, SizeFigures.None, 0);

    public ChangeCount Plus(ChangeCount other) =>
        new(Entered.Plus(other.Entered), Ended.Plus(other.Ended), Changed + other.Changed);
}

/// <summary>Resources with their size.</summary>
/// <param name="Resources">How many, of every kind.</param>
/// <param name="Vcpus">Cores of the servers among them.</param>
/// <param name="MemoryGiB">Memory of the servers, GiB.</param>
/// <param name="StorageGiB">Volumes and system disks, GiB.</param>
public sealed record SizeFigures(long Resources, long Vcpus, long MemoryGiB, long StorageGiB)
{
    public static SizeFigures None { get; } = new(0, 0, 0, 0);

    internal SizeFigures Negated => new(-Resources, -Vcpus, -MemoryGiB, -StorageGiB);

    public SizeFigures Plus(SizeFigures other) =>
        new(
            Resources + other.Resources,
            Vcpus + other.Vcpus,
            MemoryGiB + other.MemoryGiB,
            StorageGiB + other.StorageGiB
        );
}

/// <summary>Cost of the month (费用, art. 40), as the closed bills have it; yuan with two places.</summary>
/// <param name="Bills">How many bills.</param>
/// <param name="Total">All of them.</param>
/// <param name="ByTenant">By tenant, in order of code.</param>
/// <param name="ByProvider">By provider, in order of code.</param>
public sealed record CostFigures(
    int Bills,
    CostSum Total,
    IReadOnlyList<CostOf> ByTenant,
    IReadOnlyList<CostOf> ByProvider
);

/// <summary>What one tenant owes, or one provider is owed.</summary>
public sealed record CostOf(string Code, string Name, CostSum Sum);

/// <summary>A sum of lines, by what they are; yuan with two places.</summary>
/// <param name="Usage">Use in the month itself.</param>
/// <param name="Adjustments">Corrections of closed months.</param>
/// <param name="Deductions">Deductions by assessment (art. 39).</param>
public sealed record CostSum(decimal Usage, decimal Adjustments, decimal Deductions)
{
    public static CostSum None { get; } = new(0, 0, 0);

    public decimal Total => Usage + Adjustments + Deductions;

    public CostSum Plus(CostSum other) =>
        new(Usage + other.Usage, Adjustments + other.Adjustments, Deductions + other.Deductions);
}
