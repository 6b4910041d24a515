using Refit;

namespace CloudManager.Adapters.OpenStack.Compute;

/// <summary>Nova's servers: https://docs.openstack.org/api-ref/compute/#servers-servers</summary>
internal interface INovaApi
{
    [Post("/servers")]
    Task<CreatedServerAnswer> CreateAsync([Body] CreateServerRequest request, CancellationToken cancellationToken);

    [Get("/servers/{id}")]
    Task<ServerAnswer> GetAsync(string id, CancellationToken cancellationToken);

    /// <summary>Names and ids only: a tenth of the work of the detailed list.</summary>
    [Get("/servers")]
    Task<ServerNamesAnswer> FindAsync([AliasAs("tags")] string tag, CancellationToken cancellationToken);

    [Get("/servers/detail")]
    Task<ServersAnswer> ListAsync([Query] ServerQuery query, CancellationToken cancellationToken);

    [Delete("/servers/{id}")]
    Task DeleteAsync(string id, CancellationToken cancellationToken);

    /// <summary>Start, stop, reboot, resize and the like: https://docs.openstack.org/api-ref/compute/#servers-run-an-action-servers-action</summary>
    [Post("/servers/{id}/action")]
    Task ActAsync(string id, [Body] IReadOnlyDictionary<string, object?> action, CancellationToken cancellationToken);
}

/// <summary>What happened to servers, their screens, their disks.</summary>
internal interface INovaPartsApi
{
    [Get("/servers/{id}/os-instance-actions")]
    Task<ActionsAnswer> ListActionsAsync(string id, CancellationToken cancellationToken);

    [Get("/servers/{id}/os-instance-actions/{request}")]
    Task<ActionAnswer> GetActionAsync(string id, string request, CancellationToken cancellationToken);

    [Post("/servers/{id}/remote-consoles")]
    Task<ConsoleAnswer> OpenConsoleAsync(string id, [Body] ConsoleRequest request, CancellationToken cancellationToken);

    [Post("/servers/{id}/os-volume_attachments")]
    Task AttachAsync(string id, [Body] AttachRequest request, CancellationToken cancellationToken);

    [Delete("/servers/{id}/os-volume_attachments/{volume}")]
    Task DetachAsync(string id, string volume, CancellationToken cancellationToken);
}

/// <summary>What Nova has to give: sizes, quota, hosts.</summary>
internal interface INovaOffersApi
{
    [Get("/flavors/detail")]
    Task<FlavoursAnswer> ListFlavoursAsync(
        [AliasAs("limit")] int limit,
        [AliasAs("marker")] string? marker,
        CancellationToken cancellationToken
    );

    [Get("/limits")]
    Task<LimitsAnswer> GetLimitsAsync(CancellationToken cancellationToken);

    [Get("/os-hypervisors/detail")]
    Task<HypervisorsAnswer> ListHypervisorsAsync(
        [AliasAs("limit")] int limit,
        [AliasAs("marker")] string? marker,
        CancellationToken cancellationToken
    );
}
