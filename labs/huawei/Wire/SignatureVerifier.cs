using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CloudManager.Labs.Huawei.Wire;

/// <summary>An access key and what belongs to it.</summary>
/// <param name="AccessKey">The access key.</param>
/// <param name="SecretKey">The secret key.</param>
/// <param name="SecurityToken">What a temporary key must bring along; null for a permanent one.</param>
/// <param name="Expires">When a temporary key ends; null for a permanent one.</param>
internal sealed record Credential(
    string AccessKey,
    string SecretKey,
    string? SecurityToken = null,
    DateTimeOffset? Expires = null
);

/// <summary>Whether a request was signed with a known secret, lately, and not changed since; otherwise why not.</summary>
internal sealed class SignatureVerifier(Func<string, Credential?> find, TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>Null if the request is good; the reason otherwise, in the gateway's words.</summary>
    public string? Refusal(WireRequest request)
    {
        if (!request.Headers.TryGetValue("authorization", out var header))
        {
            return "authorization or x-auth-token is missing";
        }

        if (Authorization.Parse(header) is not { } authorization)
        {
            return "authorization format error";
        }

        if (find(authorization.Access) is not { } credential)
        {
            return $"access key {authorization.Access} not found";
        }

        return DateRefusal(request, authorization)
            ?? TokenRefusal(request, authorization, credential)
            ?? SignatureRefusal(request, authorization, credential);
    }

    private string? DateRefusal(WireRequest request, Authorization authorization)
    {
        if (
            !authorization.SignedHeaders.Contains("x-sdk-date")
            || !request.Headers.TryGetValue("x-sdk-date", out var text)
            || !DateTimeOffset.TryParseExact(
                text,
                "yyyyMMdd'T'HHmmss'Z'",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var date
            )
        )
        {
            return "x-sdk-date is missing, unsigned or malformed";
        }

        return (clock.GetUtcNow() - date).Duration() > Window ? "x-sdk-date is out of the signature's time" : null;
    }

    private string? TokenRefusal(WireRequest request, Authorization authorization, Credential credential)
    {
        if (credential.SecurityToken is null)
        {
            return null;
        }

        return !request.Headers.TryGetValue("x-security-token", out var token)
            || token != credential.SecurityToken
            || !authorization.SignedHeaders.Contains("x-security-token")
                ? "x-security-token is missing, unsigned or wrong"
            : credential.Expires <= clock.GetUtcNow() ? "x-security-token expired"
            : null;
    }

    private static string? SignatureRefusal(WireRequest request, Authorization authorization, Credential credential)
    {
        var names = authorization.SignedHeaders;
        if (!names.SequenceEqual(names.Order(StringComparer.Ordinal)))
        {
            return "signed headers are not sorted";
        }

        if (names.FirstOrDefault(name => !request.Headers.ContainsKey(name)) is { } missing)
        {
            return $"signed header {missing} is not in the request";
        }

        if (
            request.Headers.TryGetValue("x-sdk-content-sha256", out var given)
            && given != "UNSIGNED-PAYLOAD"
            && given != Convert.ToHexStringLower(SHA256.HashData(request.Body.Span))
        )
        {
            return "x-sdk-content-sha256 is not the body's";
        }

        var canonical = Signed.CanonicalRequest(request, names);
        var expected = Signed.Signature(
            credential.SecretKey,
            Signed.StringToSign(canonical, request.Headers["x-sdk-date"])
        );
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(expected),
            Encoding.UTF8.GetBytes(authorization.Signature)
        )
            ? null
            : "verify aksk signature fail";
    }
}
