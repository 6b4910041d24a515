using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace CloudManager.Adapters.Sdk.Testing.Reports;

/// <summary>The report as JSON: what is stored, and what reads back.</summary>
public static class ConformanceJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        WriteIndented = true,
        IgnoreReadOnlyProperties = true,
    };

    /// <summary>The report's JSON.</summary>
    public static string Write(ConformanceReport report) => JsonSerializer.Serialize(report, Options);

    /// <summary>The report that was written so.</summary>
    /// <exception cref="JsonException">It is no report.</exception>
    public static ConformanceReport Read(string json) =>
        JsonSerializer.Deserialize<ConformanceReport>(json, Options) ?? throw new JsonException("The report is null.");
}
