using System.Text.Json.Serialization;
using Refit;

namespace CloudManager.Adapters.OpenStack.Volumes;

/// <summary>What to list; metadata as a dictionary's text: https://docs.openstack.org/api-ref/block-storage/v3/#list-accessible-volumes-with-details</summary>
internal sealed record VolumeQuery
{
    [AliasAs("metadata")]
    public string? Metadata { get; init; }

    [AliasAs("limit")]
    public int? Limit { get; init; }

    [AliasAs("marker")]
    public string? Marker { get; init; }
}

/// <summary>A page of volumes, with a link where another follows: https://docs.openstack.org/api-ref/block-storage/v3/#list-accessible-volumes-with-details</summary>
internal sealed record VolumesAnswer(IReadOnlyList<VolumeBody> Volumes)
{
    [JsonPropertyName("volumes_links")]
    public IReadOnlyList<PageLink> Links { get; init; } = [];
}

internal sealed record VolumeAnswer(VolumeBody Volume);

/// <summary>A volume: https://docs.openstack.org/api-ref/block-storage/v3/#show-a-volume-s-details; size in GiB.</summary>
internal sealed record VolumeBody(string Id, string? Name, string Status, int Size)
{
    public string? VolumeType { get; init; }

    /// <summary>"true" or "false", as text.</summary>
    public string? Bootable { get; init; }

    public IReadOnlyList<VolumeAttachmentBody> Attachments { get; init; } = [];

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

internal sealed record VolumeAttachmentBody(string? ServerId, string? Device);

/// <summary>A new volume: https://docs.openstack.org/api-ref/block-storage/v3/#create-a-volume</summary>
internal sealed record NewVolumeRequest(NewVolume Volume);

internal sealed record NewVolume(string Name, int Size, string VolumeType)
{
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>A larger size: https://docs.openstack.org/api-ref/block-storage/v3/#extend-a-volume-size (attached ones since 3.42)</summary>
internal sealed record ExtendRequest([property: JsonPropertyName("os-extend")] NewSize Extend);

internal sealed record NewSize([property: JsonPropertyName("new_size")] int Size);

/// <summary>A page of snapshots: https://docs.openstack.org/api-ref/block-storage/v3/#list-snapshots-and-details</summary>
internal sealed record SnapshotsAnswer(IReadOnlyList<SnapshotBody> Snapshots)
{
    [JsonPropertyName("snapshots_links")]
    public IReadOnlyList<PageLink> Links { get; init; } = [];
}

internal sealed record SnapshotAnswer(SnapshotBody Snapshot);

internal sealed record SnapshotBody(string Id, string? Name, string Status, string VolumeId, int Size)
{
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>A new snapshot; forced, it may be of an attached volume: https://docs.openstack.org/api-ref/block-storage/v3/#create-a-snapshot</summary>
internal sealed record NewSnapshotRequest(NewSnapshot Snapshot);

internal sealed record NewSnapshot(string VolumeId, string Name)
{
    public bool Force { get; } = true;

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>Volume types: https://docs.openstack.org/api-ref/block-storage/v3/#list-all-volume-types</summary>
internal sealed record VolumeTypesAnswer(IReadOnlyList<VolumeTypeBody> VolumeTypes)
{
    [JsonPropertyName("volume_type_links")]
    public IReadOnlyList<PageLink> Links { get; init; } = [];
}

internal sealed record VolumeTypeBody(string Id, string Name);

/// <summary>Quota and what is used of it, -1 for no bound: https://docs.openstack.org/api-ref/block-storage/v3/#show-absolute-limits-for-project</summary>
internal sealed record VolumeLimitsAnswer(VolumeLimitsBody Limits);

internal sealed record VolumeLimitsBody(VolumeLimits Absolute);

internal sealed record VolumeLimits(
    [property: JsonPropertyName("maxTotalVolumeGigabytes")] long GiB,
    [property: JsonPropertyName("totalGigabytesUsed")] long GiBUsed
);

/// <summary>What went wrong, in words for users: https://docs.openstack.org/api-ref/block-storage/v3/#messages</summary>
internal sealed record MessagesAnswer(IReadOnlyList<MessageBody> Messages);

internal sealed record MessageBody(string UserMessage, string? EventId);
