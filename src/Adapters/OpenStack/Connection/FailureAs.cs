using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack;

/// <summary>A failure told as another kind, where the call says more than the status.</summary>
internal static class FailureAs
{
    /// <summary>The same failure under another kind.</summary>
    public static AdapterException As(this AdapterException failure, FailureKind kind) =>
        new(kind, failure.Message)
        {
            ProviderCode = failure.ProviderCode,
            ProviderRequestId = failure.ProviderRequestId,
            RetryAfter = failure.RetryAfter,
        };
}
