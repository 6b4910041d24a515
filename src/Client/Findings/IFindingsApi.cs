using Refit;

namespace CloudManager.Client.Findings;

/// <summary>Findings (监测问题, art. 14, 22).</summary>
public interface IFindingsApi
{
    [Get("/api/v1/findings")]
    Task<Page<Finding>> ListAsync([Query] FindingQuery query, CancellationToken cancellationToken);

    [Get("/api/v1/findings/{id}")]
    Task<Finding> FindAsync(string id, CancellationToken cancellationToken);
}

/// <summary>Which findings a list shows; null members do not filter.</summary>
public sealed record FindingQuery : PageQuery
{
    public string? Kind { get; init; }
    public string? State { get; init; }
    public string? Pool { get; init; }
}

/// <summary>Something that was found and is open until it is no longer so.</summary>
/// <param name="Kind">orphan, unknownResource, drift, …</param>
/// <param name="Detail">gone, stopped, resized, renamed, elsewhere, unknown, unattached or unbound.</param>
/// <param name="State">open or closed.</param>
public sealed record Finding(
    string Id,
    string Kind,
    FindingSubject Subject,
    string? Detail,
    Evidence Evidence,
    string State,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt,
    DateTimeOffset LastSeenAt
);

/// <summary>What a finding is about.</summary>
/// <param name="Id">Its number in the books; the cloud's identifier for what they do not know.</param>
public sealed record FindingSubject(string Kind, string Id, string Pool, string Name);

/// <summary>What the books say beside what the cloud shows.</summary>
public sealed record Evidence(SubjectFacts? Books, SubjectFacts? Cloud);

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
