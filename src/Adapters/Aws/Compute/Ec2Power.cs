using Amazon.EC2.Model;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Compute;

/// <summary>
/// Switches instances. EC2 takes a start of what runs and a stop of what is stopped as success; one that is on its way
/// elsewhere is refused, and asked again later.
/// </summary>
internal sealed class Ec2Power(Ec2Door door, Instances instances) : IServerPower
{
    public async Task StartAsync(NativeId id, CancellationToken cancellationToken)
    {
        await instances.GetAsync(id, cancellationToken);
        var request = new StartInstancesRequest { InstanceIds = [id.Value] };
        await door.AskAsync(
            "StartInstances",
            ec2 => ec2.StartInstancesAsync(request, cancellationToken),
            cancellationToken
        );
    }

    public async Task StopAsync(NativeId id, CancellationToken cancellationToken)
    {
        await instances.GetAsync(id, cancellationToken);
        var request = new StopInstancesRequest { InstanceIds = [id.Value] };
        await door.AskAsync(
            "StopInstances",
            ec2 => ec2.StopInstancesAsync(request, cancellationToken),
            cancellationToken
        );
    }

    /// <summary>EC2 answers at once and restarts later; meanwhile the instance is shown as running.</summary>
    public async Task RebootAsync(NativeId id, CancellationToken cancellationToken)
    {
        var instance = await instances.GetAsync(id, cancellationToken);
        if (instance.State?.Name?.Value is not "running")
        {
            throw new AdapterException(
                FailureKind.Conflict,
                $"The instance '{id}' is {instance.State?.Name?.Value} and cannot be rebooted."
            );
        }

        var request = new RebootInstancesRequest { InstanceIds = [id.Value] };
        await door.AskAsync(
            "RebootInstances",
            ec2 => ec2.RebootInstancesAsync(request, cancellationToken),
            cancellationToken
        );
    }
}
