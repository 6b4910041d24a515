using Refit;

namespace CloudManager.Adapters.Huawei.Volumes;

/// <summary>
/// EVS, the volumes: https://support.huaweicloud.com/intl/en-us/api-evs/evs_04_2003.html. Private editions have the same calls
/// under Cinder's own paths; <see cref="EvsStyle"/> says which.
/// </summary>
internal interface IEvsApi
{
    [Post("/{version}/{project}/{volumes}")]
    Task<CreatedVolumes> CreateAsync(
        string version,
        string project,
        string volumes,
        [Header("X-Client-Token")] string? key,
        [Body] NewVolumeRequest request,
        CancellationToken cancellationToken
    );

    [Get("/v2/{project}/{volumes}/detail")]
    Task<VolumesAnswer> ListAsync(
        string project,
        string volumes,
        [Query] VolumeQuery query,
        CancellationToken cancellationToken
    );

    [Get("/v2/{project}/{volumes}/{id}")]
    Task<VolumeAnswer> GetAsync(string project, string volumes, string id, CancellationToken cancellationToken);

    [Post("/{version}/{project}/{volumes}/{id}/action")]
    Task ExtendAsync(
        string version,
        string project,
        string volumes,
        string id,
        [Body] ExtendRequest request,
        CancellationToken cancellationToken
    );

    [Delete("/v2/{project}/{volumes}/{id}")]
    Task DeleteAsync(string project, string volumes, string id, CancellationToken cancellationToken);
}

/// <summary>Snapshots: https://support.huaweicloud.com/intl/en-us/api-evs/evs_04_2092.html</summary>
internal interface IEvsSnapshotApi
{
    [Post("/v2/{project}/{snapshots}")]
    Task<SnapshotAnswer> CreateAsync(
        string project,
        string snapshots,
        [Body] NewSnapshotRequest request,
        CancellationToken cancellationToken
    );

    [Get("/v2/{project}/{snapshots}/detail")]
    Task<SnapshotsAnswer> ListAsync(
        string project,
        string snapshots,
        [Query] VolumeQuery query,
        CancellationToken cancellationToken
    );

    [Get("/v2/{project}/{snapshots}/{id}")]
    Task<SnapshotAnswer> GetAsync(string project, string snapshots, string id, CancellationToken cancellationToken);

    [Delete("/v2/{project}/{snapshots}/{id}")]
    Task DeleteAsync(string project, string snapshots, string id, CancellationToken cancellationToken);
}

/// <summary>What EVS has to give: https://support.huaweicloud.com/intl/en-us/api-evs/evs_04_2071.html</summary>
internal interface IEvsOffersApi
{
    [Get("/v2/{project}/types")]
    Task<VolumeTypesAnswer> ListTypesAsync(string project, CancellationToken cancellationToken);

    [Get("/v2/{project}/os-quota-sets/{project}?usage=True")]
    Task<QuotaAnswer> GetQuotaAsync(string project, CancellationToken cancellationToken);
}
