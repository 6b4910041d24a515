using System.Security.Authentication;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws;

/// <summary>
/// Turns what EC2 and CloudWatch answer into the contract's one exception. The kind follows from the error's code, else
/// from the status, never from words; the request id rides along; keys and signatures do not. Codes:
/// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
/// </summary>
internal sealed partial class AwsErrors(AwsSettings settings, TimeProvider machineTime)
{
    private const int LongestWords = 500;

    private static readonly Dictionary<string, FailureKind> Codes = new(
        new (FailureKind Kind, string[] Codes)[]
        {
            (
                FailureKind.Unauthenticated,
                [
                    "AuthFailure",
                    "ExpiredToken",
                    "IncompleteSignature",
                    "InvalidAccessKeyId",
                    "InvalidClientTokenId",
                    "MissingAuthenticationToken",
                    "RequestExpired",
                    "SignatureDoesNotMatch",
                    "UnrecognizedClientException",
                ]
            ),
            (
                FailureKind.Forbidden,
                [
                    "AccessDenied",
                    "AccessDeniedException",
                    "Blocked",
                    "OptInRequired",
                    "PendingVerification",
                    "UnauthorizedOperation",
                ]
            ),
            (
                FailureKind.Throttled,
                [
                    "EC2ThrottledException",
                    "RequestLimitExceeded",
                    "RequestThrottled",
                    "SnapshotCreationPerVolumeRateExceeded",
                    "Throttling",
                    "ThrottlingException",
                ]
            ),
            (
                FailureKind.NoCapacity,
                [
                    "InsufficientAddressCapacity",
                    "InsufficientCapacity",
                    "InsufficientFreeAddressesInSubnet",
                    "InsufficientHostCapacity",
                    "InsufficientInstanceCapacity",
                    "InsufficientVolumeCapacity",
                ]
            ),
            (
                FailureKind.Conflict,
                [
                    "ConcurrentTagAccess",
                    "DependencyViolation",
                    "IdempotentParameterMismatch",
                    "InvalidState",
                    "OperationNotPermitted",
                    "Resource.AlreadyAssociated",
                    "Resource.AlreadyAssigned",
                    "VolumeInUse",
                    "VolumeModificationRateExceeded",
                ]
            ),
            (FailureKind.Unsupported, ["InvalidAction", "UnsupportedOperation"]),
            (FailureKind.InvalidRequest, ["Gateway.NotAttached", "Unsupported", "ValidationError"]),
            (
                FailureKind.Unavailable,
                [
                    "InternalError",
                    "InternalFailure",
                    "InvalidNextToken",
                    "InvalidPaginationToken",
                    "ServiceUnavailable",
                    "Unavailable",
                ]
            ),
        }.SelectMany(row => row.Codes, (row, code) => KeyValuePair.Create(code, row.Kind))
    );

    /// <summary>What a call ended with.</summary>
    /// <param name="call">Service and action, for the message.</param>
    /// <param name="fault">What the SDK threw.</param>
    /// <param name="head">The head of the answer; without a status there was none.</param>
    public AdapterException Translate(string call, Exception fault, AnswerHead head) =>
        fault.GetBaseException() is AdapterException ours ? ours
        : fault is AmazonServiceException { ErrorCode.Length: > 0 } told && head.Status is not < 400
            ? Refused(call, (int)told.StatusCode, new Refusal(told.ErrorCode, told.Message, told.RequestId), head)
        : head.Status is >= 300 and { } status ? Refused(call, status, new Refusal(null, null, null), head)
        : Unanswered(call, fault, head);

    /// <summary>What an answer of this status and envelope means.</summary>
    public AdapterException Refused(string call, int status, Refusal refusal, AnswerHead head)
    {
        var wait = head.RetryAfter ?? head.RetryAt - machineTime.GetUtcNow();
        var words = refusal.Message ?? $"an answer that is no error of this service ({head.ContentType})";
        var code = refusal.Code ?? $"HTTP {status}";
        return new AdapterException(
            Kind(refusal.Code, status),
            $"{call} answered {code} (HTTP {status}): {Hidden(words)}"
        )
        {
            ProviderCode = code,
            ProviderRequestId = refusal.RequestId ?? head.RequestId,
            RetryAfter = wait > TimeSpan.Zero ? wait : null,
        };
    }

