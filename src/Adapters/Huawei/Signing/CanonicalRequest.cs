using System.Security.Cryptography;
using System.Text;

namespace CloudManager.Adapters.Huawei.Signing;

/// <summary>
/// The one way of writing a call that both sides sign:
/// https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-algorithm-002.html
/// </summary>
internal static class CanonicalRequest
{
    private const string ContentHash = "x-sdk-content-sha256";

    public static string Of(SigningRequest request) =>
        string.Join(
            '\n',
            request.Method.ToUpperInvariant(),
            Path(request.Address),
            Query(request.Address),
            Headers(request.Headers),
            SignedHeaders(request.Headers),
            request.Headers.GetValueOrDefault(ContentHash) ?? Hash(request.Body.Span)
        );

    /// <summary>The names of what is signed, as the Authorization header lists them.</summary>
    public static string SignedHeaders(IReadOnlyDictionary<string, string> headers) =>
        string.Join(';', headers.Keys.Order(StringComparer.Ordinal));

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static string Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));

    /// <summary>Each segment is escaped once, and there is a slash at the end although the call is sent without.</summary>
    private static string Path(Uri address)
    {
        var path = string.Join('/', address.AbsolutePath.Split('/').Select(Recoded));
        return path.EndsWith('/') ? path : path + "/";
    }

    private static string Query(Uri address)
    {
        var parameters = address
            .Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (Name: Recoded(pair[0]), Value: pair.Length > 1 ? Recoded(pair[1]) : ""))
            .OrderBy(pair => Uri.UnescapeDataString(pair.Name), StringComparer.Ordinal)
            .ThenBy(pair => Uri.UnescapeDataString(pair.Value), StringComparer.Ordinal);
        return string.Join('&', parameters.Select(pair => $"{pair.Name}={pair.Value}"));
    }

    private static string Headers(IReadOnlyDictionary<string, string> headers) =>
        string.Concat(
            headers
                .OrderBy(header => header.Key, StringComparer.Ordinal)
                .Select(header => $"{header.Key}:{header.Value.Trim()}\n")
        );

    private static string Recoded(string escaped) => Uri.EscapeDataString(Uri.UnescapeDataString(escaped));
}
