namespace CloudManager.Adapters.Sdk;

/// <summary>
/// The version of the adapter contract (适配器接口版本, art. 16). It rises when the contract grows by members that an older
/// platform does not have. A plug-in built against a lower version runs on, because every later member has a default;
/// one built against a higher version is refused. This assembly's major version is the same number, so that a plug-in
/// cannot state another than it was built against.
/// </summary>
public static class AdapterContract
{
    /// <summary>This contract's version.</summary>
    public const int Version = 1;
}
