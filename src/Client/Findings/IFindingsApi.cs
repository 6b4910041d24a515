using Refit;

namespace CloudManager.Client.Findings;

/// <summary>Findings (监测问题, art. 14, 22).</summary>
public interface IFindingsApi
{
    [Get("/api/v1/findings")]
    Task<Page<Finding>> ListAsync([Query] FindingQuery query, CancellationToken cancellationToken);

    [Get("/api/v1/findings/{id}")]
    Task<Finding> FindAsync(string id, CancellationToken cancellationToken);

    [Get("/api/v1/findings/{id}/days")]
    Task<FindingDays> DaysAsync(string id, CancellationToken cancellationToken);

    /// <summary>The chart as SVG.</summary>
    [Get("/api/v1/findings/{id}/chart")]
    Task<string> ChartAsync(string id, CancellationToken cancellationToken);

    [Post("/api/v1/findings")]
    Task<Finding> RaiseAsync([Body] RaiseBody body, CancellationToken cancellationToken);

    [Post("/api/v1/findings/{id}/close")]
    Task<Finding> CloseAsync(string id, [Body] CloseBody body, CancellationToken cancellationToken);
}

/// <summary>Which findings a list shows; null members do not filter.</summary>
public sealed record FindingQuery : PageQuery
{
    public string? Kind { get; init; }
    public string? State { get; init; }
    public string? Pool { get; init; }
    public string? Tenant { get; init; }
    public string? System { get; init; }
    public string? Region { get; init; }
    public string? Policy { get; init; }
}

/// <summary>Something that was found and is open until it is no longer so.</summary>
/// <param name="Kind">lowUse, zombie, oversized, undersized, idleVolume, idleAddress, poweredOff, notAsApproved, orphan,
/// unknownResource or drift.</param>
/// <param name="Detail">gone, stopped, resized, renamed, elsewhere, unknown, unattached, unbound, larger, smaller or other.</param>
/// <param name="Window">The days it was judged over; null for what shows at once.</param>
/// <param name="PolicyVersion">The policy it was judged by.</param>
/// <param name="State">open or closed.</param>
public sealed record Finding(
    string Id,
    string Kind,
    FindingSubject Subject,
    string? Detail,
    FindingWindow? Window,
    Evidence Evidence,
    string? PolicyVersion,
    Recommendation? Recommendation,
    string State,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt,
    DateTimeOffset LastSeenAt
)
{
    /// <summary>What the kind is called.</summary>
    public Bilingual? Title { get; init; }
    public string? Tenant { get; init; }
    public string? System { get; init; }
    public string? Region { get; init; }

    /// <summary>The day of the last judgement by which it held.</summary>
    public DateOnly? LastHeldOn { get; init; }
    public Declaration? Declaration { get; init; }
    public Closing? Closing { get; init; }
}

/// <summary>The days [From, Until).</summary>
public sealed record FindingWindow(DateOnly From, DateOnly Until);

/// <summary>What to do instead.</summary>
/// <param name="Spec">The size that would serve; null to give the resource back.</param>
/// <param name="MonthlySaving">Yuan a month; null where no price is in force.</param>
public sealed record Recommendation(Requests.Spec? Spec, string? MonthlySaving, IReadOnlyList<Bilingual> Reasons);

/// <summary>On what a zombie was raised.</summary>
public sealed record Declaration(string Ground, Bilingual Words, string Statement, string By);

/// <summary>How a finding closed.</summary>
public sealed record Closing(string Reason, Bilingual Words, string? Opinion, string? By);

/// <summary>What a finding is about.</summary>
/// <param name="Id">Its number in the books; the cloud's identifier for what they do not know; a system's code.</param>
/// <param name="Pool">Where it is; null for a system.</param>
public sealed record FindingSubject(string Kind, string Id, string? Pool, string Name);

/// <summary>What the books say beside what the cloud shows, and the numbers that were looked at.</summary>
public sealed record Evidence(SubjectFacts? Books, SubjectFacts? Cloud)
{
    public IReadOnlyList<JudgedNumber> Numbers { get; init; } = [];
    public IReadOnlyList<Bilingual> Reasons { get; init; } = [];

    /// <summary>The inventory's finding that it rests on.</summary>
    public string? Basis { get; init; }
}

/// <summary>One number with its threshold.</summary>
/// <param name="Bound">under, over, atLeast or unlike.</param>
/// <param name="Coverage">The share of slots that hold a value.</param>
public sealed record JudgedNumber(string Name, double? Value, double? Threshold, string? Bound, double? Coverage);

/// <summary>The days behind a finding.</summary>
public sealed record FindingDays(
    FindingWindow Window,
    IReadOnlyList<FindingDay> Days,
    IReadOnlyList<JudgedNumber> Thresholds
);

/// <summary>One day; null where nobody measured.</summary>
public sealed record FindingDay(
    DateOnly Day,
    double? CpuMean,
    double? CpuP95,
    double? MemoryMean,
    double? MemoryP95,
    double Coverage
);

/// <summary>Raises a zombie on the owner's declaration.</summary>
/// <param name="Ground">detachedFromBusiness, replaceable, longIdle, maintenanceStopped or narrowAndRareUse.</param>
public sealed record RaiseBody(string Kind, string Resource, string Ground, string Statement);

/// <summary>Closes a finding.</summary>
public sealed record CloseBody(string Opinion);

/// <summary>What one side says; null where it says nothing.</summary>
public sealed record SubjectFacts
{
    public string? Name { get; init; }
    public string? State { get; init; }
    public string? NativeId { get; init; }
    public int? Vcpus { get; init; }
    public int? MemoryGiB { get; init; }
    public int? SizeGiB { get; init; }
    public int? BandwidthMbps { get; init; }
    public string? Address { get; init; }
    public string? AttachedTo { get; init; }
    public string? Key { get; init; }
    public string? Fault { get; init; }
}
