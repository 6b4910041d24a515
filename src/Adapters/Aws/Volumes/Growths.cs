using System.Collections.Concurrent;
using Amazon.EC2.Model;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Volumes;

/// <summary>
/// The growing of volumes. A modification goes from modifying to optimizing, from when the new size may be used, to
/// completed, or it fails and leaves the volume as it was; after one, EC2 takes no other for six hours:
/// https://docs.aws.amazon.com/ebs/latest/userguide/monitoring-volume-modifications.html
/// </summary>
internal sealed class Growths(Ec2Door door)
{
    private readonly ConcurrentDictionary<NativeId, int> _begun = new();

    /// <summary>Asks for the size; one that is under way to it already is success.</summary>
    public async Task BeginAsync(NativeId id, int sizeGiB, CancellationToken token)
    {
        var request = new ModifyVolumeRequest { VolumeId = id.Value, Size = sizeGiB };
        try
        {
            await door.AskAsync("ModifyVolume", ec2 => ec2.ModifyVolumeAsync(request, token), token);
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.Conflict)
        {
            var latest = await LatestAsync(id, token);
            if (latest?.ModificationState?.Value is not ("modifying" or "optimizing") || latest.TargetSize != sizeGiB)
            {
                throw;
            }
        }

        _begun[id] = sizeGiB;
    }

    /// <summary>Why the volume did not grow as this process asked it to; null where nothing is known to be wrong.</summary>
    public async Task<string?> FaultAsync(Volume volume, CancellationToken token)
    {
        var id = new NativeId(volume.VolumeId);
        if (!_begun.TryGetValue(id, out var wanted))
        {
            return null;
        }

        if (volume.Size >= wanted)
        {
            _begun.TryRemove(id, out _);
            return null;
        }

        var latest = await LatestAsync(id, token);
        return latest?.ModificationState?.Value is "failed"
            ? $"growing to {latest.TargetSize} GiB failed: {latest.StatusMessage ?? "no reason given"}"
            : null;
    }

    private async Task<VolumeModification?> LatestAsync(NativeId id, CancellationToken token)
    {
        var request = new DescribeVolumesModificationsRequest { VolumeIds = [id.Value] };
        var answer = await door.LookAsync(
            "DescribeVolumesModifications",
            ec2 => ec2.DescribeVolumesModificationsAsync(request, token),
            token
        );
        return answer?.VolumesModifications?.MaxBy(each => each.StartTime ?? DateTime.MinValue);
    }
}
