using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text.Json;
using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenInterface.Connection;

/// <summary>
/// Turns what a provider answers into the contract's one exception. The kind is the problem's own code; where there is
/// none, it follows from the status. The key never stands in a message.
/// </summary>
internal sealed class OpenErrors(string key, TimeProvider machineTime)
{
    private const int LongestWords = 500;
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>What an answer of failure says, whose body was taken in before.</summary>
    public async Task<AdapterException> TranslateAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var problem = await ReadAsync(answer, cancellationToken);
        var status = (int)answer.StatusCode;
        var words =
            problem.Detail
            ?? problem.Title
            ?? $"an answer without a problem ({answer.Content.Headers.ContentType?.MediaType})";
        var wait = RetryAfter(answer.Headers.RetryAfter, problem);
        return new AdapterException(
            KindOf(problem.Code, status),
            $"The open interface answered HTTP {status} to {Call(answer.RequestMessage)}: {Hidden(words)}"
        )
        {
            ProviderCode = Hidden(problem.ProviderCode ?? problem.Code ?? $"HTTP {status}"),
            ProviderRequestId = Hidden(RequestId(answer) ?? problem.RequestId),
            RetryAfter = wait > TimeSpan.Zero ? wait : null,
        };
    }

    /// <summary>The provider sends elsewhere: where to is told, and nobody goes.</summary>
    public AdapterException Redirected(HttpResponseMessage answer)
    {
        var target = answer.Headers.Location;
        var where = target is { IsAbsoluteUri: true } ? target.GetLeftPart(UriPartial.Authority) : target?.ToString();
        return new AdapterException(
            FailureKind.Unavailable,
            $"The open interface redirects {Call(answer.RequestMessage)} to '{Hidden(where)}'; redirects are not "
                + "followed, as they would take the key there. Set baseUrl to the right address."
        )
        {
            ProviderCode = "redirect",
            ProviderRequestId = RequestId(answer),
        };
    }

    /// <summary>No answer, or not all of it, or more than anybody takes.</summary>
    public static AdapterException Unreachable(HttpRequestMessage call, Exception fault)
    {
        var host = call.RequestUri?.GetLeftPart(UriPartial.Authority);
        if (fault.GetBaseException() is AuthenticationException untrusted)
        {
            return new AdapterException(
                FailureKind.Unavailable,
                $"The certificate of the open interface at {host} is not trusted ({untrusted.Message}); if a private "
                    + "authority issued it, or it is its own, name its file in caFile."
            )
            {
                ProviderCode = "certificate",
            };
        }

        if (fault is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded })
        {
            return new AdapterException(
                FailureKind.Unavailable,
                $"The open interface at {host} answered {Call(call)} with more than {WireCalls.MostBytes >> 20} MiB; "
                    + "no more than that is taken in."
            )
            {
                ProviderCode = "too large",
            };
        }

        var what = fault is HttpRequestException { HttpRequestError: var error and not HttpRequestError.Unknown }
            ? error.ToString()
            : fault.GetType().Name;
        return new AdapterException(
            FailureKind.Unavailable,
            $"The open interface at {host} gave no whole answer to {Call(call)}: {what}: {fault.GetBaseException().Message}"
        );
    }

    /// <summary>An answer that is not what the contract says.</summary>
    public static AdapterException NotUnderstood(HttpResponseMessage answer, Exception fault) =>
        new(
            FailureKind.Unavailable,
            $"The open interface answered {Call(answer.RequestMessage)} with something that does not fit the contract: "
                + Place(fault)
        )
        {
            ProviderCode = Fit.Code,
            ProviderRequestId = RequestId(answer),
        };

    private static FailureKind KindOf(string? code, int status) =>
        Enum.GetValues<FailureKind>()
            .Where(kind => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()) == code)
            .Select(kind => (FailureKind?)kind)
            .FirstOrDefault()
        ?? status switch
        {
            // A path that nobody serves is no proof that a thing is gone: only the problem's own code is.
            404 => FailureKind.Unavailable,
            400 or 413 or 422 => FailureKind.InvalidRequest,
            401 => FailureKind.Unauthenticated,
            403 => FailureKind.Forbidden,
            405 or 501 => FailureKind.Unsupported,
            409 => FailureKind.Conflict,
            429 => FailureKind.Throttled,
            _ => FailureKind.Unavailable,
        };

    private static async Task<OpenProblem> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return JsonSerializer.Deserialize<OpenProblem>(text, OpenWire.Json) ?? Nothing;
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }

    private static OpenProblem Nothing { get; } = new(null, null, null, null, null, null, null);

    private TimeSpan RetryAfter(RetryConditionHeaderValue? header, OpenProblem problem)
    {
        var wait = header switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - machineTime.GetUtcNow(),
            _ => TimeSpan.FromSeconds(Math.Clamp(problem.RetryAfter ?? 0, 0, LongestWait.TotalSeconds)),
        };
        return wait < LongestWait ? wait : LongestWait;
    }

    private static string? RequestId(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues(OpenWire.RequestIdHeader, out var ids) ? ids.FirstOrDefault() : null;

    private static string Call(HttpRequestMessage? call) => $"{call?.Method} {call?.RequestUri?.AbsolutePath}";

    /// <summary>JSON's own words say where it went wrong; they may quote what stood there and are kept short.</summary>
    public static string Place(Exception fault) =>
        fault.Message.Length <= LongestWords ? fault.Message : fault.Message[..LongestWords];

    private string? Hidden(string? words)
    {
        var plain = words is null || key.Length == 0 ? words : words.Replace(key, "***", StringComparison.Ordinal);
        return plain is { Length: > LongestWords } ? plain[..LongestWords] : plain;
    }
}
