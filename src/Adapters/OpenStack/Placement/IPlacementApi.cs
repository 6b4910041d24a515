using Refit;

namespace CloudManager.Adapters.OpenStack.Placement;

/// <summary>Placement, for administrators and readers of the system: https://docs.openstack.org/api-ref/placement/</summary>
internal interface IPlacementApi
{
    [Get("/resource_providers")]
    Task<ProvidersAnswer> ListAsync(CancellationToken cancellationToken);

    [Get("/resource_providers/{id}/inventories")]
    Task<InventoriesAnswer> GetInventoriesAsync(string id, CancellationToken cancellationToken);

    [Get("/resource_providers/{id}/usages")]
    Task<UsagesAnswer> GetUsagesAsync(string id, CancellationToken cancellationToken);
}

/// <summary>Hosts and what else gives resources: https://docs.openstack.org/api-ref/placement/#list-resource-providers</summary>
internal sealed record ProvidersAnswer(IReadOnlyList<ProviderBody> ResourceProviders);

internal sealed record ProviderBody(string Uuid);

/// <summary>What a provider has, by resource class: https://docs.openstack.org/api-ref/placement/#list-resource-provider-inventories</summary>
internal sealed record InventoriesAnswer(IReadOnlyDictionary<string, InventoryBody> Inventories);

internal sealed record InventoryBody(long Total, long Reserved, double AllocationRatio)
{
    /// <summary>What can be given out: https://docs.openstack.org/placement/latest/user/index.html</summary>
    public long Room => (long)((Total - Reserved) * AllocationRatio);
}

/// <summary>What is given out, by resource class: https://docs.openstack.org/api-ref/placement/#list-resource-provider-usages</summary>
internal sealed record UsagesAnswer(IReadOnlyDictionary<string, long> Usages);
