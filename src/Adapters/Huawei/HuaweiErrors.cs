using System.Net;
using System.Security.Authentication;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei;

/// <summary>
/// Turns what Huawei's services answer into the contract's one exception. The kind follows from code and status, never
/// from words; the request id rides along; secrets do not.
/// </summary>
internal sealed class HuaweiErrors(HuaweiSettings settings, TimeProvider machineTime)
{
    private const int LongestWords = 500;

    /// <summary>What the answer says, whose body was taken in before.</summary>
    public async Task<AdapterException> TranslateAsync(
        string service,
        HttpResponseMessage answer,
        CancellationToken cancellationToken
    )
    {
        var error = ErrorBody.Read(await answer.Content.ReadAsStringAsync(cancellationToken));
        var wait = RetryAfter(answer);
        var call = $"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.AbsolutePath}";
        var words =
            error.Message ?? $"an answer that is no error of its API ({answer.Content.Headers.ContentType?.MediaType})";
        var message = $"{service} answered HTTP {(int)answer.StatusCode} to {call}: {error.Code} {Hidden(words)}";
        return new AdapterException(Kind(answer.StatusCode, error, wait), message)
        {
            ProviderCode = error.Code ?? $"HTTP {(int)answer.StatusCode}",
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

    /// <summary>The same failure of another kind, where the call tells what was meant.</summary>
    public static AdapterException As(FailureKind kind, AdapterException failure) =>
        new(kind, failure.Message)
        {
            ProviderCode = failure.ProviderCode,
            ProviderRequestId = failure.ProviderRequestId,
            RetryAfter = failure.RetryAfter,
        };

    private static FailureKind Kind(HttpStatusCode status, ErrorBody error, TimeSpan wait)
    {
        // A refused signature stays one whatever the code: several in a row lock the key.
        if (status == HttpStatusCode.Unauthorized)
        {
            return FailureKind.Unauthenticated;
        }

        if ((int)status is >= 400 and < 500)
        {
            if (FailureCodes.IsHiddenNotFound(error.Code, error.Message))
            {
                return FailureKind.NotFound;
            }

            if (FailureCodes.Kind(error.Code) is { } kind)
            {
                return kind;
            }
        }

        return (int)status switch
        {
            < 400 => FailureKind.Unavailable,
            403 => FailureKind.Forbidden,
            404 => FailureKind.NotFound,
            405 or 406 or 501 => FailureKind.Unsupported,
            408 => FailureKind.Unavailable,
            409 => FailureKind.Conflict,
            413 when wait > TimeSpan.Zero => FailureKind.Throttled,
            429 => FailureKind.Throttled,
            >= 500 => FailureKind.Unavailable,
            _ => FailureKind.InvalidRequest,
        };
    }

    private TimeSpan RetryAfter(HttpResponseMessage answer) =>
        answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - machineTime.GetUtcNow(),
            _ => TimeSpan.Zero,
        };

    private static string? RequestId(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("X-Request-Id", out var ids)
        || answer.Headers.TryGetValues("X-IAM-Trace-Id", out ids)
            ? ids.FirstOrDefault()
            : null;

    private string Hidden(string words)
    {
        foreach (var secret in settings.Secrets)
        {
            words = words.Replace(secret, "***", StringComparison.Ordinal);
        }

        return words.Length <= LongestWords ? words : words[..LongestWords];
    }
}
