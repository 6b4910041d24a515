using System.Text.Json.Serialization;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Findings.Judging;
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

    /// <summary>闲置云硬盘 (art. 22): a volume attached to nothing for longer than the policy lets pass.</summary>
    IdleVolume,

    /// <summary>闲置公网地址 (art. 22): an address bound to nothing for longer than the policy lets pass.</summary>
    IdleAddress,

    /// <summary>长期关机 (art. 22): a server in service that has not run for longer than the policy lets pass.</summary>
    PoweredOff,

    /// <summary>与批复不符 (art. 19, 22): a server whose actual size is not the approved one.</summary>
    NotAsApproved,
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

    /// <summary>Larger than approved, or larger in one of cores and memory and alike in the other.</summary>
    Larger,

    /// <summary>Smaller than approved, or smaller in one of cores and memory and alike in the other.</summary>
    Smaller,

    /// <summary>Larger than approved in one of cores and memory and smaller in the other.</summary>
    Other,
}

/// <summary>Whether it is still so.</summary>
public enum FindingState
{
    Open,

    /// <summary>It is no longer so.</summary>
    Closed,
}

/// <summary>What kind of thing a finding is about.</summary>
public enum SubjectKind
{
    Server,
    Volume,
    Network,
    PublicAddress,
    Manual,

    /// <summary>An information system (政务信息系统) as the roll-up of its servers.</summary>
    System,
}

/// <summary>What a finding is about.</summary>
/// <param name="Kind">The kind of thing.</param>
/// <param name="Id">Its number in the books, e.g. <c>res-000042</c>; the cloud's identifier for what they do not know; a
/// system's code.</param>
/// <param name="Pool">Where it is; null for a system, which may be in several.</param>
/// <param name="Name">The name in the cloud, or the one the books know.</param>
public sealed record FindingSubject(SubjectKind Kind, string Id, PoolId? Pool, string Name)
{
    /// <summary>A thing of the cloud or a resource of the books.</summary>
    public static FindingSubject Of(ItemKind kind, string id, PoolId pool, string name) =>
        new(Enum.Parse<SubjectKind>(kind.ToString()), id, pool, name);
}

/// <summary>
/// Whose it is: who sees it. The tenant is null for what belongs to nobody yet, the provider for a system, which may have
/// several.
/// </summary>
public sealed record FindingScope(string? Tenant, string? Provider, string Region)
{
    /// <summary>The code of the information system it belongs to; null where it belongs to none.</summary>
    public string? System { get; init; }
}

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
public sealed record Evidence(SubjectFacts? Books, SubjectFacts? Cloud)
{
    /// <summary>The numbers that were looked at; null where none were.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<JudgedNumber>? Numbers { get; init; }

    /// <summary>What they say, in words; null where the facts say it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Bilingual>? Reasons { get; init; }

    /// <summary>The finding of the inventory that it rests on, e.g. <c>fin-000042</c>; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Basis { get; init; }
}

/// <summary>The whole days [From, Until) of Asia/Shanghai that were judged.</summary>
public readonly record struct FindingWindow(DateOnly From, DateOnly Until)
{
    /// <summary>The window of so many days that ends where the day begins.</summary>
    public static FindingWindow Before(DateOnly day, int days) => new(day.AddDays(-days), day);
}

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

    /// <summary>The policy it was judged by last, e.g. <c>430000-v2</c>; null where none is needed.</summary>
    public string? Policy { get; init; }

    /// <summary>The days it was judged over last; null for what shows at once.</summary>
    public FindingWindow? Window { get; init; }

    /// <summary>What to do instead; null where nothing is recommended.</summary>
    public Recommendation? Recommendation { get; init; }

    /// <summary>The day of the last judgement by which it held: no clean window begins before it.</summary>
    public DateOnly? LastHeldOn { get; init; }

    /// <summary>On what the technical department raised it; null where the platform found it.</summary>
    public Declaration? Declaration { get; init; }

    /// <summary>Why it closed; null while it is open, and for what the inventory no longer sees.</summary>
    public Closing? Closing { get; init; }
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
