using CloudManager.Adapters.Sdk;

namespace MemoryCloud.Adapter;

/// <summary>The one place where the cloud's failures become the contract's.</summary>
internal static class MemoryCloudErrors
{
    public static AdapterException NotFound(string what) => new(FailureKind.NotFound, $"There is no {what}.");

    public static AdapterException Invalid(string why) => new(FailureKind.InvalidRequest, why);

    public static AdapterException Conflict(string why) => new(FailureKind.Conflict, why);

    public static AdapterException NoCapacity() => new(FailureKind.NoCapacity, "No cores are left.");
}
