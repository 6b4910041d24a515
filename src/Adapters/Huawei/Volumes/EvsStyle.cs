namespace CloudManager.Adapters.Huawei.Volumes;

/// <summary>Under which paths a cloud has its volumes.</summary>
/// <param name="Version">The version of the calls that create and extend.</param>
/// <param name="Volumes">The segment of volumes.</param>
/// <param name="Snapshots">The segment of snapshots.</param>
/// <param name="HasTokens">Whether a create carries a token that the cloud keeps unique, and tags.</param>
internal sealed record EvsStyle(string Version, string Volumes, string Snapshots, bool HasTokens)
{
    /// <summary>The public cloud's: creates are jobs.</summary>
    public static EvsStyle Jobs { get; } = new("v2.1", "cloudvolumes", "cloudsnapshots", true);

    /// <summary>OpenStack's own, as private editions have them: a create answers the volume.</summary>
    public static EvsStyle Cinder { get; } = new("v2", "volumes", "snapshots", false);
}
