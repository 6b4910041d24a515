using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Volumes;

/// <summary>What Cinder's answers mean in the contract's words.</summary>
internal static class VolumeMapping
{
    private const string KeyName = "cloudmanager_key";

    /// <summary>The key as it stands in the metadata of a volume or snapshot.</summary>
    public static IReadOnlyDictionary<string, string> Metadata(OperationKey key) =>
        new Dictionary<string, string> { [KeyName] = key.Value };

    /// <summary>The first page of what bears the key.</summary>
    public static PageQuery WithKey(OperationKey key) => new() { Metadata = $"{{'{KeyName}':'{key}'}}" };

    public static CloudVolume Of(VolumeBody body, string? fault) =>
        new()
        {
            Id = new NativeId(body.Id),
            Name = body.Name ?? "",
            State = State(body.Status),
            SizeGiB = body.Size,
            Type = body.VolumeType,
            AttachedTo = body.Attachments is [var use, ..] ? new NativeId(use.ServerId) : null,
            Key = Key(body.Metadata),
            Fault = State(body.Status) == CloudState.Error ? fault ?? $"Cinder says '{body.Status}'." : null,
        };

    public static CloudSnapshot Of(SnapshotBody body) =>
        new()
        {
            Id = new NativeId(body.Id),
            Name = body.Name ?? "",
            State = State(body.Status),
            Volume = new NativeId(body.VolumeId),
            SizeGiB = body.Size,
            Key = Key(body.Metadata),
            Fault = State(body.Status) == CloudState.Error ? $"Cinder says '{body.Status}'." : null,
        };

    /// <summary>The key, if there is one that this platform could have written.</summary>
    public static OperationKey? Key(IReadOnlyDictionary<string, string>? metadata) =>
        metadata is not null && metadata.TryGetValue(KeyName, out var key) && OperationKey.TryParse(key, out var known)
            ? known
            : null;

    /// <summary>https://docs.openstack.org/api-ref/block-storage/v3/#volumes-volumes lists the statuses.</summary>
    public static CloudState State(string status) =>
        status switch
        {
            "available" or "in-use" or "awaiting-transfer" or "backing-up" or "maintenance" => CloudState.Active,
            _ when status.StartsWith("error", StringComparison.Ordinal) => CloudState.Error,
            _ => CloudState.Pending,
        };
}
