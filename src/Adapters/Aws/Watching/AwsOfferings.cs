using CloudManager.Adapters.Aws.Compute;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Watching;

/// <summary>What the account may order.</summary>
internal sealed class AwsOfferings(MachineImages images, InstanceTypes types, AwsSettings settings) : IOfferings
{
    /// <summary>The types of EBS that are ordered by size alone: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html</summary>
    private static readonly string[] VolumeTypes = ["gp3", "gp2", "st1", "sc1", "standard"];

    public IAsyncEnumerable<CloudImage> ListImagesAsync(CancellationToken cancellationToken) =>
        images.ListAsync(cancellationToken);

    public IAsyncEnumerable<CloudFlavour> ListFlavoursAsync(CancellationToken cancellationToken) =>
        types.ListAsync(cancellationToken);

    /// <summary>No call lists them: the settings do, else it is what every region of EC2 has.</summary>
    public IAsyncEnumerable<CloudVolumeType> ListVolumeTypesAsync(CancellationToken cancellationToken) =>
        (settings.VolumeTypes.Count > 0 ? settings.VolumeTypes : VolumeTypes)
            .Distinct()
            .Select(type => new CloudVolumeType(type))
            .ToAsyncEnumerable();
}
