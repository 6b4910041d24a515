using System.Runtime.CompilerServices;
using CloudManager.Adapters.OpenStack.Compute;
using CloudManager.Adapters.OpenStack.Images;
using CloudManager.Adapters.OpenStack.Volumes;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Watching;

/// <summary>What the project may order.</summary>
internal sealed class OpenStackOfferings(CloudDoor door, GlanceImages images, Flavours flavours, Cinder cinder)
    : IOfferings
{
    public async IAsyncEnumerable<CloudImage> ListImagesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var image in images.ListAsync(cancellationToken))
        {
            var architecture = image.NewArchitecture ?? image.OldArchitecture;
            yield return new CloudImage(image.Id, image.Name ?? image.Id, architecture);
        }
    }

    /// <summary>Sizes of whole GiB: no other can be ordered.</summary>
    public async IAsyncEnumerable<CloudFlavour> ListFlavoursAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var flavour in flavours.ListAsync(cancellationToken))
        {
            if (flavour.Ram >= 1024 && flavour.Ram % 1024 == 0)
            {
                yield return new CloudFlavour(flavour.Name, ServerView.Size(flavour.Vcpus, flavour.Ram));
            }
        }
    }

    public async IAsyncEnumerable<CloudVolumeType> ListVolumeTypesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (!await door.HasAsync(CloudServices.Volume, cancellationToken))
        {
            yield break;
        }

        await foreach (var type in cinder.TypesAsync(cancellationToken))
        {
            yield return new CloudVolumeType(type.Name);
        }
    }
}
