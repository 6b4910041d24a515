using System.Runtime.CompilerServices;
using Amazon.EC2;
using Amazon.EC2.Model;
using CloudManager.Adapters.Aws.Network;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Compute;

/// <summary>
/// Servers. The key is the client token of the create, which EC2 keeps unique for a day after the instance's end, and a
/// tag of the instance from its first instant, which lasts: https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html
/// </summary>
internal sealed class Ec2Servers(Ec2Door door, Instances instances, ServerParts parts, AwsSettings settings)
    : IServerService
{
    private readonly KeyTurns _turns = new();
    private readonly JustMade<CloudServer> _made = new(door.MachineTime);

    public Task<CloudServer> CreateAsync(ServerSpec spec, OperationKey key, CancellationToken cancellationToken) =>
        _turns.TakeAsync(key, () => FindOrCreateAsync(spec, key, cancellationToken), cancellationToken);

    public async Task<CloudServer?> FindAsync(OperationKey key, CancellationToken cancellationToken)
    {
        await foreach (var server in ReadAsync([Keys.With(key)], cancellationToken))
        {
            return server;
        }

        return null;
    }

    public async Task<CloudServer> GetAsync(NativeId id, CancellationToken cancellationToken)
    {
        var instance = await instances.FindAsync(id, cancellationToken);
        return instance is not null && !ServerView.IsGone(instance)
            ? await ViewAsync(instance, cancellationToken)
            : (instance is null ? _made.Of(id) : null) ?? throw Instances.Gone(id, instance);
    }

    public async Task DeleteAsync(NativeId id, CancellationToken cancellationToken)
    {
        var request = new TerminateInstancesRequest { InstanceIds = [id.Value] };
        await door.RemoveAsync(
            "TerminateInstances",
            ec2 => ec2.TerminateInstancesAsync(request, cancellationToken),
            (_made, id),
            cancellationToken
        );
    }

    /// <summary>All instances that are there, page by page.</summary>
    public async IAsyncEnumerable<CloudServer> ReadAsync(
        List<Filter> filters,
        [EnumeratorCancellation] CancellationToken token
    )
    {
        await foreach (var page in instances.PagesAsync(filters, token))
        {
            var there = page.Where(instance => !ServerView.IsGone(instance)).ToList();
            await parts.Types.LearnAsync(TypesOf(there), token);
            foreach (var instance in there)
            {
                yield return ServerView.Of(instance, parts.Types);
            }
        }
    }

    private async Task<CloudServer> FindOrCreateAsync(ServerSpec spec, OperationKey key, CancellationToken token)
    {
        if (await FindAsync(key, token) is { } found)
        {
            return found;
        }

        var place = await parts.Places.FindAsync(spec.Network, token);
        try
        {
            var request = await RequestAsync(spec, key, place, token);
            var answer = await door.CreateAsync("RunInstances", ec2 => ec2.RunInstancesAsync(request, token), token);
            return await MadeAsync(answer.Reservation?.Instances, key, token);
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
        catch (AdapterException failure)
            when (failure.ProviderCode
                    is "InvalidGroup.NotFound"
                        or "InvalidGroup.Duplicate"
                        or "InvalidSubnetID.NotFound"
            )
        {
            // Both were seen a moment ago: not all of EC2 knows them yet, or somebody has just removed them.
            parts.Group.Forget(place.Vpc);
            throw AwsErrors.Later(failure);
        }
    }

    private async Task<CloudServer> MadeAsync(IReadOnlyList<Instance>? made, OperationKey key, CancellationToken token)
    {
        if (made is not [var instance, ..])
        {
            throw new AdapterException(FailureKind.Unavailable, "EC2 RunInstances answered without an instance.");
        }

        if (ServerView.IsGone(instance))
        {
            var reason = instance.StateReason?.Code;
            throw new AdapterException(
                AwsErrors.Kind(reason, 409),
                $"What was made under this key, '{instance.InstanceId}', is terminated: "
                    + (ServerView.Reason(instance) ?? "no reason given")
            )
            {
                ProviderCode = reason,
            };
        }

        return _made.Note(new NativeId(instance.InstanceId), key, await ViewAsync(instance, token));
    }

    private async Task<RunInstancesRequest> RequestAsync(
        ServerSpec spec,
        OperationKey key,
        Place place,
        CancellationToken token
    )
    {
        var image = await parts.Images.FindAsync(spec.Image, token);
        var group = await parts.Group.EnsureAsync(place.Vpc, token);
        return new RunInstancesRequest
        {
            ClientToken = key.Value,
            MinCount = 1,
            MaxCount = 1,
            ImageId = image.Id,
            InstanceType = spec.Flavour,
            SubnetId = place.Subnet,
            SecurityGroupIds = group is null ? null : [group],
            BlockDeviceMappings =
            [
                new BlockDeviceMapping
                {
                    DeviceName = image.RootDevice,
                    Ebs = new EbsBlockDevice
                    {
                        VolumeSize = spec.SystemDiskGiB,
                        VolumeType = settings.SystemDiskType,
                        DeleteOnTermination = true,
                    },
                },
            ],
            TagSpecifications =
            [
                Keys.Specification(ResourceType.Instance, spec.Name, key),
                Keys.Specification(ResourceType.Volume, spec.Name, key, Keys.SystemDiskTag),
            ],
        };
    }

    private async Task<CloudServer> ViewAsync(Instance instance, CancellationToken token)
    {
        await parts.Types.LearnAsync(TypesOf([instance]), token);
        return ServerView.Of(instance, parts.Types);
    }

    private static IEnumerable<string> TypesOf(IEnumerable<Instance> instances) =>
        instances.Select(instance => instance.InstanceType?.Value).OfType<string>();
}

/// <summary>What a server is put together from.</summary>
internal sealed record ServerParts(InstanceTypes Types, MachineImages Images, Places Places, PoolSecurityGroup Group);
