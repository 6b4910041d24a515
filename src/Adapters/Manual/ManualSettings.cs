using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Manual;

/// <summary>What the provider says of a pool that has no interface.</summary>
/// <param name="Limits">What bounds what may be ordered.</param>
/// <param name="Offers">What it offers, where it says so; null where its people decide.</param>
internal sealed record ManualSettings(CloudLimits Limits, DeclaredOffers? Offers);

/// <summary>The sizes, images and volume types that a pool without an interface declares.</summary>
/// <param name="Flavours">Each under a name of its own.</param>
/// <param name="Images">By name.</param>
/// <param name="VolumeTypes">By name.</param>
internal sealed record DeclaredOffers(
    IReadOnlyList<CloudFlavour> Flavours,
    IReadOnlyList<CloudImage> Images,
    IReadOnlyList<CloudVolumeType> VolumeTypes
);
