using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Manual;

/// <summary>What the settings declare, as a cloud would list it.</summary>
internal sealed class DeclaredOfferings(DeclaredOffers offers) : IOfferings
{
    public IAsyncEnumerable<CloudImage> ListImagesAsync(CancellationToken cancellationToken) =>
        offers.Images.ToAsyncEnumerable();

    public IAsyncEnumerable<CloudFlavour> ListFlavoursAsync(CancellationToken cancellationToken) =>
        offers.Flavours.ToAsyncEnumerable();

    public IAsyncEnumerable<CloudVolumeType> ListVolumeTypesAsync(CancellationToken cancellationToken) =>
        offers.VolumeTypes.ToAsyncEnumerable();
}
