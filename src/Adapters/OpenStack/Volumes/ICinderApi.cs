using Refit;

namespace CloudManager.Adapters.OpenStack.Volumes;

/// <summary>Cinder, block storage: https://docs.openstack.org/api-ref/block-storage/v3/</summary>
internal interface ICinderApi
{
    [Post("/volumes")]
    Task<VolumeAnswer> CreateAsync([Body] CreateVolume volume, CancellationToken cancellationToken);

    [Get("/volumes/{id}")]
    Task<VolumeAnswer> GetAsync(string id, CancellationToken cancellationToken);

    [Get("/volumes/detail")]
    Task<VolumesAnswer> ListAsync([Query] PageQuery page, CancellationToken cancellationToken);

    /// <summary>Extends, see https://docs.openstack.org/api-ref/block-storage/v3/#extend-a-volume-size</summary>
    [Post("/volumes/{id}/action")]
    Task ActAsync(string id, [Body] VolumeAction action, CancellationToken cancellationToken);

    [Delete("/volumes/{id}")]
    Task DeleteAsync(string id, CancellationToken cancellationToken);
}

/// <summary>What stands beside the volumes: types, what people are told of failures, attachments.</summary>
internal interface ICinderExtrasApi
{
    [Get("/types")]
    Task<TypesAnswer> ListTypesAsync([Query] PageQuery page, CancellationToken cancellationToken);

    /// <summary>Why an asynchronous operation failed: https://docs.openstack.org/api-ref/block-storage/v3/#messages-messages</summary>
    [Get("/messages")]
    Task<MessagesAnswer> ListMessagesAsync(
        [AliasAs("resource_uuid")] string volume,
        CancellationToken cancellationToken
    );

    /// <summary>Forgets an attachment whose server is gone.</summary>
    [Delete("/attachments/{id}")]
    Task DeleteAttachmentAsync(string id, CancellationToken cancellationToken);
}

/// <summary>Snapshots: https://docs.openstack.org/api-ref/block-storage/v3/#volume-snapshots-snapshots</summary>
internal interface ICinderSnapshotsApi
{
    [Post("/snapshots")]
    Task<SnapshotAnswer> CreateAsync([Body] CreateSnapshot snapshot, CancellationToken cancellationToken);

    [Get("/snapshots/{id}")]
    Task<SnapshotAnswer> GetAsync(string id, CancellationToken cancellationToken);

    [Get("/snapshots/detail")]
    Task<SnapshotsAnswer> ListAsync([Query] PageQuery page, CancellationToken cancellationToken);

    [Delete("/snapshots/{id}")]
    Task DeleteAsync(string id, CancellationToken cancellationToken);
}

/// <summary>Nova's side of attaching: https://docs.openstack.org/api-ref/compute/#servers-with-volume-attachments-servers-os-volume-attachments</summary>
internal interface IVolumeAttachmentsApi
{
    [Get("/servers/{server}/os-volume_attachments")]
    Task<VolumeAttachmentsAnswer> ListAsync(string server, CancellationToken cancellationToken);

    [Post("/servers/{server}/os-volume_attachments")]
    Task AttachAsync(string server, [Body] AttachVolume attachment, CancellationToken cancellationToken);

    [Delete("/servers/{server}/os-volume_attachments/{volume}")]
    Task DetachAsync(string server, string volume, CancellationToken cancellationToken);
}

/// <summary>One page of a listing.</summary>
internal sealed record PageQuery
{
    [AliasAs("limit")]
    public int Limit { get; init; } = 500;

    /// <summary>The last id of the page before.</summary>
    [AliasAs("marker")]
    public string? Marker { get; init; }

    /// <summary>Only those whose metadata have this entry, as a Python dictionary: what Cinder reads.</summary>
    [AliasAs("metadata")]
    public string? Metadata { get; init; }
}
