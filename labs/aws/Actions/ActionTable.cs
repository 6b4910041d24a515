using CloudManager.Labs.Aws.State;
using CloudManager.Labs.Aws.Wire;

namespace CloudManager.Labs.Aws.Actions;

/// <summary>Every action of EC2 that the lab knows.</summary>
internal static class ActionTable
{
    public static IReadOnlyDictionary<string, Func<Region, QueryRequest, IEnumerable<object?>>> All { get; } =
        new Dictionary<string, Func<Region, QueryRequest, IEnumerable<object?>>>
        {
            ["RunInstances"] = InstanceActions.Run,
            ["DescribeInstances"] = InstanceActions.Describe,
            ["TerminateInstances"] = InstanceActions.Terminate,
            ["StartInstances"] = InstanceActions.Start,
            ["StopInstances"] = InstanceActions.Stop,
            ["RebootInstances"] = InstanceActions.Reboot,
            ["ModifyInstanceAttribute"] = InstanceActions.Modify,
            ["DescribeInstanceTypes"] = InstanceActions.Types,
            ["DescribeImages"] = InstanceActions.Images,
            ["CreateVolume"] = VolumeActions.Create,
            ["DescribeVolumes"] = VolumeActions.Describe,
            ["DeleteVolume"] = VolumeActions.Delete,
            ["AttachVolume"] = VolumeActions.Attach,
            ["DetachVolume"] = VolumeActions.Detach,
            ["ModifyVolume"] = VolumeActions.Modify,
            ["DescribeVolumesModifications"] = VolumeActions.Modifications,
            ["CreateSnapshot"] = VolumeActions.Snap,
            ["DescribeSnapshots"] = VolumeActions.Snapshots,
            ["DeleteSnapshot"] = VolumeActions.DeleteSnapshot,
            ["CreateVpc"] = NetworkActions.CreateVpc,
            ["DescribeVpcs"] = NetworkActions.Vpcs,
            ["DeleteVpc"] = NetworkActions.DeleteVpc,
            ["CreateSubnet"] = NetworkActions.CreateSubnet,
            ["DescribeSubnets"] = NetworkActions.Subnets,
            ["DeleteSubnet"] = NetworkActions.DeleteSubnet,
            ["CreateInternetGateway"] = NetworkActions.CreateGateway,
            ["DescribeInternetGateways"] = NetworkActions.Gateways,
            ["AttachInternetGateway"] = NetworkActions.AttachGateway,
            ["DetachInternetGateway"] = NetworkActions.DetachGateway,
            ["DeleteInternetGateway"] = NetworkActions.DeleteGateway,
            ["DescribeRouteTables"] = NetworkActions.Tables,
            ["CreateRoute"] = NetworkActions.CreateRoute,
            ["CreateSecurityGroup"] = GroupActions.Create,
            ["DescribeSecurityGroups"] = GroupActions.Describe,
            ["DeleteSecurityGroup"] = GroupActions.Delete,
            ["AuthorizeSecurityGroupIngress"] = GroupActions.AllowIn,
            ["AuthorizeSecurityGroupEgress"] = GroupActions.AllowOut,
            ["AllocateAddress"] = AddressActions.Allocate,
            ["DescribeAddresses"] = AddressActions.Describe,
            ["AssociateAddress"] = AddressActions.Associate,
            ["DisassociateAddress"] = AddressActions.Disassociate,
            ["ReleaseAddress"] = AddressActions.Release,
        };
}
