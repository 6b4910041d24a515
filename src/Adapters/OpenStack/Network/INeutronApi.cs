using Refit;

namespace CloudManager.Adapters.OpenStack.Network;

/// <summary>Neutron's networks and subnets: https://docs.openstack.org/api-ref/network/v2/#networks</summary>
internal interface INeutronNetworksApi
{
    [Post("/v2.0/networks")]
    Task<NetworkAnswer> CreateAsync([Body] CreateNetwork network, CancellationToken cancellationToken);

    [Get("/v2.0/networks/{id}")]
    Task<NetworkAnswer> GetAsync(string id, CancellationToken cancellationToken);

    [Get("/v2.0/networks")]
    Task<NetworksAnswer> ListAsync([Query] NeutronQuery query, CancellationToken cancellationToken);

    [Delete("/v2.0/networks/{id}")]
    Task DeleteAsync(string id, CancellationToken cancellationToken);
}

/// <summary>https://docs.openstack.org/api-ref/network/v2/#subnets</summary>
internal interface INeutronSubnetsApi
{
    [Post("/v2.0/subnets")]
    Task<SubnetAnswer> CreateAsync([Body] CreateSubnet subnet, CancellationToken cancellationToken);

    [Get("/v2.0/subnets")]
    Task<SubnetsAnswer> ListAsync(
        [AliasAs("network_id"), Query(CollectionFormat.Multi)] IReadOnlyList<string> networks,
        CancellationToken cancellationToken
    );
}

/// <summary>https://docs.openstack.org/api-ref/network/v2/#routers-routers</summary>
internal interface INeutronRoutersApi
{
    [Post("/v2.0/routers")]
    Task<RouterAnswer> CreateAsync([Body] CreateRouter router, CancellationToken cancellationToken);

    [Get("/v2.0/routers")]
    Task<RoutersAnswer> ListAsync([Query] NeutronQuery query, CancellationToken cancellationToken);

    [Put("/v2.0/routers/{id}/add_router_interface")]
    Task AddInterfaceAsync(string id, [Body] RouterInterface side, CancellationToken cancellationToken);

    [Put("/v2.0/routers/{id}/remove_router_interface")]
    Task RemoveInterfaceAsync(string id, [Body] RouterInterface side, CancellationToken cancellationToken);

    [Delete("/v2.0/routers/{id}")]
    Task DeleteAsync(string id, CancellationToken cancellationToken);
}

/// <summary>https://docs.openstack.org/api-ref/network/v2/#ports</summary>
internal interface INeutronPortsApi
{
    [Get("/v2.0/ports")]
    Task<PortsAnswer> ListAsync([Query] NeutronQuery query, CancellationToken cancellationToken);

    [Get("/v2.0/ports/{id}")]
    Task<PortAnswer> GetAsync(string id, CancellationToken cancellationToken);
}

/// <summary>https://docs.openstack.org/api-ref/network/v2/#floating-ips-floatingips</summary>
internal interface INeutronAddressesApi
{
    [Post("/v2.0/floatingips")]
    Task<AddressAnswer> CreateAsync([Body] CreateFloatingAddress address, CancellationToken cancellationToken);

    [Get("/v2.0/floatingips/{id}")]
    Task<AddressAnswer> GetAsync(string id, CancellationToken cancellationToken);

    [Get("/v2.0/floatingips")]
    Task<AddressesAnswer> ListAsync([Query] NeutronQuery query, CancellationToken cancellationToken);

    [Put("/v2.0/floatingips/{id}")]
    Task BindAsync(string id, [Body] BindFloatingAddress binding, CancellationToken cancellationToken);

    [Delete("/v2.0/floatingips/{id}")]
    Task DeleteAsync(string id, CancellationToken cancellationToken);
}

/// <summary>https://docs.openstack.org/api-ref/network/v2/#security-groups-security-groups</summary>
internal interface INeutronSecurityApi
{
    [Get("/v2.0/security-groups")]
    Task<SecurityGroupsAnswer> ListAsync([Query] NeutronQuery query, CancellationToken cancellationToken);

    [Post("/v2.0/security-groups")]
    Task<SecurityGroupAnswer> CreateAsync([Body] CreateSecurityGroup group, CancellationToken cancellationToken);

    [Post("/v2.0/security-group-rules")]
    Task AddRuleAsync([Body] CreateSecurityRule rule, CancellationToken cancellationToken);
}

/// <summary>Which rows a listing shows; null members do not filter.</summary>
internal sealed record NeutronQuery
{
    [AliasAs("id")]
    public string? Id { get; init; }

    [AliasAs("name")]
    public string? Name { get; init; }

    [AliasAs("description")]
    public string? Description { get; init; }

    [AliasAs("project_id")]
    public string? Project { get; init; }

    [AliasAs("network_id")]
    public string? Network { get; init; }

    [AliasAs("device_id")]
    public string? Device { get; init; }

    [AliasAs("limit")]
    public int? Limit { get; init; }

    /// <summary>The last id of the page before.</summary>
    [AliasAs("marker")]
    public string? Marker { get; init; }
}
