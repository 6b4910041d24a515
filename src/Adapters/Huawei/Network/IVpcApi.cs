using Refit;

namespace CloudManager.Adapters.Huawei.Network;

/// <summary>VPCs, version 1, whose create answers the whole VPC: https://support.huaweicloud.com/intl/en-us/api-vpc/vpc_api01_0001.html</summary>
internal interface IVpcApi
{
    [Post("/v1/{project}/vpcs")]
    Task<VpcAnswer> CreateAsync(string project, [Body] NewVpcRequest request, CancellationToken cancellationToken);

    [Get("/v1/{project}/vpcs")]
    Task<VpcsAnswer> ListAsync(string project, [Query] VpcQuery query, CancellationToken cancellationToken);

    [Get("/v1/{project}/vpcs/{id}")]
    Task<VpcAnswer> GetAsync(string project, string id, CancellationToken cancellationToken);

    [Delete("/v1/{project}/vpcs/{id}")]
    Task DeleteAsync(string project, string id, CancellationToken cancellationToken);
}

/// <summary>Subnets and ports: https://support.huaweicloud.com/intl/en-us/api-vpc/vpc_subnet01_0001.html</summary>
internal interface ISubnetApi
{
    [Post("/v1/{project}/subnets")]
    Task<SubnetAnswer> CreateAsync(
        string project,
        [Body] NewSubnetRequest request,
        CancellationToken cancellationToken
    );

    [Get("/v1/{project}/subnets")]
    Task<SubnetsAnswer> ListAsync(string project, [Query] VpcQuery query, CancellationToken cancellationToken);

    [Delete("/v1/{project}/vpcs/{vpc}/subnets/{id}")]
    Task DeleteAsync(string project, string vpc, string id, CancellationToken cancellationToken);

    [Get("/v1/{project}/ports")]
    Task<PortsAnswer> ListPortsAsync(string project, [Query] VpcQuery query, CancellationToken cancellationToken);

    [Get("/v1/{project}/ports/{id}")]
    Task<PortAnswer> GetPortAsync(string project, string id, CancellationToken cancellationToken);
}

/// <summary>Security groups and their rules: https://support.huaweicloud.com/intl/en-us/api-vpc/vpc_sg01_0001.html</summary>
internal interface ISecurityGroupApi
{
    [Post("/v1/{project}/security-groups")]
    Task<SecurityGroupAnswer> CreateAsync(
        string project,
        [Body] NewSecurityGroupRequest request,
        CancellationToken cancellationToken
    );

    [Get("/v1/{project}/security-groups")]
    Task<SecurityGroupsAnswer> ListAsync(string project, [Query] VpcQuery query, CancellationToken cancellationToken);

    [Delete("/v1/{project}/security-groups/{id}")]
    Task DeleteAsync(string project, string id, CancellationToken cancellationToken);

    [Post("/v1/{project}/security-group-rules")]
    Task AddRuleAsync(string project, [Body] NewSecurityRuleRequest request, CancellationToken cancellationToken);
}

/// <summary>Public addresses and their bandwidths: https://support.huaweicloud.com/intl/en-us/api-eip/eip_api_0001.html</summary>
internal interface IEipApi
{
    [Post("/v1/{project}/publicips")]
    Task<EipAnswer> CreateAsync(string project, [Body] NewEipRequest request, CancellationToken cancellationToken);

    [Get("/v1/{project}/publicips/{id}")]
    Task<EipAnswer> GetAsync(string project, string id, CancellationToken cancellationToken);

    [Put("/v1/{project}/publicips/{id}")]
    Task<EipAnswer> BindAsync(
        string project,
        string id,
        [Body] BindEipRequest request,
        CancellationToken cancellationToken
    );

    [Delete("/v1/{project}/publicips/{id}")]
    Task DeleteAsync(string project, string id, CancellationToken cancellationToken);

    [Put("/v1/{project}/bandwidths/{id}")]
    Task SetBandwidthAsync(
        string project,
        string id,
        [Body] BandwidthRequest request,
        CancellationToken cancellationToken
    );
}

/// <summary>The listing of public addresses, whose items say which server has them: https://support.huaweicloud.com/intl/en-us/api-eip/ListPublicipsV3.html</summary>
internal interface IEipListApi
{
    [Get("/v3/{project}/eip/publicips")]
    Task<EipsAnswer> ListAsync(string project, [Query] VpcQuery query, CancellationToken cancellationToken);

    /// <summary>Version 1, whose items name a port only.</summary>
    [Get("/v1/{project}/publicips")]
    Task<OldEipsAnswer> ListOldAsync(string project, [Query] VpcQuery query, CancellationToken cancellationToken);
}
