using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Findings;

/// <summary>The number of a finding, e.g. <c>fin-000042</c>.</summary>
public readonly record struct FindingId(long Number)
{
    public const string Prefix = "fin";

    public override string ToString() => NumberedId.Format(Prefix, Number);
}

/// <summary>What sort of finding it is (art. 14, 22).</summary>
public enum FindingKind
{
    /// <summary>低使用率 (art. 22).</summary>
    LowUse,

    /// <summary>僵尸资源 (art. 22).</summary>
    Zombie,

    /// <summary>配置过高 (art. 22).</summary>
    Oversized,

    /// <summary>配置不足 (art. 22).</summary>
    Undersized,

    /// <summary>闲置挂件: a volume attached to nothing, an address bound to nothing.</summary>
    Orphan,

    /// <summary>账外资源 (art. 14): it exists in the pool and not in the books.</summary>
    UnknownResource,

    /// <summary>账实不符 (art. 14): the pool shows it otherwise than the books say.</summary>
    Drift,
}

/// <summary>What exactly is so; null where the kind says it all.</summary>
public enum FindingDetail
{
    /// <summary>In the books, no longer in the pool.</summary>
    Gone,

    /// <summary>In service, and does not run.</summary>
    Stopped,

    /// <summary>Its size was changed outside of the platform.</summary>
    Resized,

    /// <summary>Its name was changed outside of the platform.</summary>
    Renamed,

    /// <summary>Attached or bound to another server than the books say.</summary>
    Elsewhere,

    /// <summary>In the pool, not in the books.</summary>
    Unknown,

    /// <summary>A volume attached to nothing.</summary>
    Unattached,

    /// <summary>A public address bound to nothing.</summary>
    Unbound,
}

/// <summary>Whether it is still so.</summary>
public enum FindingState
{
    Open,

    /// <summary>It is no longer so.</summary>
    Closed,
}

/// <summary>What a finding is about.</summary>
/// <param name="Kind">The kind of thing.</param>
/// <param name="Id">Its number in the books, e.g. <c>res-000042</c>; the cloud's identifier for what they do not know.</param>
/// <param name="Pool">Where it is.</param>
/// <param name="Name">The name in the cloud, or the one the books know.</param>
public sealed record FindingSubject(ItemKind Kind, string Id, PoolId Pool, string Name);

/// <summary>Whose it is: who sees it. The tenant is null for what belongs to nobody yet.</summary>
public sealed record FindingScope(string? Tenant, string Provider, string Region);

/// <summary>What one side says of the subject; null where it says nothing of it.</summary>
public sealed record SubjectFacts
{
    public string? Name { get; init; }

    /// <summary>The state in that side's words.</summary>
    public string? State { get; init; }

    public string? NativeId { get; init; }
    public int? Vcpus { get; init; }
    public int? MemoryGiB { get; init; }
    public int? SizeGiB { get; init; }
    public int? BandwidthMbps { get; init; }
    public string? Address { get; init; }

    /// <summary>The cloud's identifier of the server it is attached or bound to.</summary>
    public string? AttachedTo { get; init; }

    /// <summary>The key it was created under.</summary>
    public string? Key { get; init; }

    /// <summary>Why it is in error, in the cloud's words.</summary>
    public string? Fault { get; init; }
}

/// <summary>What the books say beside what the cloud shows; a side is null where it knows nothing of the subject.</summary>
public sealed record Evidence(SubjectFacts? Books, SubjectFacts? Cloud);

/// <summary>Finding (监测问题, art. 14, 22): something that was found and stays open until it is no longer so.</summary>
public sealed record Finding
{
    public required FindingId Id { get; init; }
    public required FindingKind Kind { get; init; }
    public FindingDetail? Detail { get; init; }
    public required FindingSubject Subject { get; init; }
    public required FindingScope Scope { get; init; }
    public required Evidence Evidence { get; init; }
    public required FindingState State { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; init; }
}

/// <summary>A finding as a look sees it; whether it is new the store knows.</summary>
/// <param name="Kind">What sort.</param>
/// <param name="Detail">What exactly.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Scope">Whose it is.</param>
/// <param name="Evidence">What speaks for it.</param>
public sealed record Sighting(
    FindingKind Kind,
    FindingDetail Detail,
    FindingSubject Subject,
    FindingScope Scope,
    Evidence Evidence
);
