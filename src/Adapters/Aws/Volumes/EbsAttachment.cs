using System.Collections.Concurrent;
using Amazon.EC2.Model;
using CloudManager.Adapters.Aws.Compute;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Volumes;

/// <summary>
/// Attaches volumes. EC2 wants to be told a device name that is free on the instance:
/// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html
/// </summary>
internal sealed class EbsAttachment(Ec2Door door, Instances instances, EbsVolumes volumes) : IVolumeAttachment
{
    /// <summary>The names recommended for data volumes come first.</summary>
    private static readonly string[] Devices =
    [
        .. "fghijklmnopqrstuvwxyz".Select(letter => $"/dev/sd{letter}"),
        .. "bcde".Select(letter => $"/dev/sd{letter}"),
    ];

    /// <summary>One attach at a time for each server: two at once would choose the same device.</summary>
    private readonly ConcurrentDictionary<NativeId, SemaphoreSlim> _turns = new();

    public async Task AttachAsync(NativeId volume, NativeId server, CancellationToken cancellationToken)
    {
        var turn = _turns.GetOrAdd(server, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (!IsDone(await volumes.BodyAsync(volume, cancellationToken), server))
            {
                await AttachToFreeAsync(volume, server, cancellationToken);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    public async Task DetachAsync(NativeId volume, CancellationToken cancellationToken)
    {
        try
        {
            var holder = VolumeView.Holder(await volumes.BodyAsync(volume, cancellationToken));
            if (holder is null || holder.State?.Value is "detaching")
            {
                return;
            }

            var request = new DetachVolumeRequest { VolumeId = volume.Value, InstanceId = holder.InstanceId };
            await door.AskAsync(
                "DetachVolume",
                ec2 => ec2.DetachVolumeAsync(request, cancellationToken),
                cancellationToken
            );
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            // What is gone hangs on nothing.
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.Conflict)
        {
            // Between the look and the call somebody else may have detached it.
            if (VolumeView.Holder(await volumes.BodyAsync(volume, cancellationToken)) is not null)
            {
                throw;
            }
        }
    }

    private async Task AttachToFreeAsync(NativeId volume, NativeId server, CancellationToken token)
    {
        var request = new AttachVolumeRequest
        {
            VolumeId = volume.Value,
            InstanceId = server.Value,
            Device = Free(await instances.GetAsync(server, token)),
        };
        try
        {
            await door.AskAsync("AttachVolume", ec2 => ec2.AttachVolumeAsync(request, token), token);
        }
        catch (AdapterException failure) when (failure.Kind is FailureKind.Conflict or FailureKind.InvalidRequest)
        {
            if (IsDone(await volumes.BodyAsync(volume, token), server))
            {
                return;
            }

            // Another process took the device meanwhile: the next try takes another one.
            var isTaken = Taken(await instances.GetAsync(server, token)).Contains(request.Device);
            if (isTaken && failure.Kind == FailureKind.InvalidRequest)
            {
                throw AwsErrors.As(FailureKind.Conflict, failure);
            }

            throw;
        }
    }

    private static string Free(Instance instance)
    {
        var taken = Taken(instance).ToHashSet();
        return Devices.FirstOrDefault(device => !taken.Contains(device) && !taken.Contains(Xen(device)))
            ?? throw new AdapterException(
                FailureKind.QuotaExceeded,
                $"The instance '{instance.InstanceId}' has no device name left for another volume."
            );
    }

    private static IEnumerable<string> Taken(Instance instance) =>
        (instance.BlockDeviceMappings ?? []).Select(mapping => mapping.DeviceName).OfType<string>();

    /// <summary>The name under which a guest on Xen has the same device.</summary>
    private static string Xen(string device) => device.Replace("/dev/sd", "/dev/xvd", StringComparison.Ordinal);

    /// <exception cref="AdapterException"><see cref="FailureKind.Conflict"/>: another server holds it.</exception>
    private static bool IsDone(Volume volume, NativeId server) =>
        VolumeView.Holder(volume) switch
        {
            null => false,
            { State.Value: "detaching" } => throw new AdapterException(
                FailureKind.Conflict,
                $"The volume '{volume.VolumeId}' is still being detached."
            ),
            var holder when holder.InstanceId == server.Value => true,
            var other => throw new AdapterException(
                FailureKind.Conflict,
                $"The volume '{volume.VolumeId}' is attached to '{other.InstanceId}'; it must be detached first."
            ),
        };
}
