using System.Text.Json.Serialization;
using Refit;

namespace CloudManager.Adapters.Huawei.Volumes;

/// <summary>What to list: https://support.huaweicloud.com/intl/en-us/api-evs/evs_04_2006.html</summary>
internal sealed record VolumeQuery
{
    [AliasAs("limit")]
    public int Limit { get; init; }

    [AliasAs("marker")]
    public string? Marker { get; init; }
}

/// <summary>A page of volumes; a link is there where another follows, in some regions only the count tells.</summary>
internal sealed record VolumesAnswer(IReadOnlyList<VolumeBody> Volumes)
{
    public long? Count { get; init; }
}

internal sealed record VolumeAnswer(VolumeBody Volume);

internal sealed record VolumeBody(string Id, string? Name, string Status, int Size)
{
    public string? VolumeType { get; init; }

    /// <summary>"true" or "false".</summary>
    public string? Bootable { get; init; }

    public IReadOnlyList<VolumeHolder>? Attachments { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

internal sealed record VolumeHolder(string? ServerId)
{
    public string? Device { get; init; }
}

/// <summary>A new volume: https://support.huaweicloud.com/intl/en-us/api-evs/evs_04_2003.html</summary>
internal sealed record NewVolumeRequest(NewVolume Volume);

internal sealed record NewVolume(string Name, int Size, string VolumeType)
{
    public string? AvailabilityZone { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public string? EnterpriseProjectId { get; init; }
}

/// <summary>EVS answers a job and ids; Cinder's paths the volume.</summary>
internal sealed record CreatedVolumes
{
    public string? JobId { get; init; }

    public IReadOnlyList<string>? VolumeIds { get; init; }

    public VolumeBody? Volume { get; init; }
}

/// <summary>A larger size: https://support.huaweicloud.com/intl/en-us/api-evs/evs_04_2005.html</summary>
internal sealed record ExtendRequest([property: JsonPropertyName("os-extend")] LargerSize Extend);

internal sealed record LargerSize(int NewSize);

/// <summary>Snapshots: https://support.huaweicloud.com/intl/en-us/api-evs/evs_04_2092.html; no job: the status is polled.</summary>
internal sealed record SnapshotAnswer(SnapshotBody Snapshot);

internal sealed record SnapshotsAnswer(IReadOnlyList<SnapshotBody> Snapshots)
{
    public long? Count { get; init; }
}

internal sealed record SnapshotBody(string Id, string? Name, string Status, int Size, string VolumeId)
{
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

internal sealed record NewSnapshotRequest(NewSnapshot Snapshot);

internal sealed record NewSnapshot(string Name, string VolumeId, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Of attached volumes too.</summary>
    public bool Force { get; } = true;
}

/// <summary>Types, by the name a volume is ordered with: https://support.huaweicloud.com/intl/en-us/api-evs/evs_04_2071.html</summary>
internal sealed record VolumeTypesAnswer(IReadOnlyList<VolumeTypeBody> VolumeTypes);

internal sealed record VolumeTypeBody(string Name);

/// <summary>Quota and what is used of it: https://support.huaweicloud.com/intl/en-us/api-evs/evs_04_2067.html</summary>
internal sealed record QuotaAnswer(QuotaBody QuotaSet);

internal sealed record QuotaBody
{
    public QuotaUse? Gigabytes { get; init; }
}

internal sealed record QuotaUse(long Limit, long InUse)
{
    public long Reserved { get; init; }
}
