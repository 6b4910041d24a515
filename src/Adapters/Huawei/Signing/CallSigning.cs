using System.Globalization;

namespace CloudManager.Adapters.Huawei.Signing;

/// <summary>
/// Puts date, project and signature on a call. Signed is what stays as it is on its way: host, our own headers, the body;
/// not what the HTTP client or a proxy writes itself.
/// </summary>
internal sealed class CallSigning(IRequestSigner signer, AccessKeys keys, TimeProvider machineTime)
{
    private const string Authorization = "Authorization";
    private const string Date = "X-Sdk-Date";

    /// <summary>Whether the project's header is signed too; the scoped form adds it after signing.</summary>
    public bool SignsProject { get; init; } = true;

    /// <param name="call">The call; one signed before is signed anew.</param>
    /// <param name="scope">X-Project-Id or X-Domain-Id and its value; null for neither.</param>
    /// <param name="cancellationToken">Ends the reading of the body.</param>
    public async Task SignAsync(
        HttpRequestMessage call,
        (string Name, string Value)? scope,
        CancellationToken cancellationToken
    )
    {
        Set(call, Date, machineTime.GetUtcNow().ToString("yyyyMMddTHHmmssZ", CultureInfo.InvariantCulture));
        if (keys.SecurityToken is { } temporary)
        {
            Set(call, "X-Security-Token", temporary);
        }

        if (scope is { } before && SignsProject)
        {
            Set(call, before.Name, before.Value);
        }

        var headers = call
            .Headers.Where(header => header.Key.StartsWith("X-", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(',', header.Value));
        headers["host"] = call.Headers.Host ?? call.RequestUri!.Authority;
        var body = call.Content is null ? [] : await call.Content.ReadAsByteArrayAsync(cancellationToken);
        Set(
            call,
            Authorization,
            signer.Authorize(new SigningRequest(call.Method.Method, call.RequestUri!, headers, body))
        );
        if (scope is { } after && !SignsProject)
        {
            Set(call, after.Name, after.Value);
        }
    }

    private static void Set(HttpRequestMessage call, string name, string value)
    {
        call.Headers.Remove(name);
        call.Headers.TryAddWithoutValidation(name, value);
    }
}
