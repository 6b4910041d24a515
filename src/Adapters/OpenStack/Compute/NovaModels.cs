using System.Text.Json.Serialization;
using Refit;

namespace CloudManager.Adapters.OpenStack.Compute;

/// <summary>What to list: https://docs.openstack.org/api-ref/compute/#list-servers-detailed</summary>
internal sealed record ServerQuery
{
    [AliasAs("limit")]
    public int? Limit { get; init; }

    [AliasAs("marker")]
    public string? Marker { get; init; }

    [AliasAs("tags")]
    public string? Tags { get; init; }

    [AliasAs("changes-since")]
    public string? ChangesSince { get; init; }
}

/// <summary>Servers by name: https://docs.openstack.org/api-ref/compute/#list-servers</summary>
internal sealed record ServerNamesAnswer(IReadOnlyList<ServerName> Servers);

internal sealed record ServerName(string Id);

/// <summary>A page of servers, with a link where another follows: https://docs.openstack.org/api-ref/compute/#list-servers-detailed</summary>
internal sealed record ServersAnswer(IReadOnlyList<ServerBody> Servers)
{
    [JsonPropertyName("servers_links")]
    public IReadOnlyList<PageLink> Links { get; init; } = [];
}

/// <summary>One server: https://docs.openstack.org/api-ref/compute/#show-server-details</summary>
internal sealed record ServerAnswer(ServerBody Server);

/// <summary>
/// A server; one whose cell is down has only its id and the status UNKNOWN (from 2.69 on):
/// https://docs.openstack.org/api-guide/compute/down_cells.html
/// </summary>
internal sealed record ServerBody(string Id, string? Name, string? Status)
{
    public EmbeddedFlavour? Flavor { get; init; }

    public DateTimeOffset? Created { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<ServerAddress>>? Addresses { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public ServerFault? Fault { get; init; }

    [JsonPropertyName("OS-EXT-STS:task_state")]
    public string? TaskState { get; init; }
}

/// <summary>A server's size, embedded since 2.47; memory in MiB, disk in GiB.</summary>
internal sealed record EmbeddedFlavour(int Vcpus, int Ram, int Disk, string? OriginalName);

internal sealed record ServerAddress(string Addr)
{
    [JsonPropertyName("OS-EXT-IPS:type")]
    public string? Type { get; init; }
}

internal sealed record ServerFault(string Message);

/// <summary>A new server: https://docs.openstack.org/api-ref/compute/#create-server (tags since 2.52)</summary>
internal sealed record CreateServerRequest(NewServer Server);

internal sealed record NewServer(
    string Name,
    [property: JsonPropertyName("flavorRef")] string Flavour,
    IReadOnlyList<NewServerNetwork> Networks
)
{
    [JsonPropertyName("imageRef")]
    public string? ImageRef { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public string? AvailabilityZone { get; init; }

    public IReadOnlyList<NewServerGroup>? SecurityGroups { get; init; }

    [JsonPropertyName("block_device_mapping_v2")]
    public IReadOnlyList<NewServerDisk>? Disks { get; init; }
}

internal sealed record NewServerNetwork(string Uuid);

internal sealed record NewServerGroup(string Name);

internal sealed record NewServerDisk(string Uuid, int VolumeSize)
{
    public int BootIndex { get; init; }

    public string SourceType { get; } = "image";

    public string DestinationType { get; } = "volume";

    public bool DeleteOnTermination { get; } = true;
}

internal sealed record CreatedServerAnswer(CreatedServer Server);

internal sealed record CreatedServer(string Id);

/// <summary>What happened to a server: https://docs.openstack.org/api-ref/compute/#servers-actions-servers-os-instance-actions</summary>
internal sealed record ActionsAnswer([property: JsonPropertyName("instanceActions")] IReadOnlyList<ActionBody> Actions);

internal sealed record ActionAnswer([property: JsonPropertyName("instanceAction")] ActionBody Action);

internal sealed record ActionBody(string Action, string RequestId, string? Message)
{
    public IReadOnlyList<ActionEvent>? Events { get; init; }
}

internal sealed record ActionEvent(string Event, string? Result, string? Details);

/// <summary>A screen: https://docs.openstack.org/api-ref/compute/#create-remote-console</summary>
internal sealed record ConsoleRequest(ConsoleKind RemoteConsole);

internal sealed record ConsoleKind(string Protocol, string Type);

internal sealed record ConsoleAnswer(ConsoleBody RemoteConsole);

internal sealed record ConsoleBody(string Url);

/// <summary>A disk for a server: https://docs.openstack.org/api-ref/compute/#attach-a-volume-to-an-instance</summary>
internal sealed record AttachRequest([property: JsonPropertyName("volumeAttachment")] AttachBody Attachment);

internal sealed record AttachBody([property: JsonPropertyName("volumeId")] string VolumeId);

/// <summary>Sizes: https://docs.openstack.org/api-ref/compute/#list-flavors-with-details; memory in MiB, disk in GiB.</summary>
internal sealed record FlavoursAnswer(IReadOnlyList<FlavourBody> Flavors)
{
    [JsonPropertyName("flavors_links")]
    public IReadOnlyList<PageLink> Links { get; init; } = [];
}

internal sealed record FlavourBody(string Id, string Name, int Vcpus, int Ram, int Disk);

/// <summary>Quota and what is used of it, -1 for no bound: https://docs.openstack.org/api-ref/compute/#limits-limits</summary>
internal sealed record LimitsAnswer(LimitsBody Limits);

internal sealed record LimitsBody(AbsoluteLimits Absolute);

internal sealed record AbsoluteLimits(
    [property: JsonPropertyName("maxTotalInstances")] long Servers,
    [property: JsonPropertyName("maxTotalCores")] long Cores,
    [property: JsonPropertyName("maxTotalRAMSize")] long Memory,
    [property: JsonPropertyName("totalInstancesUsed")] long ServersUsed,
    [property: JsonPropertyName("totalCoresUsed")] long CoresUsed,
    [property: JsonPropertyName("totalRAMUsed")] long MemoryUsed
);

/// <summary>Hosts, for administrators: https://docs.openstack.org/api-ref/compute/#list-hypervisors-details</summary>
internal sealed record HypervisorsAnswer(IReadOnlyList<HypervisorBody> Hypervisors)
{
    [JsonPropertyName("hypervisors_links")]
    public IReadOnlyList<PageLink> Links { get; init; } = [];
}

internal sealed record HypervisorBody(string Id, string? State, string? Status);
