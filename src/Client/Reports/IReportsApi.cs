using System.Text.Json;
using Refit;

namespace CloudManager.Client.Reports;

/// <summary>Reports (月报, art. 25), frozen when they were made.</summary>
public interface IReportsApi
{
    [Get("/api/v1/reports")]
    Task<Page<Report>> ListAsync([Query] ReportQuery query, CancellationToken cancellationToken);

    /// <summary>The report as JSON.</summary>
    [Get("/api/v1/reports/{id}?format=json")]
    Task<JsonElement> JsonAsync(string id, CancellationToken cancellationToken);

    /// <summary>The report as a page that needs nothing else.</summary>
    [Get("/api/v1/reports/{id}?format=html")]
    Task<string> HtmlAsync(string id, CancellationToken cancellationToken);
}

/// <summary>Which reports a list shows; null members do not filter.</summary>
public sealed record ReportQuery : PageQuery
{
    /// <summary>monthly.</summary>
    public string? Kind { get; init; }

    /// <summary>yyyy-MM.</summary>
    public string? Period { get; init; }
}

/// <summary>A report that was made.</summary>
public sealed record Report(string Id, string Kind, string Period, DateTimeOffset CreatedAt);
