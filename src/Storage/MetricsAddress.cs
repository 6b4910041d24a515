using System.Globalization;
using System.Text;

namespace CloudManager.Storage;

/// <summary>
/// Where the samples stand if not in the data folder: an engine that speaks the Prometheus protocol, remote write 1.0 in
/// and PromQL over HTTP out. <c>http://host:8428</c> is VictoriaMetrics or Prometheus; where the paths are others (Mimir,
/// Thanos, clusters) the query of the address names them: <c>?write=PATH&amp;query=PATH&amp;tenant=NAME&amp;spool=GiB</c>.
/// </summary>
public sealed class MetricsAddress
{
    /// <summary>What a right address looks like, for messages.</summary>
    public const string Form = "http://[USER:PASSWORD@]HOST:PORT[/PATH][?write=PATH&query=PATH&tenant=NAME&spool=GiB]";

    private const long Gibibyte = 1L << 30;
    private const int DefaultSpool = 4;
    private const int MostSpool = 1024;

    private MetricsAddress(Uri root, Dictionary<string, string> parts)
    {
        Credentials =
            root.UserInfo.Length == 0
                ? null
                : Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(root.UserInfo)));
        var bare = new UriBuilder(root)
        {
            UserName = "",
            Password = "",
            Query = "",
            Fragment = "",
        };
        var path = bare.Path.TrimEnd('/');
        Write = new Uri(bare.Uri, parts.GetValueOrDefault("write") ?? $"{path}/api/v1/write");
        Query = new Uri(bare.Uri, parts.GetValueOrDefault("query") ?? $"{path}/api/v1/query");
        Tenant = parts.GetValueOrDefault("tenant");
        SpoolBytes =
            int.Parse(parts.GetValueOrDefault("spool", $"{DefaultSpool}"), CultureInfo.InvariantCulture) * Gibibyte;
    }

    /// <summary>How many bytes may lie in the data folder while the engine does not answer.</summary>
    public long SpoolBytes { get; }

    /// <summary>Where samples are written to.</summary>
    internal Uri Write { get; }

    /// <summary>Where queries are asked.</summary>
    internal Uri Query { get; }

    /// <summary>The tenant of an engine that keeps several (<c>X-Scope-OrgID</c>); null: none.</summary>
    internal string? Tenant { get; }

    /// <summary>User and password as HTTP's Basic scheme carries them: never shown, never logged.</summary>
    internal string? Credentials { get; }

    /// <summary>The address a text says.</summary>
    /// <exception cref="FormatException">It is none; the message never repeats it, as it may hold a password.</exception>
    public static MetricsAddress Of(string text)
    {
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var root)
            || !IsHttp(root)
            || root.Host.Length == 0
            || root.Fragment.Length > 0
            || Parts(root.Query) is not { } parts
        )
        {
            throw new FormatException(Form);
        }

        return new MetricsAddress(root, parts);
    }

    /// <summary>Where it stands, without user and password.</summary>
    public override string ToString() => Write.GetLeftPart(UriPartial.Authority);

    /// <summary>The members of the query; null where one is unknown, twice or no good.</summary>
    private static Dictionary<string, string>? Parts(string query)
    {
        var parts = new Dictionary<string, string>();
        foreach (var part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = part.Split('=', 2) is [var n, var v] ? (n, Uri.UnescapeDataString(v)) : (part, "");
            var isRight = name switch
            {
                "write" or "query" => IsPlace(value),
                "tenant" => value.Length is > 0 and <= 150
                    && value.All(c => char.IsAsciiLetterOrDigit(c) || "-_.".Contains(c)),
                "spool" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
                    && size is > 0 and <= MostSpool,
                _ => false,
            };
            if (!isRight || !parts.TryAdd(name, value))
            {
                return null;
            }
        }

        return parts;
    }

    /// <summary>A path on the same host, or the address of another: a cluster writes and reads in two places.</summary>
    private static bool IsPlace(string value) =>
        value.StartsWith('/')
            ? !value.StartsWith("//", StringComparison.Ordinal)
            : Uri.TryCreate(value, UriKind.Absolute, out var other) && IsHttp(other) && other.UserInfo.Length == 0;

    private static bool IsHttp(Uri address) =>
        address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps;
}
