using System.Text.Json.Serialization;
using Refit;

namespace CloudManager.Adapters.OpenStack.Network;

/// <summary>Networks, a page with a link where another follows: https://docs.openstack.org/api-ref/network/v2/#list-networks</summary>
internal sealed record NetworksAnswer(IReadOnlyList<NetworkBody> Networks)
{
    [JsonPropertyName("networks_links")]
    public IReadOnlyList<PageLink> Links { get; init; } = [];
}

internal sealed record NetworkAnswer(NetworkBody Network);

internal sealed record NetworkBody(string Id, string Name, string Status)
{
    public string? Description { get; init; }

    [JsonPropertyName("router:external")]
    public bool IsExternal { get; init; }
}

internal sealed record NetworkQuery
{
    [AliasAs("project_id")]
    public string? Project { get; init; }

    [AliasAs("router:external")]
    public string? External { get; init; }

    [AliasAs("limit")]
    public int? Limit { get; init; }

    [AliasAs("marker")]
    public string? Marker { get; init; }
}

/// <summary>A new network: https://docs.openstack.org/api-ref/network/v2/#create-network</summary>
internal sealed record NewNetworkRequest(NewNetwork Network);

internal sealed record NewNetwork(string Name, string Description);

/// <summary>Subnets: https://docs.openstack.org/api-ref/network/v2/#subnets</summary>
internal sealed record SubnetsAnswer(IReadOnlyList<SubnetBody> Subnets);

internal sealed record SubnetAnswer(SubnetBody Subnet);

internal sealed record SubnetBody(string Id, string NetworkId, string Cidr, int IpVersion);

internal sealed record NewSubnetRequest(NewSubnet Subnet);

internal sealed record NewSubnet(string NetworkId, string Name, string Cidr, string Description)
{
    public int IpVersion { get; } = 4;
}

/// <summary>Routers: https://docs.openstack.org/api-ref/network/v2/#routers-routers</summary>
internal sealed record RoutersAnswer(IReadOnlyList<RouterBody> Routers);

internal sealed record RouterAnswer(RouterBody Router);

internal sealed record RouterBody(string Id, string? Description);

internal sealed record NewRouterRequest(NewRouter Router);

internal sealed record NewRouter(string Name, string Description, ExternalGateway ExternalGatewayInfo);

internal sealed record ExternalGateway(string NetworkId);

internal sealed record RouterInterface
{
    public string? SubnetId { get; init; }

    public string? PortId { get; init; }
}

/// <summary>Ports: https://docs.openstack.org/api-ref/network/v2/#list-ports</summary>
internal sealed record PortsAnswer(IReadOnlyList<PortBody> Ports);

internal sealed record PortAnswer(PortBody Port);

internal sealed record PortBody(string Id, string DeviceId, string DeviceOwner)
{
    public IReadOnlyList<FixedAddress> FixedIps { get; init; } = [];
}

internal sealed record FixedAddress(string IpAddress);

internal sealed record PortQuery
{
    [AliasAs("device_id")]
    public string? Device { get; init; }

    [AliasAs("network_id")]
    public string? Network { get; init; }
}

/// <summary>
/// Floating addresses: https://docs.openstack.org/api-ref/network/v2/#list-floating-ips. The port's details come where
/// the extension fip-port-details is, from Rocky on.
/// </summary>
internal sealed record FloatingsAnswer(IReadOnlyList<FloatingBody> Floatingips)
{
    [JsonPropertyName("floatingips_links")]
    public IReadOnlyList<PageLink> Links { get; init; } = [];
}

internal sealed record FloatingAnswer(FloatingBody Floatingip);

internal sealed record FloatingBody(string Id, string FloatingIpAddress, string Status)
{
    public string? Description { get; init; }

    public string? PortId { get; init; }

    public PortDetails? PortDetails { get; init; }
}

internal sealed record PortDetails(string? DeviceId);

internal sealed record FloatingQuery
{
    [AliasAs("description")]
    public string? Description { get; init; }

    [AliasAs("project_id")]
    public string? Project { get; init; }

    [AliasAs("limit")]
    public int? Limit { get; init; }

    [AliasAs("marker")]
    public string? Marker { get; init; }
}

/// <summary>A new floating address: https://docs.openstack.org/api-ref/network/v2/#create-floating-ip</summary>
internal sealed record NewFloatingRequest(NewFloating Floatingip);

internal sealed record NewFloating(string FloatingNetworkId, string Description);

/// <summary>Its port, or none: https://docs.openstack.org/api-ref/network/v2/#update-floating-ip</summary>
internal sealed record BindRequest(IReadOnlyDictionary<string, string?> Floatingip);

/// <summary>Security groups: https://docs.openstack.org/api-ref/network/v2/#list-security-groups</summary>
internal sealed record SecurityGroupsAnswer(IReadOnlyList<SecurityGroupBody> SecurityGroups);

internal sealed record SecurityGroupAnswer(SecurityGroupBody SecurityGroup);

internal sealed record SecurityGroupBody(string Id, string Name)
{
    public IReadOnlyList<SecurityRuleBody> SecurityGroupRules { get; init; } = [];
}

internal sealed record SecurityRuleBody(string Direction)
{
    public string? Protocol { get; init; }

    public int? PortRangeMin { get; init; }

    public int? PortRangeMax { get; init; }

    public string? RemoteIpPrefix { get; init; }

    public string? RemoteGroupId { get; init; }

    public string? Ethertype { get; init; }
}

internal sealed record NewSecurityGroupRequest(NewSecurityGroup SecurityGroup);

internal sealed record NewSecurityGroup(string Name, string Description);

/// <summary>A new rule: https://docs.openstack.org/api-ref/network/v2/#create-security-group-rule</summary>
internal sealed record NewSecurityRuleRequest(NewSecurityRule SecurityGroupRule);

internal sealed record NewSecurityRule(string SecurityGroupId, string Direction, string Ethertype)
{
    public string? Protocol { get; init; }

    public int? PortRangeMin { get; init; }

    public int? PortRangeMax { get; init; }

    public string? RemoteIpPrefix { get; init; }
}
