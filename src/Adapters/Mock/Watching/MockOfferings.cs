using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.Watching;

internal sealed class MockOfferings(MockCalls calls) : IOfferings
{
    public IAsyncEnumerable<CloudImage> ListImagesAsync(CancellationToken cancellationToken) =>
        calls.ListAsync(MockOperations.ListImages, static _ => Catalogue.Images, cancellationToken);

    public IAsyncEnumerable<CloudFlavour> ListFlavoursAsync(CancellationToken cancellationToken) =>
        calls.ListAsync(MockOperations.ListFlavours, static _ => Catalogue.Flavours, cancellationToken);

    public IAsyncEnumerable<CloudVolumeType> ListVolumeTypesAsync(CancellationToken cancellationToken) =>
        calls.ListAsync(MockOperations.ListVolumeTypes, static _ => Catalogue.Types, cancellationToken);
}
