using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenInterface.Contract;

/// <summary>The kinds of thing that are created, by the names the interface has for them.</summary>
public static class CreatedKinds
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [OpenPaths.Servers, OpenPaths.Volumes, OpenPaths.Snapshots, OpenPaths.Networks, OpenPaths.Addresses];

    /// <summary>The creation of a kind, as the limits of a cloud name it; none for a name that is no kind.</summary>
    public static CreationKinds Of(string kind) =>
        kind switch
        {
            OpenPaths.Servers => CreationKinds.Servers,
            OpenPaths.Volumes => CreationKinds.Volumes,
            OpenPaths.Snapshots => CreationKinds.Snapshots,
            OpenPaths.Networks => CreationKinds.Networks,
            OpenPaths.Addresses => CreationKinds.Addresses,
            _ => CreationKinds.None,
        };

    /// <summary>The kinds whose keys the cloud does not keep unique itself.</summary>
    public static IReadOnlyList<string> WithoutToken(CloudLimits limits) =>
        [.. All.Where(kind => !limits.KeepsKeysOf(Of(kind)))];
}
