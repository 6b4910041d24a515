using System.Security.Cryptography;
using System.Text;

namespace CloudManager.Adapters.Aws.Metering;

/// <summary>
/// Signature Version 4 of a POST to the root of a service, for CloudWatch, whose SDK is not taken:
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
/// <param name="accessKey">The access key id.</param>
/// <param name="secretKey">The secret access key.</param>
/// <param name="sessionToken">The token of temporary keys; null for lasting ones.</param>
/// <param name="scope">Region and service, e.g. <c>cn-north-1/monitoring</c>.</param>
internal sealed class SigningKey(string accessKey, string secretKey, string? sessionToken, string scope)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Adds date, token and signature to the call.</summary>
    public void Sign(HttpRequestMessage call, byte[] body, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'");
        List<(string Name, string Value)> headers =
        [
            ("content-type", call.Content!.Headers.ContentType!.ToString()),
            ("host", call.RequestUri!.IsDefaultPort ? call.RequestUri.Host : call.RequestUri.Authority),
            ("x-amz-content-sha256", Hex(SHA256.HashData(body))),
            ("x-amz-date", time),
        ];
        if (sessionToken is not null)
        {
            headers.Add(("x-amz-security-token", sessionToken));
        }

        foreach (var (name, value) in headers.Skip(2))
        {
            call.Headers.TryAddWithoutValidation(name, value);
        }

        var names = string.Join(';', headers.Select(header => header.Name));
        var canonical = string.Join(
            '\n',
            call.Method.Method,
            call.RequestUri.AbsolutePath,
            "",
            string.Concat(headers.Select(header => $"{header.Name}:{header.Value}\n")),
            names,
            Hex(SHA256.HashData(body))
        );
        var credential = $"{time[..8]}/{scope}/aws4_request";
        var toSign = string.Join('\n', Algorithm, time, credential, Hex(SHA256.HashData(Bytes(canonical))));
        var key = credential
            .Split('/')
            .Aggregate(Bytes($"AWS4{secretKey}"), (key, part) => HMACSHA256.HashData(key, Bytes(part)));
        var signature = Hex(HMACSHA256.HashData(key, Bytes(toSign)));
        call.Headers.TryAddWithoutValidation(
            "Authorization",
            $"{Algorithm} Credential={accessKey}/{credential}, SignedHeaders={names}, Signature={signature}"
        );
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
