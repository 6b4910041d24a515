using System.Text.Json.Serialization;

namespace CloudManager.Adapters.OpenStack.Network;

/// <summary>https://docs.openstack.org/api-ref/network/v2/#create-network</summary>
internal sealed record CreateNetwork(NewNetwork Network);

internal sealed record NewNetwork(string Name, string Description);

internal sealed record NetworkAnswer(NetworkBody Network);

internal sealed record NetworksAnswer(IReadOnlyList<NetworkBody> Networks);

/// <summary>https://docs.openstack.org/api-ref/network/v2/#show-network-details</summary>
internal sealed record NetworkBody(string Id, string? Name, string? Description, string? Status);

/// <summary>https://docs.openstack.org/api-ref/network/v2/#create-subnet</summary>
internal sealed record CreateSubnet(NewSubnet Subnet);

internal sealed record NewSubnet(string NetworkId, string Cidr, string Name, string Description)
{
    public int IpVersion => 4;
}

internal sealed record SubnetAnswer(SubnetBody Subnet);

internal sealed record SubnetsAnswer(IReadOnlyList<SubnetBody> Subnets);

/// <summary>https://docs.openstack.org/api-ref/network/v2/#show-subnet-details</summary>
internal sealed record SubnetBody(string Id, string NetworkId, string Cidr, int IpVersion);

/// <summary>https://docs.openstack.org/api-ref/network/v2/#create-router</summary>
internal sealed record CreateRouter(NewRouter Router);

internal sealed record NewRouter(string Name, string Description, ExternalGateway ExternalGatewayInfo);

internal sealed record ExternalGateway(string NetworkId);

internal sealed record RouterAnswer(RouterBody Router);

internal sealed record RoutersAnswer(IReadOnlyList<RouterBody> Routers);

/// <summary>https://docs.openstack.org/api-ref/network/v2/#show-router-details</summary>
internal sealed record RouterBody(string Id, string? Description);

/// <summary>https://docs.openstack.org/api-ref/network/v2/#add-interface-to-router; one of the two.</summary>
internal sealed record RouterInterface(string? SubnetId, string? PortId);

internal sealed record PortsAnswer(IReadOnlyList<PortBody> Ports);

internal sealed record PortAnswer(PortBody Port);

/// <summary>https://docs.openstack.org/api-ref/network/v2/#show-port-details</summary>
internal sealed record PortBody(
    string Id,
    string? DeviceId,
    string? DeviceOwner,
    IReadOnlyList<FixedAddress>? FixedIps
);

internal sealed record FixedAddress(string SubnetId, string IpAddress);

/// <summary>https://docs.openstack.org/api-ref/network/v2/#create-floating-ip</summary>
internal sealed record CreateFloatingAddress(NewFloatingAddress Floatingip);

internal sealed record NewFloatingAddress(string FloatingNetworkId, string Description);

internal sealed record AddressAnswer(AddressBody Floatingip);

internal sealed record AddressesAnswer(IReadOnlyList<AddressBody> Floatingips);

/// <summary>https://docs.openstack.org/api-ref/network/v2/#show-floating-ip-details; the port's details since Queens.</summary>
internal sealed record AddressBody(
    string Id,
    string FloatingIpAddress,
    string? Status,
    string? PortId,
    string? Description,
    PortDetails? PortDetails
);

internal sealed record PortDetails(string? DeviceId);

/// <summary>https://docs.openstack.org/api-ref/network/v2/#update-floating-ip; a null port takes it away.</summary>
internal sealed record BindFloatingAddress(FloatingBinding Floatingip);

internal sealed record FloatingBinding([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? PortId);

/// <summary>https://docs.openstack.org/api-ref/network/v2/#create-security-group</summary>
internal sealed record CreateSecurityGroup(NewSecurityGroup SecurityGroup);

internal sealed record NewSecurityGroup(string Name, string Description);

internal sealed record SecurityGroupAnswer(SecurityGroupBody SecurityGroup);

internal sealed record SecurityGroupsAnswer(IReadOnlyList<SecurityGroupBody> SecurityGroups);

/// <summary>https://docs.openstack.org/api-ref/network/v2/#show-security-group</summary>
internal sealed record SecurityGroupBody(string Id, string Name, IReadOnlyList<SecurityRuleBody>? SecurityGroupRules);

/// <summary>https://docs.openstack.org/api-ref/network/v2/#show-security-group-rule</summary>
internal sealed record SecurityRuleBody(
    string Direction,
    string? Protocol,
    int? PortRangeMin,
    int? PortRangeMax,
    string? RemoteIpPrefix
);

/// <summary>https://docs.openstack.org/api-ref/network/v2/#create-security-group-rule</summary>
internal sealed record CreateSecurityRule(NewSecurityRule SecurityGroupRule);

internal sealed record NewSecurityRule(
    string SecurityGroupId,
    string Direction,
    string Ethertype,
    string? Protocol,
    int? PortRangeMin,
    int? PortRangeMax,
    string RemoteIpPrefix
);
