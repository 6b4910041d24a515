using System.Text.Json.Serialization;
using Refit;

namespace CloudManager.Client.Metering;

/// <summary>Utilisation (使用率, art. 22, 25).</summary>
public interface IUtilisationApi
{
    [Get("/api/v1/utilisation")]
    Task<Page<UtilisationRow>> ListAsync([Query] UtilisationQuery query, CancellationToken cancellationToken);
}

/// <summary>Of which month or day, and by what.</summary>
public sealed record UtilisationQuery : PageQuery
{
    /// <summary>yyyy-MM; this or the day.</summary>
    public string? Month { get; init; }

    /// <summary>yyyy-MM-dd.</summary>
    public string? Day { get; init; }

    /// <summary>resource, system, tenant or pool.</summary>
    public string? By { get; init; }
}

/// <summary>A server, or the roll-up of servers.</summary>
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
    /// <summary>What the row is about.</summary>
    [JsonIgnore]
    public string Subject => Resource ?? System ?? Tenant ?? Pool ?? "";
}

/// <summary>What was looked at, first inclusive, last exclusive: days or instants as the platform writes them.</summary>
public sealed record Window(string From, string Until);

/// <summary>One metric over a window, in percent; null where nobody measured it.</summary>
/// <param name="P95">Nearest rank.</param>
/// <param name="Coverage">The share of the slots that hold a value, 0 to 1.</param>
public sealed record MetricUse(double? Mean, double? P95, double? Max, double Coverage);
