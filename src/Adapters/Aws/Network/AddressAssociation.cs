using Amazon.EC2.Model;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Network;

/// <summary>Associates elastic addresses with instances, and never takes one from another.</summary>
internal sealed class AddressAssociation(Ec2Door door, ElasticAddresses addresses) : IAddressBinding
{
    public async Task BindAsync(NativeId address, NativeId server, CancellationToken cancellationToken)
    {
        var now = await addresses.GetAsync(address, cancellationToken);
        if (now.BoundTo == server)
        {
            return;
        }

        if (now.BoundTo is { } other)
        {
            throw new AdapterException(
                FailureKind.Conflict,
                $"The address {now.Address} is bound to '{other}'; it must be unbound first."
            );
        }

        var request = new AssociateAddressRequest
        {
            AllocationId = address.Value,
            InstanceId = server.Value,
            AllowReassociation = false,
        };
        await door.AskAsync(
            "AssociateAddress",
            ec2 => ec2.AssociateAddressAsync(request, cancellationToken),
            cancellationToken
        );
    }

    public async Task UnbindAsync(NativeId address, CancellationToken cancellationToken)
    {
        var now = await addresses.FindBodyAsync(address, cancellationToken);
        if (now?.AssociationId is not { Length: > 0 } association)
        {
            return;
        }

        var request = new DisassociateAddressRequest { AssociationId = association };
        await door.RemoveAsync(
            "DisassociateAddress",
            ec2 => ec2.DisassociateAddressAsync(request, cancellationToken),
            cancellationToken
        );
    }
}
