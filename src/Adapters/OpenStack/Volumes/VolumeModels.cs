using System.Text.Json.Serialization;

namespace CloudManager.Adapters.OpenStack.Volumes;

/// <summary>https://docs.openstack.org/api-ref/block-storage/v3/#create-a-volume</summary>
internal sealed record CreateVolume(NewVolume Volume);

internal sealed record NewVolume(
    string Name,
    int Size,
    string VolumeType,
    string? AvailabilityZone,
    IReadOnlyDictionary<string, string> Metadata
);

internal sealed record VolumeAnswer(VolumeBody Volume);

internal sealed record VolumesAnswer(IReadOnlyList<VolumeBody> Volumes);

/// <summary>https://docs.openstack.org/api-ref/block-storage/v3/#show-a-volume-s-details</summary>
internal sealed record VolumeBody(
    string Id,
    string? Name,
    string Status,
    int Size,
    string? VolumeType,
    IReadOnlyList<VolumeUse>? Attachments,
    IReadOnlyDictionary<string, string>? Metadata
);

/// <summary>Who holds the volume.</summary>
internal sealed record VolumeUse(string ServerId, string? AttachmentId);

/// <summary>https://docs.openstack.org/api-ref/block-storage/v3/#extend-a-volume-size</summary>
internal sealed record VolumeAction([property: JsonPropertyName("os-extend")] ExtendVolume Extend);

internal sealed record ExtendVolume(int NewSize);

/// <summary>https://docs.openstack.org/api-ref/block-storage/v3/#list-all-volume-types</summary>
internal sealed record TypesAnswer(IReadOnlyList<VolumeTypeBody> VolumeTypes);

internal sealed record VolumeTypeBody(string Id, string Name);

/// <summary>https://docs.openstack.org/api-ref/block-storage/v3/#list-messages</summary>
internal sealed record MessagesAnswer(IReadOnlyList<MessageBody> Messages);

internal sealed record MessageBody(string UserMessage, string CreatedAt);

/// <summary>https://docs.openstack.org/api-ref/block-storage/v3/#create-a-snapshot; forced: of an attached volume too.</summary>
internal sealed record CreateSnapshot(NewSnapshot Snapshot);

internal sealed record NewSnapshot(
    string Name,
    string VolumeId,
    bool Force,
    IReadOnlyDictionary<string, string> Metadata
);

internal sealed record SnapshotAnswer(SnapshotBody Snapshot);

internal sealed record SnapshotsAnswer(IReadOnlyList<SnapshotBody> Snapshots);

/// <summary>https://docs.openstack.org/api-ref/block-storage/v3/#show-a-snapshot-s-details</summary>
internal sealed record SnapshotBody(
    string Id,
    string? Name,
    string Status,
    int Size,
    string VolumeId,
    IReadOnlyDictionary<string, string>? Metadata
);

/// <summary>https://docs.openstack.org/api-ref/compute/#attach-a-volume-to-an-instance</summary>
internal sealed record AttachVolume([property: JsonPropertyName("volumeAttachment")] NewAttachment VolumeAttachment);

internal sealed record NewAttachment([property: JsonPropertyName("volumeId")] string VolumeId);

/// <summary>https://docs.openstack.org/api-ref/compute/#list-volume-attachments-for-an-instance</summary>
internal sealed record VolumeAttachmentsAnswer(
    [property: JsonPropertyName("volumeAttachments")] IReadOnlyList<AttachmentBody> VolumeAttachments
);

internal sealed record AttachmentBody([property: JsonPropertyName("volumeId")] string VolumeId);
