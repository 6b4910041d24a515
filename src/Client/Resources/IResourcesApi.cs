using CloudManager.Client.Requests;
using Refit;

namespace CloudManager.Client.Resources;

/// <summary>Cloud resources (云资源).</summary>
public interface IResourcesApi
{
    [Get("/api/v1/resources")]
    Task<Page<Resource>> ListAsync([Query] ResourceQuery query, CancellationToken cancellationToken);

    [Get("/api/v1/resources/{id}")]
    Task<Resource> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Opens the screen of the tenant's own server (控制台, art. 36).</summary>
    [Post("/api/v1/resources/{id}/console")]
    Task<ServerConsole> OpenConsoleAsync(string id, CancellationToken cancellationToken);
}

/// <summary>What was measured of a resource (采样).</summary>
public interface ISamplesApi
{
    [Get("/api/v1/resources/{id}/samples")]
    Task<Series> OfResourceAsync(string id, [Query] SeriesQuery query, CancellationToken cancellationToken);

    /// <summary>What a pool's people measured where its cloud measures nothing, as CSV; a dry run only examines it.</summary>
    [Post("/api/v1/pools/{pool}/samples")]
    Task<HandedSamples> HandInAsync(
        string pool,
        [Body] HttpContent file,
        bool dryRun,
        CancellationToken cancellationToken
    );
}

/// <summary>The screen of a server.</summary>
/// <param name="Url">A short-lived address for a browser.</param>
public sealed record ServerConsole(Uri Url);

/// <summary>Which resources a list shows; null members do not filter.</summary>
public sealed record ResourceQuery : PageQuery
{
    public string? System { get; init; }
    public string? Pool { get; init; }
    public string? State { get; init; }
}

/// <summary>Resource (云资源) in a provider's pool.</summary>
/// <param name="PartOf">The server a volume or address belongs to.</param>
/// <param name="ServiceStart">First day in service; null before.</param>
/// <param name="ServiceEnd">The day after the last day in service; null while it runs.</param>
public sealed record Resource(
    string Id,
    string Kind,
    string Tenant,
    string System,
    string Pool,
    string Provider,
    string Item,
    Spec Spec,
    string State,
    string Request,
    int Line,
    string? PartOf,
    string? NativeId,
    IReadOnlyList<string> Addresses,
    DateTimeOffset CreatedAt,
    DateOnly? ServiceStart,
    DateOnly? ServiceEnd
);

/// <summary>Which part of a series, in which steps.</summary>
public sealed record SeriesQuery
{
    /// <summary>ISO 8601 with offset.</summary>
    public string? From { get; init; }

    /// <summary>ISO 8601 with offset; exclusive.</summary>
    public string? Until { get; init; }

    /// <summary>A number with m, h or d, a whole multiple of 5 minutes.</summary>
    public string? Step { get; init; }

    /// <summary>csv or parquet, of an export; null: JSON.</summary>
    public string? Format { get; init; }
}

/// <summary>What was measured, a point per step.</summary>
public sealed record Series(string Resource, string From, string Until, string Step, IReadOnlyList<Point> Points);

/// <summary>One step: percent and bytes, null where nothing was measured.</summary>
public sealed record Point(
    DateTimeOffset At,
    double? Cpu,
    double? Memory,
    double? Disk,
    double? NetworkInBytes,
    double? NetworkOutBytes,
    double? CpuMax = null,
    double? MemoryMax = null,
    double? DiskMax = null,
    double? CpuMin = null,
    double? MemoryMin = null,
    double? DiskMin = null
);

/// <summary>What became of a file of samples.</summary>
/// <param name="Taken">How many rows are new.</param>
/// <param name="Known">How many were known already, hold no value, or are of a time before their server was ordered.</param>
/// <param name="SetAside">The first hundred values that were not taken.</param>
public sealed record HandedSamples(
    bool DryRun,
    int Rows,
    int Taken,
    int Known,
    int SetAsideCount,
    IReadOnlyList<SetAsideLine> SetAside,
    IReadOnlyList<FieldFault> Faults
);

/// <summary>A value, or a whole row, that was not taken.</summary>
public sealed record SetAsideLine(int Line, string Server, string Reason, string? Metric = null);
