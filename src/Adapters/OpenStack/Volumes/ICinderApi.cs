using Refit;

namespace CloudManager.Adapters.OpenStack.Volumes;

/// <summary>Cinder's volumes: https://docs.openstack.org/api-ref/block-storage/v3/#volumes-volumes</summary>
internal interface ICinderApi
{
    [Get("/volumes/detail")]
    Task<VolumesAnswer> ListAsync([Query] VolumeQuery query, CancellationToken cancellationToken);

    [Get("/volumes/{id}")]
    Task<VolumeAnswer> GetAsync(string id, CancellationToken cancellationToken);

    [Post("/volumes")]
    Task<VolumeAnswer> CreateAsync([Body] NewVolumeRequest request, CancellationToken cancellationToken);

    [Post("/volumes/{id}/action")]
    Task ExtendAsync(string id, [Body] ExtendRequest request, CancellationToken cancellationToken);

    [Delete("/volumes/{id}")]
    Task DeleteAsync(string id, CancellationToken cancellationToken);
}

/// <summary>Cinder's snapshots: https://docs.openstack.org/api-ref/block-storage/v3/#volume-snapshots-snapshots</summary>
internal interface ISnapshotApi
{
    [Get("/snapshots/detail")]
    Task<SnapshotsAnswer> ListAsync([Query] VolumeQuery query, CancellationToken cancellationToken);

    [Get("/snapshots/{id}")]
    Task<SnapshotAnswer> GetAsync(string id, CancellationToken cancellationToken);

    [Post("/snapshots")]
    Task<SnapshotAnswer> CreateAsync([Body] NewSnapshotRequest request, CancellationToken cancellationToken);

    [Delete("/snapshots/{id}")]
    Task DeleteAsync(string id, CancellationToken cancellationToken);
}

/// <summary>What Cinder has to give, and what it has to say.</summary>
internal interface ICinderOffersApi
{
    [Get("/types")]
    Task<VolumeTypesAnswer> ListTypesAsync(
        [AliasAs("limit")] int limit,
        [AliasAs("marker")] string? marker,
        CancellationToken cancellationToken
    );

    [Get("/limits")]
    Task<VolumeLimitsAnswer> GetLimitsAsync(CancellationToken cancellationToken);

    [Get("/messages")]
    Task<MessagesAnswer> ListMessagesAsync(
        [AliasAs("resource_uuid")] string resource,
        CancellationToken cancellationToken
    );
}
