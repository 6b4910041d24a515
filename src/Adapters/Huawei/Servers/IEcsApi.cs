using Refit;

namespace CloudManager.Adapters.Huawei.Servers;

/// <summary>ECS, the servers: https://support.huaweicloud.com/intl/en-us/api-ecs/ecs_02_0101.html</summary>
internal interface IEcsApi
{
    [Post("/{version}/{project}/cloudservers")]
    Task<CreatedServers> CreateAsync(
        string version,
        string project,
        [Header("X-Client-Token")] string key,
        [Body] NewServerRequest request,
        CancellationToken cancellationToken
    );

    [Get("/v1/{project}/cloudservers/{id}")]
    Task<ServerAnswer> GetAsync(string project, string id, CancellationToken cancellationToken);

    [Get("/v1/{project}/cloudservers/detail")]
    Task<ServersAnswer> ListAsync(string project, [Query] ServerQuery query, CancellationToken cancellationToken);

    [Post("/v1/{project}/cloudservers/delete")]
    Task<JobStarted> DeleteAsync(
        string project,
        [Body] DeleteServersRequest request,
        CancellationToken cancellationToken
    );
}

/// <summary>What is done to servers.</summary>
internal interface IEcsActionApi
{
    /// <summary>Start, stop and reboot take a batch of servers.</summary>
    [Post("/v1/{project}/cloudservers/action")]
    Task<JobStarted> PowerAsync(
        string project,
        [Body] IReadOnlyDictionary<string, PowerBody> action,
        CancellationToken cancellationToken
    );

    [Post("/v1/{project}/cloudservers/{id}/resize")]
    Task<JobStarted> ResizeAsync(
        string project,
        string id,
        [Body] ResizeRequest request,
        CancellationToken cancellationToken
    );

    [Post("/v1/{project}/cloudservers/{id}/attachvolume")]
    Task<JobStarted> AttachAsync(
        string project,
        string id,
        [Body] AttachRequest request,
        CancellationToken cancellationToken
    );

    [Delete("/v1/{project}/cloudservers/{id}/detachvolume/{volume}?delete_flag=0")]
    Task<JobStarted> DetachAsync(string project, string id, string volume, CancellationToken cancellationToken);

    [Post("/v1/{project}/cloudservers/{id}/remote_console")]
    Task<ConsoleAnswer> OpenConsoleAsync(
        string project,
        string id,
        [Body] ConsoleRequest request,
        CancellationToken cancellationToken
    );
}

/// <summary>What ECS has to give: sizes, quota, zones.</summary>
internal interface IEcsOffersApi
{
    [Get("/v1/{project}/cloudservers/flavors")]
    Task<FlavoursAnswer> ListFlavoursAsync(
        string project,
        [AliasAs("limit")] int limit,
        [AliasAs("marker")] string? marker,
        CancellationToken cancellationToken
    );

    [Get("/v1/{project}/cloudservers/limits")]
    Task<LimitsAnswer> GetLimitsAsync(string project, CancellationToken cancellationToken);

    [Get("/v2.1/{project}/os-availability-zone")]
    Task<ZonesAnswer> ListZonesAsync(string project, CancellationToken cancellationToken);
}
