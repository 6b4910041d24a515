using CloudManager.Adapters.Sdk;

namespace CloudManager.TestPlugins;

/// <summary>Uses the contract and offers no public factory.</summary>
public static class Nothing
{
    public static NativeId Id { get; } = new("none");
}
