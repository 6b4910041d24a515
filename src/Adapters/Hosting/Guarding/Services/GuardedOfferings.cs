using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Guarding.Services;

internal sealed class GuardedOfferings(IOfferings inner, CallGuard guard) : IOfferings
{
    public IAsyncEnumerable<CloudImage> ListImagesAsync(CancellationToken cancellationToken) =>
        guard.ListAsync("listImages", token => inner.ListImagesAsync(token), cancellationToken);

    public IAsyncEnumerable<CloudFlavour> ListFlavoursAsync(CancellationToken cancellationToken) =>
        guard.ListAsync("listFlavours", token => inner.ListFlavoursAsync(token), cancellationToken);

    public IAsyncEnumerable<CloudVolumeType> ListVolumeTypesAsync(CancellationToken cancellationToken) =>
        guard.ListAsync("listVolumeTypes", token => inner.ListVolumeTypesAsync(token), cancellationToken);
}
