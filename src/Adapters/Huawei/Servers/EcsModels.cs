using System.Text.Json.Serialization;
using Refit;

namespace CloudManager.Adapters.Huawei.Servers;

/// <summary>What to list: https://support.huaweicloud.com/intl/en-us/api-ecs/en-us_topic_0094148850.html</summary>
internal sealed record ServerQuery
{
    [AliasAs("limit")]
    public int? Limit { get; init; }

    [AliasAs("marker")]
    public string? Marker { get; init; }

    [AliasAs("tags")]
    public string? Tags { get; init; }
}

/// <summary>A page of servers with the number of all; no link says whether another follows.</summary>
internal sealed record ServersAnswer(IReadOnlyList<ServerBody> Servers)
{
    public long? Count { get; init; }
}

internal sealed record ServerAnswer(ServerBody Server);

/// <summary>A server: https://support.huaweicloud.com/intl/en-us/api-ecs/ecs_02_0104.html</summary>
internal sealed record ServerBody(string Id, string? Name, string? Status)
{
    public ServerFlavour? Flavor { get; init; }

    public string? Created { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<ServerAddress>>? Addresses { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public ServerFault? Fault { get; init; }

    public IReadOnlyDictionary<string, string?>? Metadata { get; init; }

    [JsonPropertyName("OS-EXT-STS:task_state")]
    public string? TaskState { get; init; }
}

/// <summary>A server's size: numbers as texts, memory in MiB.</summary>
internal sealed record ServerFlavour(string Id, string? Name)
{
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public int Vcpus { get; init; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public int Ram { get; init; }
}

internal sealed record ServerAddress(string Addr)
{
    [JsonPropertyName("OS-EXT-IPS:type")]
    public string? Type { get; init; }
}

internal sealed record ServerFault(string? Message);

/// <summary>New servers: https://support.huaweicloud.com/intl/en-us/api-ecs/ecs_02_0101.html</summary>
internal sealed record NewServerRequest(NewServer Server);

internal sealed record NewServer(
    string Name,
    [property: JsonPropertyName("flavorRef")] string Flavour,
    [property: JsonPropertyName("imageRef")] string Image,
    [property: JsonPropertyName("vpcid")] string Vpc,
    IReadOnlyList<NewNic> Nics,
    NewDisk RootVolume
)
{
    public int Count { get; } = 1;

    public string? AvailabilityZone { get; init; }

    public IReadOnlyList<NewGroup>? SecurityGroups { get; init; }

    public IReadOnlyList<NewTag>? ServerTags { get; init; }

    [JsonPropertyName("extendparam")]
    public NewServerCharging? Charging { get; init; }
}

internal sealed record NewNic(string SubnetId);

internal sealed record NewDisk([property: JsonPropertyName("volumetype")] string Type, int Size);

internal sealed record NewGroup(string Id);

internal sealed record NewTag(string Key, string Value);

internal sealed record NewServerCharging(
    [property: JsonPropertyName("chargingMode")] object Mode,
    [property: JsonPropertyName("enterprise_project_id")] string EnterpriseProject
);

internal sealed record CreatedServers
{
    public string? JobId { get; init; }

    [JsonPropertyName("serverIds")]
    public IReadOnlyList<string>? ServerIds { get; init; }
}

/// <summary>Servers to delete: https://support.huaweicloud.com/intl/en-us/api-ecs/ecs_02_0103.html</summary>
internal sealed record DeleteServersRequest(IReadOnlyList<ServerName> Servers)
{
    [JsonPropertyName("delete_publicip")]
    public bool DeletePublicAddress { get; }

    public bool DeleteVolume { get; }
}

internal sealed record ServerName(string Id);

/// <summary>Servers to switch: https://support.huaweicloud.com/intl/en-us/api-ecs/ecs_02_0301.html</summary>
internal sealed record PowerBody(IReadOnlyList<ServerName> Servers)
{
    public string? Type { get; init; }
}

/// <summary>A new size: https://support.huaweicloud.com/intl/en-us/api-ecs/ecs_02_0208.html</summary>
internal sealed record ResizeRequest(NewSize Resize);

internal sealed record NewSize([property: JsonPropertyName("flavorRef")] string Flavour);

/// <summary>A disk for a server: https://support.huaweicloud.com/intl/en-us/api-ecs/ecs_02_0605.html</summary>
internal sealed record AttachRequest([property: JsonPropertyName("volumeAttachment")] AttachBody Attachment);

internal sealed record AttachBody([property: JsonPropertyName("volumeId")] string VolumeId);

/// <summary>A screen: https://support.huaweicloud.com/intl/en-us/api-ecs/ecs_02_0208.html</summary>
internal sealed record ConsoleRequest(ConsoleKind RemoteConsole);

internal sealed record ConsoleKind(string Protocol, string Type);

internal sealed record ConsoleAnswer(ConsoleBody RemoteConsole);

internal sealed record ConsoleBody(string Url);

/// <summary>Sizes: https://support.huaweicloud.com/intl/en-us/api-ecs/en-us_topic_0020212656.html; cores as a text, memory in MiB.</summary>
internal sealed record FlavoursAnswer(IReadOnlyList<FlavourBody> Flavors);

internal sealed record FlavourBody(string Id, string Name)
{
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public int Vcpus { get; init; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public int Ram { get; init; }

    [JsonPropertyName("os_extra_specs")]
    public IReadOnlyDictionary<string, string?>? Specs { get; init; }
}

/// <summary>Quota and what is used of it, -1 for no bound: https://support.huaweicloud.com/intl/en-us/api-ecs/ecs_02_0801.html</summary>
internal sealed record LimitsAnswer(AbsoluteLimits Absolute);

internal sealed record AbsoluteLimits
{
    [JsonPropertyName("maxTotalCores")]
    public long Cores { get; init; } = -1;

    [JsonPropertyName("totalCoresUsed")]
    public long CoresUsed { get; init; }

    [JsonPropertyName("maxTotalRAMSize")]
    public long Memory { get; init; } = -1;

    [JsonPropertyName("totalRAMUsed")]
    public long MemoryUsed { get; init; }
}

/// <summary>Zones: https://support.huaweicloud.com/intl/en-us/api-ecs/ecs_02_0704.html</summary>
internal sealed record ZonesAnswer([property: JsonPropertyName("availabilityZoneInfo")] IReadOnlyList<ZoneBody> Zones);

internal sealed record ZoneBody([property: JsonPropertyName("zoneName")] string Name)
{
    [JsonPropertyName("zoneState")]
    public ZoneState? State { get; init; }
}

internal sealed record ZoneState(bool Available);
