using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace CloudManager.Labs.Huawei.Wire;

/// <summary>A request as it came over the wire: what a signature is computed from.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Target">Path and query, still escaped.</param>
/// <param name="Headers">Lower-case name and value.</param>
/// <param name="Body">The bytes sent.</param>
internal sealed record WireRequest(
    string Method,
    string Target,
    IReadOnlyDictionary<string, string> Headers,
    ReadOnlyMemory<byte> Body
);

/// <summary>What an Authorization header of SDK-HMAC-SHA256 says.</summary>
internal sealed record Authorization(string Access, ImmutableArray<string> SignedHeaders, string Signature)
{
    public const string Algorithm = "SDK-HMAC-SHA256";

    /// <summary>Reads the header; null if it is not of this form to the letter.</summary>
    public static Authorization? Parse(string header)
    {
        var parts = header.StartsWith(Algorithm + " ", StringComparison.Ordinal)
            ? header[(Algorithm.Length + 1)..].Split(", ")
            : [];
        if (parts.Length != 3)
        {
            return null;
        }

        var access = After(parts[0], "Access=");
        var names = After(parts[1], "SignedHeaders=");
        var signature = After(parts[2], "Signature=");
        return access is null || names is null || signature is null
            ? null
            : new Authorization(access, [.. names.Split(';')], signature);
    }

    private static string? After(string text, string name) =>
        text.StartsWith(name, StringComparison.Ordinal) && text.Length > name.Length ? text[name.Length..] : null;
}

/// <summary>
/// The canonical request and the signature of SDK-HMAC-SHA256
/// (https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-algorithm.html).
/// </summary>
internal static class Signed
{
    /// <summary>Method, path, query, headers, their names and the body's hash, as the client must have signed them.</summary>
    public static string CanonicalRequest(WireRequest request, ImmutableArray<string> signedHeaders)
    {
        var cut = request.Target.IndexOf('?');
        var path = cut < 0 ? request.Target : request.Target[..cut];
        var query = cut < 0 ? "" : request.Target[(cut + 1)..];
        var headers = string.Concat(signedHeaders.Select(name => $"{name}:{request.Headers[name].Trim()}\n"));
        return string.Join(
            '\n',
            request.Method.ToUpperInvariant(),
            CanonicalPath(path),
            CanonicalQuery(query),
            headers,
            string.Join(';', signedHeaders),
            BodyHash(request)
        );
    }

    public static string StringToSign(string canonicalRequest, string date) =>
        $"{Authorization.Algorithm}\n{date}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest)))}";

    public static string Signature(string secretKey, string stringToSign) =>
        Hex(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secretKey), Encoding.UTF8.GetBytes(stringToSign)));

    private static string CanonicalPath(string path)
    {
        var encoded = string.Join('/', path.Split('/').Select(part => Encode(Uri.UnescapeDataString(part))));
        return encoded.EndsWith('/') ? encoded : encoded + "/";
    }

    private static string CanonicalQuery(string query) =>
        string.Join(
            '&',
            query
                .Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(Pair)
                .OrderBy(pair => pair.Name, ByteOrder.Instance)
                .ThenBy(pair => pair.Value, ByteOrder.Instance)
                .Select(pair => $"{Encode(pair.Name)}={Encode(pair.Value)}")
        );

    private static (string Name, string Value) Pair(string text)
    {
        var cut = text.IndexOf('=');
        return cut < 0 ? (Decode(text), "") : (Decode(text[..cut]), Decode(text[(cut + 1)..]));
    }

    // Browsers' libraries, the official npm SDK's among them, send a blank of the query as a plus.
    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    // Unreserved characters stay, all else is UTF-8 in upper-case hex: exactly what EscapeDataString does.
    private static string Encode(string text) => Uri.EscapeDataString(text);

    private static string BodyHash(WireRequest request) =>
        request.Headers.TryGetValue("x-sdk-content-sha256", out var given)
            ? given.Trim()
            : Hex(SHA256.HashData(request.Body.Span));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>Order of the UTF-8 bytes, which is not that of UTF-16 beyond the first plane.</summary>
    private sealed class ByteOrder : IComparer<string>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(string? x, string? y) =>
            Encoding.UTF8.GetBytes(x ?? "").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y ?? ""));
    }
}
