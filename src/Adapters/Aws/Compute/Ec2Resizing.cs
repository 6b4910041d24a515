using Amazon.EC2;
using Amazon.EC2.Model;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Compute;

/// <summary>
/// Changes the type of a stopped instance. The platform's plan stops it before and starts it after (its limits say that
/// a resize needs a stop); nothing waits for a confirmation, so that is left as it is:
/// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/change-instance-type-of-ebs-backed-instance.html
/// </summary>
internal sealed class Ec2Resizing(Ec2Door door, Instances instances) : IServerResizing
{
    public async Task ResizeAsync(NativeId id, string flavour, ServerSize size, CancellationToken cancellationToken)
    {
        var now = await instances.GetAsync(id, cancellationToken);
        if (now.InstanceType?.Value == flavour)
        {
            return;
        }

        if (now.State?.Name?.Value is not "stopped")
        {
            throw new AdapterException(
                FailureKind.Conflict,
                $"The instance '{id}' is {now.State?.Name?.Value}; it must be stopped before its type changes."
            );
        }

        var request = new ModifyInstanceAttributeRequest
        {
            InstanceId = id.Value,
            Attribute = InstanceAttributeName.InstanceType,
            Value = flavour,
        };
        await door.AskAsync(
            "ModifyInstanceAttribute",
            ec2 => ec2.ModifyInstanceAttributeAsync(request, cancellationToken),
            cancellationToken
        );
    }
}
