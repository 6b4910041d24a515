namespace CloudManager.Adapters.Sdk;

/// <summary>Why a call to a cloud did not do what was asked. One translation per adapter; nobody matches text.</summary>
public enum FailureKind
{
    /// <summary>What was named does not exist.</summary>
    NotFound,

    /// <summary>The thing is in a state that does not allow the call now.</summary>
    Conflict,

    /// <summary>The tenant's or pool's quota is used up.</summary>
    QuotaExceeded,

    /// <summary>The cloud has no room for it.</summary>
    NoCapacity,

    /// <summary>The cloud refuses the values given.</summary>
    InvalidRequest,

    /// <summary>The credentials are not accepted.</summary>
    Unauthenticated,

    /// <summary>The credentials are accepted but not for this call.</summary>
    Forbidden,

    /// <summary>Too many calls; nothing was done. <see cref="AdapterException.RetryAfter"/> says when to come again.</summary>
    Throttled,

    /// <summary>No answer, or an answer that says "later". Whether the call took effect is unknown.</summary>
    Unavailable,

    /// <summary>This cloud cannot do it at all.</summary>
    Unsupported,
}

/// <summary>The one exception type of the adapter contract.</summary>
/// <remarks>
/// It never carries an HTTP client's exception inside: those hold live credentials. The provider's own code, message
/// and request id ride along as text, so that the provider can find the call in its own logs.
/// </remarks>
#pragma warning disable CA1032 // A failure without its kind must not exist, so the bare constructors are left out.
public sealed class AdapterException(FailureKind kind, string message) : Exception(message)
#pragma warning restore CA1032
{
    /// <summary>What sort of failure it is.</summary>
    public FailureKind Kind { get; } = kind;

    /// <summary>The provider's own error code, e.g. <c>Ecs.0319</c>; null where it gave none.</summary>
    public string? ProviderCode { get; init; }

    /// <summary>The provider's request id; null where it gave none.</summary>
    public string? ProviderRequestId { get; init; }

    /// <summary>How long to wait before the next try; null where the cloud did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same call may succeed later without anybody changing anything.</summary>
    public bool IsTransient => Kind is FailureKind.Throttled or FailureKind.Unavailable;

    /// <summary>Whether the call may have taken effect although it failed.</summary>
    public bool IsUncertain => Kind is FailureKind.Unavailable;
}
