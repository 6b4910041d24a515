using CloudManager.Adapters.Sdk;

namespace AcmeCloud.Adapter;

/// <summary>What may be ordered, page by page.</summary>
internal sealed class AcmeCloudOfferings : IOfferings
{
    public IAsyncEnumerable<CloudImage> ListImagesAsync(CancellationToken cancellationToken) =>
        throw AcmeCloudErrors.NotWritten("Listing images");

    public IAsyncEnumerable<CloudFlavour> ListFlavoursAsync(CancellationToken cancellationToken) =>
        throw AcmeCloudErrors.NotWritten("Listing flavours");

    public IAsyncEnumerable<CloudVolumeType> ListVolumeTypesAsync(CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<CloudVolumeType>();
}
