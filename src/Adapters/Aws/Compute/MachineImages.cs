using System.Collections.Concurrent;
using Amazon.EC2.Model;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Compute;

/// <summary>What a server is made of: its image, and the device the image boots from.</summary>
internal sealed record BootImage(string Id, string RootDevice);

/// <summary>Amazon machine images (AMI): https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html</summary>
internal sealed class MachineImages(Ec2Door door, AwsSettings settings)
{
    private const string Action = "DescribeImages";

    private readonly ConcurrentDictionary<string, BootImage> _known = new();

    /// <summary>The images of the settings' owners, and those named there, page by page and each once.</summary>
    public async IAsyncEnumerable<CloudImage> ListAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token
    )
    {
        await foreach (var image in ReadAsync([], Owners, token))
        {
            if (!settings.Images.Contains(image.ImageId))
            {
                yield return View(image);
            }
        }

        if (settings.Images.Count > 0)
        {
            await foreach (var image in ReadAsync([new Filter("image-id", [.. settings.Images])], null, token))
            {
                yield return View(image);
            }
        }
    }

    /// <summary>The image of this id or name, remembered: its id and device never change, and a name that moves on is another id's.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.InvalidRequest"/>: there is none, or the name is borne by several.</exception>
    public async Task<BootImage> FindAsync(string wanted, CancellationToken token)
    {
        if (_known.TryGetValue(wanted, out var known))
        {
            return known;
        }

        var found = await ReadAsync([new Filter("image-id", [wanted])], null, token).ToListAsync(token);
        if (found.Count > 0)
        {
            return _known[wanted] = Boot(found[0]);
        }

        var named = await ReadAsync([new Filter("name", [wanted])], Owners, token).ToListAsync(token);
        return named.Count switch
        {
            1 => Boot(named[0]),
            0 => throw new AdapterException(FailureKind.InvalidRequest, $"The cloud has no image '{wanted}'."),
            _ => throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The cloud has {named.Count} images named '{wanted}': "
                    + $"{string.Join(", ", named.Select(image => image.ImageId))}. Name one by its id."
            ),
        };
    }

    private List<string> Owners => settings.ImageOwners.Count > 0 ? [.. settings.ImageOwners] : ["self"];

    private IAsyncEnumerable<Image> ReadAsync(List<Filter> filters, List<string>? owners, CancellationToken token) =>
        Pages.EachAsync(
            Action,
            async next =>
            {
                var request = new DescribeImagesRequest
                {
                    Filters = [.. filters, new Filter("state", ["available"])],
                    Owners = owners,
                    MaxResults = Pages.Size,
                    NextToken = next,
                };
                var page = await door.AskAsync(Action, ec2 => ec2.DescribeImagesAsync(request, token), token);
                return new Page<Image>(page.Images, page.NextToken);
            },
            token
        );

    private static BootImage Boot(Image image) => new(image.ImageId, image.RootDeviceName ?? "/dev/sda1");

    /// <summary>EC2 says arm64 to what everybody else calls aarch64.</summary>
    private static CloudImage View(Image image) =>
        new(
            image.ImageId,
            image.Name ?? image.ImageId,
            image.Architecture?.Value is "arm64" ? "aarch64" : image.Architecture?.Value
        );
}
