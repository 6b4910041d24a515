using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CloudManager.Labs.Aws.Wire;

/// <summary>
/// Verifies Signature Version 4 in the Authorization header, step by step as the documentation has it:
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
internal sealed class SignatureCheck(SimulatorOptions options)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private static readonly string[] Needed = ["host", "x-amz-date"];
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    /// <exception cref="Refused">The call is not signed, or not with the right keys.</exception>
    public void Verify(HttpRequest request, byte[] body, string service)
    {
        var (credential, signed, signature) = Fields(request);
        var time = request.Headers["x-amz-date"].ToString();
        var scope = Scope(credential, time, service);
        CheckHeaders(request, signed.Split(';'), time);
        var canonical = Canonical(request, signed, body);
        var toSign = string.Join('\n', Algorithm, time, scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var expected = Hex(HMACSHA256.HashData(Key(scope), Encoding.UTF8.GetBytes(toSign)));
        if (
            !CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(expected),
                Encoding.ASCII.GetBytes(signature)
            )
        )
        {
            throw new Refused(
                service == "ec2" ? "AuthFailure" : "SignatureDoesNotMatch",
                "AWS was not able to validate the provided access credentials",
                service == "ec2" ? 401 : 403
            );
        }
    }

    private static (string Credential, string Signed, string Signature) Fields(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            throw new Refused("MissingAuthenticationToken", "Request is missing Authentication Token", 403);
        }

        var parts = header.Split(' ', 2);
        var fields = (parts.Length == 2 ? parts[1] : "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(field => field.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1]);
        if (
            parts[0] != Algorithm
            || !fields.TryGetValue("Credential", out var credential)
            || !fields.TryGetValue("SignedHeaders", out var signed)
            || !fields.TryGetValue("Signature", out var signature)
        )
        {
            throw new Refused(
                "IncompleteSignature",
                "Authorization header requires Credential, SignedHeaders, Signature",
                403
            );
        }

        return (credential, signed, signature);
    }

    private string Scope(string credential, string time, string service)
    {
        var (access, scope) = credential.Split('/', 2) is [var key, var rest] ? (key, rest) : (credential, "");
        if (access != options.AccessKey)
        {
            throw new Refused(
                service == "ec2" ? "AuthFailure" : "InvalidClientTokenId",
                "AWS was not able to validate the provided access credentials",
                service == "ec2" ? 401 : 403
            );
        }

        var wanted = $"{time.Split('T')[0]}/{options.Region}/{service}/aws4_request";
        return scope == wanted
            ? scope
            : throw new Refused(
                "SignatureDoesNotMatch",
                $"Credential should be scoped to '{wanted}', not '{scope}'.",
                403
            );
    }

    private void CheckHeaders(HttpRequest request, string[] signed, string time)
    {
        foreach (var needed in Needed.Where(name => !signed.Contains(name)))
        {
            throw new Refused("SignatureDoesNotMatch", $"'{needed}' must be a signed header.", 403);
        }

        var isTime = DateTimeOffset.TryParseExact(
            time,
            "yyyyMMdd'T'HHmmss'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var at
        );
        if (!isTime || (options.Time.GetUtcNow() - at).Duration() > Skew)
        {
            throw new Refused("RequestExpired", "Request has expired.", 400);
        }

        var token = request.Headers["x-amz-security-token"].ToString();
        if ((options.SessionToken ?? "") != token)
        {
            throw new Refused("AuthFailure", "AWS was not able to validate the provided access credentials", 401);
        }
    }

    private static string Canonical(HttpRequest request, string signed, byte[] body)
    {
        var headers = signed
            .Split(';')
            .Select(name => $"{name}:{string.Join(',', request.Headers[name].Select(value => value?.Trim()))}\n");
        var query = request
            .Query.SelectMany(each => each.Value, (each, value) => (each.Key, Value: value ?? ""))
            .Select(each => $"{Uri.EscapeDataString(each.Key)}={Uri.EscapeDataString(each.Value)}")
            .Order(StringComparer.Ordinal);
        return string.Join(
            '\n',
            request.Method,
            request.Path.Value is { Length: > 0 } path ? path : "/",
            string.Join('&', query),
            string.Concat(headers),
            signed,
            Hex(SHA256.HashData(body))
        );
    }

    private byte[] Key(string scope) =>
        scope
            .Split('/')
            .Aggregate(
                Encoding.UTF8.GetBytes($"AWS4{options.SecretKey}"),
                (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part))
            );

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
