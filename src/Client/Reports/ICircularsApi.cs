using System.Text.Json;
using Refit;

namespace CloudManager.Client.Reports;

/// <summary>Circulars (使用效率通报, art. 22(1)).</summary>
public interface ICircularsApi
{
    [Get("/api/v1/circulars")]
    Task<Page<Circular>> ListAsync([Query] CircularQuery query, CancellationToken cancellationToken);

    /// <summary>The circular as JSON.</summary>
    [Get("/api/v1/circulars/{id}?format=json")]
    Task<JsonElement> JsonAsync(string id, CancellationToken cancellationToken);

    /// <summary>The circular as a page that needs nothing else.</summary>
    [Get("/api/v1/circulars/{id}?format=html")]
    Task<string> HtmlAsync(string id, CancellationToken cancellationToken);

    /// <summary>The authority issues it.</summary>
    [Post("/api/v1/circulars/{id}/issue")]
    Task<Circular> IssueAsync(string id, [Body] CircularIssue body, CancellationToken cancellationToken);
}

/// <summary>Which circulars a list shows; null members do not filter.</summary>
public sealed record CircularQuery : PageQuery
{
    /// <summary>yyyy-MM.</summary>
    public string? Month { get; init; }

    /// <summary>The tenant's code.</summary>
    public string? Tenant { get; init; }
}

/// <summary>The issue of a circular.</summary>
/// <param name="Opinion">What the authority says with it.</param>
public sealed record CircularIssue(string? Opinion);

/// <summary>A circular; a draft while it was not issued.</summary>
public sealed record Circular(
    string Id,
    string Month,
    string Tenant,
    DateTimeOffset CreatedAt,
    DateTimeOffset? IssuedAt,
    string? IssuedBy,
    string? Opinion
);
