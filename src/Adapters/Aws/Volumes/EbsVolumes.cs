using System.Runtime.CompilerServices;
using Amazon.EC2;
using Amazon.EC2.Model;
using CloudManager.Adapters.Aws.Network;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Volumes;

/// <summary>
/// Volumes, in the zone of the pool's subnet: those of another could not be attached. The key is the client token of the
/// create and a tag: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html
/// </summary>
internal sealed class EbsVolumes(Ec2Door door, Places places) : IVolumeService
{
    private const string Action = "DescribeVolumes";

    private readonly KeyTurns _turns = new();
    private readonly JustMade<CloudVolume> _made = new(door.MachineTime);
    private readonly Growths _growths = new(door);

    public Task<CloudVolume> CreateAsync(VolumeSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        _turns.TakeAsync(key, () => FindOrCreateAsync(spec, key, cancellationToken), cancellationToken);

    public async Task<CloudVolume?> FindAsync(OperationKey key, CancellationToken cancellationToken)
    {
        await foreach (var volume in ReadAsync([Keys.With(key)], cancellationToken))
        {
            return VolumeView.Of(volume, null);
        }

        return null;
    }

    public async Task<CloudVolume> GetAsync(NativeId id, CancellationToken cancellationToken)
    {
        if (await FindBodyAsync(id, cancellationToken) is { } volume)
        {
            return VolumeView.Of(volume, await _growths.FaultAsync(volume, cancellationToken));
        }

        return _made.Of(id) ?? throw Gone(id);
    }

    /// <summary>Grows the volume. EC2 shows the new size once it may be used, and optimises for hours after.</summary>
    public async Task ExtendAsync(NativeId id, int sizeGiB, CancellationToken cancellationToken)
    {
        var volume = await BodyAsync(id, cancellationToken);
        if (volume.Size > sizeGiB)
        {
            throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The volume '{id}' has {volume.Size} GiB and does not shrink to {sizeGiB}."
            );
        }

        if (volume.Size < sizeGiB)
        {
            await _growths.BeginAsync(id, sizeGiB, cancellationToken);
        }
    }

    public async Task DeleteAsync(NativeId id, CancellationToken cancellationToken)
    {
        var request = new DeleteVolumeRequest { VolumeId = id.Value };
        await door.RemoveAsync(
            "DeleteVolume",
            ec2 => ec2.DeleteVolumeAsync(request, cancellationToken),
            (_made, id),
            cancellationToken
        );
    }

    /// <summary>All volumes but the system disks of servers, page by page.</summary>
    public async IAsyncEnumerable<CloudVolume> ListAsync([EnumeratorCancellation] CancellationToken token)
    {
        await foreach (var volume in ReadAsync([], token))
        {
            if (!VolumeView.IsSystemDisk(volume))
            {
                yield return VolumeView.Of(volume, null);
            }
        }
    }

    /// <summary>The volume as EC2 has it.</summary>
    /// <exception cref="AdapterException"><see cref="FailureKind.NotFound"/>: it is gone.</exception>
    public async Task<Volume> BodyAsync(NativeId id, CancellationToken token) =>
        await FindBodyAsync(id, token) ?? throw Gone(id);

    private async Task<Volume?> FindBodyAsync(NativeId id, CancellationToken token)
    {
        var request = new DescribeVolumesRequest { VolumeIds = [id.Value] };
        var answer = await door.LookAsync(Action, ec2 => ec2.DescribeVolumesAsync(request, token), token);
        return answer?.Volumes?.FirstOrDefault(each => each.VolumeId == id.Value && !VolumeView.IsGone(each));
    }

    private IAsyncEnumerable<Volume> ReadAsync(List<Filter> filters, CancellationToken token) =>
        Pages
            .EachAsync(
                Action,
                async next =>
                {
                    var request = new DescribeVolumesRequest
                    {
                        Filters = filters.Count > 0 ? filters : null,
                        MaxResults = Pages.Size,
                        NextToken = next,
                    };
                    var page = await door.AskAsync(Action, ec2 => ec2.DescribeVolumesAsync(request, token), token);
                    return new Page<Volume>(page.Volumes, page.NextToken);
                },
                token
            )
            .Where(volume => !VolumeView.IsGone(volume));

    private async Task<CloudVolume> FindOrCreateAsync(VolumeSpec spec, OperationKey key, CancellationToken token)
    {
        if (await FindAsync(key, token) is { } found)
        {
            return found;
        }

        var request = new CreateVolumeRequest
        {
            ClientToken = key.Value,
            AvailabilityZone = (await places.HomeAsync(token)).Zone,
            Size = spec.SizeGiB,
            VolumeType = spec.Type,
            TagSpecifications = [Keys.Specification(ResourceType.Volume, spec.Name, key)],
        };
        try
        {
            var answer = await door.CreateAsync("CreateVolume", ec2 => ec2.CreateVolumeAsync(request, token), token);
            var made = VolumeView.Of(answer.Volume, null);
            return _made.Note(made.Id, key, made);
        }
        catch (AdapterException failure) when (failure.ProviderCode == "IdempotentParameterMismatch")
        {
            // An earlier call with this key said something else; what it made is what is meant.
            if (await FindAsync(key, token) is { } meant)
            {
                return meant;
            }

            throw;
        }
    }

    private static AdapterException Gone(NativeId id) =>
        new(FailureKind.NotFound, $"There is no volume '{id}'.") { ProviderCode = "InvalidVolume.NotFound" };
}
