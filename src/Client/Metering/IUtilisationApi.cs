using System.Text.Json.Serialization;
using CloudManager.Client.Resources;
using Refit;

namespace CloudManager.Client.Metering;

/// <summary>Utilisation (使用率, art. 22, 25).</summary>
public interface IUtilisationApi
{
    [Get("/api/v1/utilisation")]
    Task<Page<UtilisationRow>> ListAsync([Query] UtilisationQuery query, CancellationToken cancellationToken);
}

/// <summary>Utilisation and samples as files, every row; as they come.</summary>
public interface IMeteringFilesApi
{
    /// <param name="query">With the format <c>csv</c> or <c>parquet</c>.</param>
    [Get("/api/v1/utilisation")]
    Task<Stream> UtilisationAsync([Query] UtilisationQuery query, CancellationToken cancellationToken);

    /// <param name="query">With the format <c>csv</c> or <c>parquet</c>.</param>
    [Get("/api/v1/resources/{id}/samples")]
    Task<Stream> SamplesAsync(string id, [Query] SeriesQuery query, CancellationToken cancellationToken);
}

/// <summary>How the collection of samples stands, pool by pool.</summary>
public interface ICollectionApi
{
    [Get("/api/v1/collection")]
    Task<Page<PoolCollection>> ListAsync([Query] PageQuery query, CancellationToken cancellationToken);
}

/// <summary>Of which days, and by what; the days are told in one way only.</summary>
public sealed record UtilisationQuery : PageQuery
{
    /// <summary>yyyy-MM.</summary>
    public string? Month { get; init; }

    /// <summary>yyyy-Qn.</summary>
    public string? Quarter { get; init; }

    /// <summary>yyyy, the year in which the service period ends.</summary>
    public string? Period { get; init; }

    /// <summary>yyyy-MM-dd.</summary>
    public string? Day { get; init; }

    /// <summary>yyyy-MM-dd, together with until.</summary>
    public string? From { get; init; }

    /// <summary>yyyy-MM-dd, exclusive.</summary>
    public string? Until { get; init; }

    /// <summary>resource, volume, system, tenant, pool, region or province.</summary>
    public string? By { get; init; }

    /// <summary>day, week or month: a row for each; null: one for all.</summary>
    public string? Step { get; init; }

    public string? System { get; init; }

    public string? Tenant { get; init; }

    public string? Pool { get; init; }

    public string? Region { get; init; }

    /// <summary>csv or parquet, of an export; null: JSON.</summary>
    public string? Format { get; init; }
}

/// <summary>A server or volume, or the roll-up of servers.</summary>
/// <param name="Resources">How many servers in service it holds.</param>
/// <param name="LeftOut">How many of them nobody measured.</param>
public sealed record UtilisationRow(
    string? Resource,
    string? System,
    string? Tenant,
    string? Pool,
    int Resources,
    int LeftOut,
    Window Window,
    MetricUse Cpu,
    MetricUse Memory,
    MetricUse Disk
)
{
    public string? Region { get; init; }

    public string? Province { get; init; }

    /// <summary>The server that a volume is attached to.</summary>
    public string? AttachedTo { get; init; }

    /// <summary>GiB of a volume.</summary>
    public int? AllocatedGiB { get; init; }

    /// <summary>The cores of the servers left out.</summary>
    public long LeftOutVcpus { get; init; }

    public long Vcpus { get; init; }

    public long MemoryGiB { get; init; }

    /// <summary>What the row is about.</summary>
    [JsonIgnore]
    public string Subject => Resource ?? System ?? Tenant ?? Pool ?? Region ?? Province ?? "";
}

/// <summary>What was looked at, first inclusive, last exclusive: days or instants as the platform writes them.</summary>
public sealed record Window(string From, string Until);

/// <summary>One metric over a window, in percent; null where nobody measured it.</summary>
/// <param name="P95">Nearest rank.</param>
/// <param name="Coverage">The share of the slots that hold a value, 0 to 1.</param>
public sealed record MetricUse(double? Mean, double? P95, double? Max, double Coverage)
{
    public double? P99 { get; init; }

    /// <summary>Hours over 80 %.</summary>
    public double? HoursAbove { get; init; }

    /// <summary>Hours under 10 %.</summary>
    public double? HoursBelow { get; init; }

    /// <summary>How many slots hold a value.</summary>
    public long Measured { get; init; }
}

/// <summary>How the collection of one pool's samples stands.</summary>
/// <param name="LagSeconds">How much is over and not collected; null if nothing ever was.</param>
/// <param name="Failing">Whether the last look came to nothing.</param>
public sealed record PoolCollection(
    string Pool,
    bool? Measured,
    DateTimeOffset? CollectedUntil,
    long? LagSeconds,
    bool Failing,
    CollectionFailure? LastFailure,
    PoolClock Clock,
    long SetAsideCount
);

/// <summary>A look that came to nothing.</summary>
public sealed record CollectionFailure(DateTimeOffset At, Bilingual Reason);

/// <summary>What is known of the clock that labels a pool's samples; positive: ahead.</summary>
public sealed record PoolClock(double? OffsetSeconds, long ShiftedSlots, bool ProbablyAhead);
