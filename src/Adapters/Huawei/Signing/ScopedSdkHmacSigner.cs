using System.Security.Cryptography;
using System.Text;

namespace CloudManager.Adapters.Huawei.Signing;

/// <summary>
/// The older form of private editions: same algorithm name, but the signature is scoped to day, region and service, with
/// a key derived for that scope.
/// </summary>
internal sealed class ScopedSdkHmacSigner(AccessKeys keys, string region, string service) : IRequestSigner
{
    /// <summary>The name the setting has for it.</summary>
    public const string Setting = "SDK-HMAC-SHA256-scoped";

    private const string Algorithm = SdkHmacSigner.Algorithm;
    private const string End = "sdk_request";
    private const int DayLength = 8;

    public string Authorize(SigningRequest request)
    {
        var day = request.Date[..DayLength];
        var scope = $"{day}/{region}/{service}/{End}";
        var text = $"{Algorithm}\n{request.Date}\n{scope}\n{CanonicalRequest.Hash(CanonicalRequest.Of(request))}";
        var key = Encoding.UTF8.GetBytes("SDK" + keys.SecretKey);
        foreach (var part in new[] { day, region, service, End })
        {
            key = Hmac(key, part);
        }

        return $"{Algorithm} Credential={keys.AccessKey}/{scope}, "
            + $"SignedHeaders={CanonicalRequest.SignedHeaders(request.Headers)}, "
            + $"Signature={Convert.ToHexStringLower(Hmac(key, text))}";
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
