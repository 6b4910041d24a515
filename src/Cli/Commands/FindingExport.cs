using System.Globalization;
using System.Text;
using CloudManager.Cli.Output;
using CloudManager.Client;
using CloudManager.Client.Findings;

namespace CloudManager.Cli.Commands;

/// <summary>Findings as CSV in UTF-8 (RFC 4180), a finding a line.</summary>
internal static class FindingExport
{
    private static readonly (string Name, Func<Finding, string?> Of)[] Fields =
    [
        ("id", f => f.Id),
        ("kind", f => f.Kind),
        ("detail", f => f.Detail),
        ("state", f => f.State),
        ("subjectKind", f => f.Subject.Kind),
        ("subject", f => f.Subject.Id),
        ("name", f => f.Subject.Name),
        ("tenant", f => f.Tenant),
        ("system", f => f.System),
        ("region", f => f.Region),
        ("pool", f => f.Subject.Pool),
        ("policy", f => f.PolicyVersion),
        ("from", f => DayOf(f.Window?.From)),
        ("until", f => DayOf(f.Window?.Until)),
        ("cpuMean", f => Number(f, "cpuMean")),
        ("cpuP95", f => Number(f, "cpuP95")),
        ("memoryMean", f => Number(f, "memoryMean")),
        ("memoryP95", f => Number(f, "memoryP95")),
        ("networkBytesPerSecond", f => Number(f, "networkBytesPerSecond")),
        ("days", f => Number(f, "days")),
        ("recommendedVcpus", f => f.Recommendation?.Spec?.Vcpus?.ToString(CultureInfo.InvariantCulture)),
        ("recommendedMemoryGiB", f => f.Recommendation?.Spec?.MemoryGiB?.ToString(CultureInfo.InvariantCulture)),
        ("monthlySaving", f => f.Recommendation?.MonthlySaving),
        ("lastHeldOn", f => DayOf(f.LastHeldOn)),
        ("openedAt", f => Texts.Iso(f.OpenedAt)),
        ("closedAt", f => f.ClosedAt is { } closed ? Texts.Iso(closed) : null),
        ("closedFor", f => f.Closing?.Reason),
    ];

    public static async Task WriteAsync(Call call, FindingQuery query, string path, CancellationToken cancellationToken)
    {
        var count = 0;
        await using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false)) { NewLine = "\r\n" };
        await writer.WriteLineAsync(string.Join(',', Fields.Select(f => f.Name)));
        var all = AllPages.OfAsync(
            (cursor, token) => call.Api.Findings.ListAsync(query with { Limit = 500, Cursor = cursor }, token),
            cancellationToken
        );
        await foreach (var finding in all)
        {
            await writer.WriteLineAsync(string.Join(',', Fields.Select(f => Quoted(f.Of(finding) ?? ""))));
            count++;
        }

        call.Screen.Aside($"{count} → {path}");
    }

    private static string? Number(Finding finding, string name) =>
        finding
            .Evidence.Numbers.FirstOrDefault(n => n.Name == name)
            ?.Value?.ToString("R", CultureInfo.InvariantCulture);

    private static string? DayOf(DateOnly? day) => day is null ? null : Texts.Of(day);

    /// <summary>A text that a spreadsheet would take for a formula is led by an apostrophe, as people write one.</summary>
    private static string Quoted(string text)
    {
        var safe =
            text.Length > 1 && text[0] is '=' or '+' or '@' or '\t' || (text is ['-', not (>= '0' and <= '9'), ..])
                ? $"'{text}"
                : text;
        return safe.AsSpan().ContainsAny(",\"\r\n")
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }
}
