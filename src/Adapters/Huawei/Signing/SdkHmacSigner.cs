using System.Security.Cryptography;
using System.Text;

namespace CloudManager.Adapters.Huawei.Signing;

/// <summary>SDK-HMAC-SHA256: the key is the SK as it is, and nothing scopes the signature.</summary>
internal sealed class SdkHmacSigner(AccessKeys keys) : IRequestSigner
{
    public const string Algorithm = "SDK-HMAC-SHA256";

    public string Authorize(SigningRequest request)
    {
        var text = $"{Algorithm}\n{request.Date}\n{CanonicalRequest.Hash(CanonicalRequest.Of(request))}";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(keys.SecretKey), Encoding.UTF8.GetBytes(text));
        return $"{Algorithm} Access={keys.AccessKey}, SignedHeaders={CanonicalRequest.SignedHeaders(request.Headers)}, "
            + $"Signature={Convert.ToHexStringLower(signature)}";
    }
}
