using Refit;

namespace CloudManager.Adapters.OpenStack.Network;

/// <summary>Neutron's networks, subnets and routers: https://docs.openstack.org/api-ref/network/v2/</summary>
internal interface INeutronApi
{
    [Get("/v2.0/networks")]
    Task<NetworksAnswer> ListNetworksAsync([Query] NetworkQuery query, CancellationToken cancellationToken);

    [Get("/v2.0/networks/{id}")]
    Task<NetworkAnswer> GetNetworkAsync(string id, CancellationToken cancellationToken);

    [Post("/v2.0/networks")]
    Task<NetworkAnswer> CreateNetworkAsync([Body] NewNetworkRequest request, CancellationToken cancellationToken);

    [Delete("/v2.0/networks/{id}")]
    Task DeleteNetworkAsync(string id, CancellationToken cancellationToken);

    [Get("/v2.0/subnets")]
    Task<SubnetsAnswer> ListSubnetsAsync(
        [AliasAs("network_id")] [Query(CollectionFormat.Multi)] IReadOnlyList<string> networks,
        CancellationToken cancellationToken
    );

    [Post("/v2.0/subnets")]
    Task<SubnetAnswer> CreateSubnetAsync([Body] NewSubnetRequest request, CancellationToken cancellationToken);
}

/// <summary>Routers: https://docs.openstack.org/api-ref/network/v2/#routers-routers</summary>
internal interface IRouterApi
{
    [Get("/v2.0/routers")]
    Task<RoutersAnswer> ListAsync(
        [AliasAs("description")] string description,
        [AliasAs("project_id")] string project,
        CancellationToken cancellationToken
    );

    [Get("/v2.0/routers/{id}")]
    Task<RouterAnswer> GetAsync(string id, CancellationToken cancellationToken);

    [Post("/v2.0/routers")]
    Task<RouterAnswer> CreateAsync([Body] NewRouterRequest request, CancellationToken cancellationToken);

    [Delete("/v2.0/routers/{id}")]
    Task DeleteAsync(string id, CancellationToken cancellationToken);

    [Put("/v2.0/routers/{id}/add_router_interface")]
    Task AddInterfaceAsync(string id, [Body] RouterInterface face, CancellationToken cancellationToken);

    [Put("/v2.0/routers/{id}/remove_router_interface")]
    Task RemoveInterfaceAsync(string id, [Body] RouterInterface face, CancellationToken cancellationToken);
}

/// <summary>Ports: https://docs.openstack.org/api-ref/network/v2/#ports</summary>
internal interface IPortApi
{
    [Get("/v2.0/ports")]
    Task<PortsAnswer> ListAsync([Query] PortQuery query, CancellationToken cancellationToken);

    [Get("/v2.0/ports/{id}")]
    Task<PortAnswer> GetAsync(string id, CancellationToken cancellationToken);
}

/// <summary>Floating addresses: https://docs.openstack.org/api-ref/network/v2/#floating-ips-floatingips</summary>
internal interface IFloatingApi
{
    [Get("/v2.0/floatingips")]
    Task<FloatingsAnswer> ListAsync([Query] FloatingQuery query, CancellationToken cancellationToken);

    [Get("/v2.0/floatingips/{id}")]
    Task<FloatingAnswer> GetAsync(string id, CancellationToken cancellationToken);

    [Post("/v2.0/floatingips")]
    Task<FloatingAnswer> CreateAsync([Body] NewFloatingRequest request, CancellationToken cancellationToken);

    [Put("/v2.0/floatingips/{id}")]
    Task BindAsync(string id, [Body] BindRequest request, CancellationToken cancellationToken);

    [Delete("/v2.0/floatingips/{id}")]
    Task DeleteAsync(string id, CancellationToken cancellationToken);
}

/// <summary>Security groups: https://docs.openstack.org/api-ref/network/v2/#security-groups-security-groups</summary>
internal interface ISecurityGroupApi
{
    [Get("/v2.0/security-groups")]
    Task<SecurityGroupsAnswer> ListAsync([AliasAs("project_id")] string project, CancellationToken cancellationToken);

    [Post("/v2.0/security-groups")]
    Task<SecurityGroupAnswer> CreateAsync([Body] NewSecurityGroupRequest request, CancellationToken cancellationToken);

    [Delete("/v2.0/security-groups/{id}")]
    Task DeleteAsync(string id, CancellationToken cancellationToken);

    [Post("/v2.0/security-group-rules")]
    Task AddRuleAsync([Body] NewSecurityRuleRequest request, CancellationToken cancellationToken);
}
