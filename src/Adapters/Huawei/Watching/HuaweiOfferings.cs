using System.Runtime.CompilerServices;
using CloudManager.Adapters.Huawei.Images;
using CloudManager.Adapters.Huawei.Servers;
using CloudManager.Adapters.Huawei.Volumes;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Watching;

/// <summary>What the project may order.</summary>
internal sealed class HuaweiOfferings(ImsImages images, Flavours flavours, Evs evs) : IOfferings
{
    private const int MiBPerGiB = 1024;

    public IAsyncEnumerable<CloudImage> ListImagesAsync(CancellationToken cancellationToken) =>
        images
            .ListAsync(cancellationToken)
            .Select(image => new CloudImage(image.Id, image.Name ?? image.Id, image.Architecture));

    /// <summary>Sizes of whole GiB: no other can be ordered.</summary>
    public IAsyncEnumerable<CloudFlavour> ListFlavoursAsync(CancellationToken cancellationToken) =>
        flavours
            .ListAsync(cancellationToken)
            .Where(flavour => flavour.Ram >= MiBPerGiB && flavour.Ram % MiBPerGiB == 0)
            .Select(flavour => new CloudFlavour(flavour.Id, ServerView.Size(flavour.Vcpus, flavour.Ram)));

    public async IAsyncEnumerable<CloudVolumeType> ListVolumeTypesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var answer = await evs.AskAsync<IEvsOffersApi, VolumeTypesAnswer>(
            (api, p) => api.ListTypesAsync(p, cancellationToken),
            cancellationToken
        );
        foreach (var type in answer.VolumeTypes)
        {
            yield return new CloudVolumeType(type.Name);
        }
    }
}
