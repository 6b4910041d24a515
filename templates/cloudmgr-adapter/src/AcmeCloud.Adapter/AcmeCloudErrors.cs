using CloudManager.Adapters.Sdk;

namespace AcmeCloud.Adapter;

/// <summary>The one place where the cloud's failures become the contract's.</summary>
internal static class AcmeCloudErrors
{
    /// <summary>What a call answers that nobody has written yet.</summary>
    public static AdapterException NotWritten(string call) =>
        new(FailureKind.Unsupported, $"{call} is not written yet.");

    /// <summary>What was named does not exist.</summary>
    public static AdapterException NotFound(string what) => new(FailureKind.NotFound, $"There is no {what}.");
}