    /// <summary>The same failure told as another kind.</summary>
    public static AdapterException As(FailureKind kind, AdapterException failure) =>
        new(kind, failure.Message)
        {
            ProviderCode = failure.ProviderCode,
            ProviderRequestId = failure.ProviderRequestId,
        };

    /// <summary>Nothing was done, as not all of EC2 knows yet what was made just now; soon it can be.</summary>
    public static AdapterException Later(AdapterException failure) =>
        new(FailureKind.Throttled, $"Not all of EC2 knows yet what was made just now: {failure.Message}")
        {
            ProviderCode = failure.ProviderCode,
            ProviderRequestId = failure.ProviderRequestId,
            RetryAfter = TimeSpan.FromSeconds(2),
        };

    /// <summary>The kind of an error code, or of a reason such as <c>Server.InsufficientInstanceCapacity</c>.</summary>
    public static FailureKind Kind(string? code, int status)
    {
        if (code is null)
        {
            return KindOf(status);
        }

        var plain = code.StartsWith("Client.", StringComparison.Ordinal) || IsOfServer(code) ? code[7..] : code;
        return Codes.TryGetValue(plain, out var kind) ? kind
            : IsOfServer(code) ? FailureKind.Unavailable
            : KindByForm(plain) ?? KindOf(status);
    }

    private AdapterException Unanswered(string call, Exception fault, AnswerHead head)
    {
        var root = fault.GetBaseException();
        if (root is AuthenticationException untrusted)
        {
            return new AdapterException(
                FailureKind.Unavailable,
                $"{call}: the certificate of {settings.Host} is not trusted ({untrusted.Message}); "
                    + "if a private authority issued it, name that one's file in caFile."
            )
            {
                ProviderCode = "certificate",
            };
        }

        var what = head.Status is { } status
            ? $"answered HTTP {status} with something that is not understood"
            : "gave no whole answer";
        return new AdapterException(
            FailureKind.Unavailable,
            $"{call} {what} ({settings.Host}): {fault.GetType().Name}: {Hidden(root.Message)}"
        )
        {
            ProviderRequestId = head.RequestId,
        };
    }

    private static bool IsOfServer(string code) => code.StartsWith("Server.", StringComparison.Ordinal);

    private static FailureKind? KindByForm(string code) =>
        code.EndsWith(".NotFound", StringComparison.Ordinal) || code.EndsWith(".Malformed", StringComparison.Ordinal)
            ? FailureKind.NotFound
        : code.EndsWith("LimitExceeded", StringComparison.Ordinal)
        || code.EndsWith("QuotaExceeded", StringComparison.Ordinal)
            ? FailureKind.QuotaExceeded
        : code.EndsWith(".InUse", StringComparison.Ordinal)
        || code.EndsWith(".Duplicate", StringComparison.Ordinal)
        || code.StartsWith("Incorrect", StringComparison.Ordinal)
            ? FailureKind.Conflict
        : code.StartsWith("Invalid", StringComparison.Ordinal)
        || code.StartsWith("Missing", StringComparison.Ordinal)
        || code.StartsWith("Unknown", StringComparison.Ordinal)
            ? FailureKind.InvalidRequest
        : null;

    /// <summary>A 404 is no word of this service, so it says nothing about the thing asked for.</summary>
    private static FailureKind KindOf(int status) =>
        status switch
        {
            < 400 or 404 or 408 => FailureKind.Unavailable,
            401 => FailureKind.Unauthenticated,
            403 or 407 => FailureKind.Forbidden,
            405 or 501 => FailureKind.Unsupported,
            409 => FailureKind.Conflict,
            429 => FailureKind.Throttled,
            >= 500 => FailureKind.Unavailable,
            _ => FailureKind.InvalidRequest,
        };

    private string Hidden(string words)
    {
        foreach (var secret in new[] { settings.SecretKey, settings.SessionToken, settings.AccessKey })
        {
            words = string.IsNullOrEmpty(secret) ? words : words.Replace(secret, "***", StringComparison.Ordinal);
        }

        words = Signature().Replace(words, "$1***");
        return words.Length <= LongestWords ? words : words[..LongestWords];
    }

    [GeneratedRegex(
        "(?<1>(Signature|Security-Token)[=: ']+)[^\\s,&']+",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Signature();
}

/// <summary>What an error envelope says.</summary>
internal sealed record Refusal(string? Code, string? Message, string? RequestId);
