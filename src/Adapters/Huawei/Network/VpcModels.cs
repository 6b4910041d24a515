using System.Text.Json.Serialization;
using Refit;

namespace CloudManager.Adapters.Huawei.Network;

/// <summary>What to list of anything on the VPC host.</summary>
internal sealed record VpcQuery
{
    /// <summary>Else some services list the default enterprise project's things only.</summary>
    public const string AllEnterpriseProjects = "all_granted_eps";

    [AliasAs("limit")]
    public int Limit { get; init; }

    [AliasAs("marker")]
    public string? Marker { get; init; }

    [AliasAs("vpc_id")]
    public string? Vpc { get; init; }

    [AliasAs("device_id")]
    public string? Device { get; init; }

    [AliasAs("network_id")]
    public string? Network { get; init; }

    [AliasAs("enterprise_project_id")]
    public string? EnterpriseProject { get; init; }
}

/// <summary>A VPC: https://support.huaweicloud.com/intl/en-us/api-vpc/vpc_api01_0002.html</summary>
internal sealed record VpcAnswer(VpcBody Vpc);

internal sealed record VpcsAnswer(IReadOnlyList<VpcBody> Vpcs);

internal sealed record VpcBody(string Id, string? Name, string? Cidr, string? Status)
{
    public string? Description { get; init; }
}

internal sealed record NewVpcRequest(NewVpc Vpc);

internal sealed record NewVpc(string Name, string Cidr, string Description, string EnterpriseProjectId);

/// <summary>A subnet: https://support.huaweicloud.com/intl/en-us/api-vpc/vpc_subnet01_0002.html</summary>
internal sealed record SubnetAnswer(SubnetBody Subnet);

internal sealed record SubnetsAnswer(IReadOnlyList<SubnetBody> Subnets);

internal sealed record SubnetBody(string Id, string? Name, string? Status);

internal sealed record NewSubnetRequest(NewSubnet Subnet);

internal sealed record NewSubnet(string Name, string Cidr, string GatewayIp, string VpcId, string Description)
{
    public bool DhcpEnable { get; } = true;
}

/// <summary>A port: https://support.huaweicloud.com/intl/en-us/api-vpc/vpc_port01_0003.html</summary>
internal sealed record PortAnswer(PortBody Port);

internal sealed record PortsAnswer(IReadOnlyList<PortBody> Ports);

internal sealed record PortBody(string Id)
{
    public string? DeviceId { get; init; }

    public string? DeviceOwner { get; init; }

    public IReadOnlyList<FixedAddress>? FixedIps { get; init; }
}

internal sealed record FixedAddress(string? IpAddress);

/// <summary>A security group: https://support.huaweicloud.com/intl/en-us/api-vpc/vpc_sg01_0001.html</summary>
internal sealed record SecurityGroupAnswer(SecurityGroupBody SecurityGroup);

internal sealed record SecurityGroupsAnswer(IReadOnlyList<SecurityGroupBody> SecurityGroups);

internal sealed record SecurityGroupBody(string Id, string? Name)
{
    public IReadOnlyList<SecurityRuleBody>? SecurityGroupRules { get; init; }
}

internal sealed record SecurityRuleBody(string? Direction)
{
    public string? Ethertype { get; init; }

    public string? Protocol { get; init; }

    public int? PortRangeMin { get; init; }

    public int? PortRangeMax { get; init; }

    public string? RemoteIpPrefix { get; init; }

    public string? RemoteGroupId { get; init; }
}

internal sealed record NewSecurityGroupRequest(NewSecurityGroup SecurityGroup);

internal sealed record NewSecurityGroup(string Name, string EnterpriseProjectId);

internal sealed record NewSecurityRuleRequest(NewSecurityRule SecurityGroupRule);

internal sealed record NewSecurityRule(string SecurityGroupId, string Direction, string Ethertype)
{
    public string? Protocol { get; init; }

    public int? PortRangeMin { get; init; }

    public int? PortRangeMax { get; init; }

    public string? RemoteIpPrefix { get; init; }
}

/// <summary>A public address: https://support.huaweicloud.com/intl/en-us/api-eip/eip_api_0002.html</summary>
internal sealed record EipAnswer([property: JsonPropertyName("publicip")] EipBody Eip);

internal sealed record EipBody(string Id, string? PublicIpAddress, string? Status)
{
    public string? Alias { get; init; }

    public string? PortId { get; init; }

    public string? BandwidthId { get; init; }

    public int? BandwidthSize { get; init; }
}

internal sealed record NewEipRequest(
    [property: JsonPropertyName("publicip")] NewEip Eip,
    NewBandwidth Bandwidth,
    string EnterpriseProjectId
);

internal sealed record NewEip(string Type, string Alias)
{
    public int IpVersion { get; } = 4;
}

/// <summary>A bandwidth of its own by name and size, a shared one by id.</summary>
internal sealed record NewBandwidth(string ShareType)
{
    public string? Name { get; init; }

    public int? Size { get; init; }

    public string? ChargeMode { get; init; }

    public string? Id { get; init; }
}

/// <summary>An empty port unbinds.</summary>
internal sealed record BindEipRequest([property: JsonPropertyName("publicip")] BindEip Eip);

internal sealed record BindEip(string PortId);

/// <summary>A bandwidth's size: https://support.huaweicloud.com/intl/en-us/api-eip/eip_apibandwidth_0003.html</summary>
internal sealed record BandwidthRequest(NewBandwidthSize Bandwidth);

internal sealed record NewBandwidthSize(int Size);

/// <summary>A page of addresses: https://support.huaweicloud.com/intl/en-us/api-eip/ListPublicipsV3.html</summary>
internal sealed record EipsAnswer([property: JsonPropertyName("publicips")] IReadOnlyList<ListedEip> Eips)
{
    public PageInfo? PageInfo { get; init; }
}

internal sealed record OldEipsAnswer([property: JsonPropertyName("publicips")] IReadOnlyList<EipBody> Eips);

internal sealed record PageInfo(string? NextMarker);

internal sealed record ListedEip(string Id, string? PublicIpAddress, string? Status)
{
    public string? Alias { get; init; }

    public EipNic? Vnic { get; init; }

    public EipBandwidth? Bandwidth { get; init; }
}

internal sealed record EipNic(string? DeviceId);

internal sealed record EipBandwidth(int? Size);
