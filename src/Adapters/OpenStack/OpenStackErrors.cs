using System.Net;
using System.Security.Authentication;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack;

/// <summary>
/// Turns what OpenStack services answer into the contract's one exception. The kind follows from the status and the
/// error's own type, never from its words; the request id rides along; secrets do not.
/// </summary>
internal sealed class OpenStackErrors(OpenStackSettings settings, TimeProvider machineTime)
{
    private const int LongestWords = 500;

    /// <summary>Neutron's types that say more than their status.</summary>
    private static readonly Dictionary<string, FailureKind> Types = new()
    {
        ["OverQuota"] = FailureKind.QuotaExceeded,
        ["IpAddressGenerationFailure"] = FailureKind.NoCapacity,
        ["ExternalIpAddressExhausted"] = FailureKind.NoCapacity,
        ["NoNetworkAvailable"] = FailureKind.NoCapacity,
    };

    /// <summary>What the answer says, whose body was taken in before.</summary>
    public async Task<AdapterException> TranslateAsync(
        string service,
        HttpResponseMessage answer,
        string? token,
        CancellationToken cancellationToken
    )
    {
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        var error = ErrorBody.Read(text);
        var wait = RetryAfter(answer, error);
        var call = $"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.AbsolutePath}";
        var words = error.Message ?? $"an answer that is no JSON ({answer.Content.Headers.ContentType?.MediaType})";
        var message = $"{service} answered HTTP {(int)answer.StatusCode} to {call}: {Hidden(words, token)}";
        return new AdapterException(Kind(service, answer.StatusCode, error, wait), message)
        {
            ProviderCode = error.Type ?? $"HTTP {(int)answer.StatusCode}",
            ProviderRequestId = RequestId(answer) ?? error.RequestId,
            RetryAfter = wait > TimeSpan.Zero ? wait : null,
        };
    }

    /// <summary>No answer, or not all of it.</summary>
    public static AdapterException Unreachable(string service, HttpRequestMessage call, Exception fault)
    {
        var host = call.RequestUri?.GetLeftPart(UriPartial.Authority);
        if (fault.GetBaseException() is AuthenticationException untrusted)
        {
            return new AdapterException(
                FailureKind.Unavailable,
                $"The certificate of {service} at {host} is not trusted ({untrusted.Message}); "
                    + "if a private authority issued it, name that one's file in caFile."
            )
            {
                ProviderCode = "certificate",
            };
        }

        var what = fault is HttpRequestException { HttpRequestError: var error and not HttpRequestError.Unknown }
            ? error.ToString()
            : fault.GetType().Name;
        return new AdapterException(
            FailureKind.Unavailable,
            $"{service} at {host} gave no whole answer to {call.Method} {call.RequestUri?.AbsolutePath}: "
                + $"{what}: {fault.GetBaseException().Message}"
        );
    }

    /// <summary>JSON that is not what the API reference says.</summary>
    public static AdapterException NotUnderstood(string service, HttpResponseMessage answer, Exception fault) =>
        new(
            FailureKind.Unavailable,
            $"{service} answered {answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.AbsolutePath} "
                + $"with something that is not understood: {fault.Message}"
        )
        {
            ProviderRequestId = RequestId(answer),
        };

    private static FailureKind Kind(string service, HttpStatusCode status, ErrorBody error, TimeSpan wait) =>
        (int)status switch
        {
            < 400 => FailureKind.Unavailable,
            401 => FailureKind.Unauthenticated,
            403 => FailureKind.Forbidden,
            404 => FailureKind.NotFound,
            405 or 406 or 501 => FailureKind.Unsupported,
            408 => FailureKind.Unavailable,
            // Cinder says 413 of its quota too, and asks then for no pause.
            413 => service == CloudServices.Cinder && wait <= TimeSpan.Zero
                ? FailureKind.QuotaExceeded
                : FailureKind.Throttled,
            429 => FailureKind.Throttled,
            >= 500 => FailureKind.Unavailable,
            409 => error.Type is { } type ? Types.GetValueOrDefault(type, FailureKind.Conflict) : FailureKind.Conflict,
            _ => error.Type is { } type
                ? Types.GetValueOrDefault(type, FailureKind.InvalidRequest)
                : FailureKind.InvalidRequest,
        };

    private TimeSpan RetryAfter(HttpResponseMessage answer, ErrorBody error) =>
        answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - machineTime.GetUtcNow(),
            _ => error.RetryAfter ?? TimeSpan.Zero,
        };

    private static string? RequestId(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("x-openstack-request-id", out var ids)
        || answer.Headers.TryGetValues("x-compute-request-id", out ids)
            ? ids.FirstOrDefault()
            : null;

    private string Hidden(string words, string? token)
    {
        foreach (var secret in new[] { token, settings.Credential.Secret })
        {
            words = string.IsNullOrEmpty(secret) ? words : words.Replace(secret, "***", StringComparison.Ordinal);
        }

        return words.Length <= LongestWords ? words : words[..LongestWords];
    }
}
