using CloudManager.Client.Requests;
using Refit;

namespace CloudManager.Client.Findings;

/// <summary>What would save in a system (优化方案, art. 22), and when it can be off.</summary>
public interface IPlansApi
{
    /// <summary>Systems by what they could save, the largest first.</summary>
    [Get("/api/v1/plans")]
    Task<Page<PossibleSaving>> ListAsync([Query] PlanQuery query, CancellationToken cancellationToken);

    [Get("/api/v1/systems/{system}/plan")]
    Task<SystemPlan> PlanAsync(string system, CancellationToken cancellationToken);

    [Get("/api/v1/systems/{system}/off-hours")]
    Task<OffHoursPlan> OffHoursAsync(string system, CancellationToken cancellationToken);
}

/// <summary>Which systems a list shows; null members do not filter.</summary>
public sealed record PlanQuery : PageQuery
{
    /// <summary>The region's code.</summary>
    public string? Region { get; init; }
}

/// <summary>What one system could save, as it was computed with the last month's circulars.</summary>
/// <param name="Until">The day after the last that was looked at.</param>
/// <param name="Saving">Yuan a month.</param>
/// <param name="Enough">The fewest changes that reach nine tenths of it.</param>
public sealed record PossibleSaving(
    string System,
    string Tenant,
    string Region,
    DateOnly Until,
    decimal Saving,
    int Enough,
    int Changes,
    int LeftOut
);

/// <summary>The changes of a system that save, the most first.</summary>
public sealed record SystemPlan
{
    public required string System { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly Until { get; init; }
    public required IReadOnlyList<PlannedChange> Changes { get; init; }

    /// <summary>Yuan a month that all of them save.</summary>
    public required decimal Saving { get; init; }

    /// <summary>How many of them, from the first on, reach nine tenths of it.</summary>
    public required int Enough { get; init; }

    /// <summary>What is too small, and what more it costs.</summary>
    public required IReadOnlyList<PlannedChange> Growth { get; init; }
    public required IReadOnlyList<LeftOut> LeftOut { get; init; }
}

/// <summary>One change of a plan.</summary>
/// <param name="Action">resize or giveBack.</param>
/// <param name="MonthlySaving">Yuan a month; negative where it costs more; null where no price is in force.</param>
/// <param name="RunningTotal">Yuan a month of this and all before it.</param>
public sealed record PlannedChange(
    string Resource,
    string Action,
    Spec Was,
    Spec? Becomes,
    decimal? MonthlySaving,
    decimal? RunningTotal,
    string? Finding,
    IReadOnlyList<Bilingual> Reasons
);

/// <summary>What nothing is said of.</summary>
/// <param name="Verdict">notApplicable, insufficientData, or determined where nothing can be gained.</param>
public sealed record LeftOut(string Resource, string Verdict, Bilingual Reason);

/// <summary>When the servers of a test or development system can be off.</summary>
public sealed record OffHoursPlan
{
    public required string System { get; init; }

    /// <summary>production, test or development.</summary>
    public required string Environment { get; init; }
    public required string Verdict { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly Until { get; init; }
    public required IReadOnlyList<ServerOffHours> Servers { get; init; }

    /// <summary>Core hours freed a week.</summary>
    public required long VcpuHours { get; init; }

    /// <summary>GiB hours of memory freed a week.</summary>
    public required long MemoryGiBHours { get; init; }

    /// <summary>Yuan a month: always 0, charges are by days in service.</summary>
    public required decimal MonthlySaving { get; init; }
    public required IReadOnlyList<Bilingual> Reasons { get; init; }
    public required IReadOnlyList<LeftOut> LeftOut { get; init; }
}

/// <summary>The week of one server.</summary>
public sealed record ServerOffHours(
    string Resource,
    IReadOnlyList<OffPeriod> Periods,
    int Hours,
    long VcpuHours,
    long MemoryGiBHours
);

/// <summary>From the stop to the start; 1 is Monday, 7 Sunday.</summary>
public sealed record OffPeriod(int StopDay, int StopHour, int StartDay, int StartHour, int Hours);
