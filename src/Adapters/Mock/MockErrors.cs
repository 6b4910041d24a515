using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock;

/// <summary>The failures of the simulated cloud, with the codes it would give.</summary>
internal static class MockErrors
{
    public static AdapterException NotFound(string what, string id) =>
        Failure(FailureKind.NotFound, "Mock.NotFound", $"There is no {what} '{id}'.");

    public static AdapterException Conflict(string message) => Failure(FailureKind.Conflict, "Mock.Conflict", message);

    public static AdapterException Invalid(string message) =>
        Failure(FailureKind.InvalidRequest, "Mock.InvalidRequest", message);

    public static AdapterException NoCapacity(string message) =>
        Failure(FailureKind.NoCapacity, "Mock.NoCapacity", message);

    public static AdapterException Unavailable(string message) =>
        Failure(FailureKind.Unavailable, "Mock.Unavailable", message);

    public static AdapterException Throttled(TimeSpan retryAfter) =>
        new(FailureKind.Throttled, "Too many calls.") { ProviderCode = "Mock.Throttled", RetryAfter = retryAfter };

    private static AdapterException Failure(FailureKind kind, string code, string message) =>
        new(kind, message) { ProviderCode = code };
}
