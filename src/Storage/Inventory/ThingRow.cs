using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Inventory;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Inventory;

/// <summary>One row of the table inventory.</summary>
internal sealed class ThingRow
{
    /// <summary>What a listing shows of a thing, in the order of the table, with the type as PostgreSQL names it.</summary>
    public static readonly (string Name, string Type)[] Shown =
    [
        ("kind", "text"),
        ("native_id", "text"),
        ("name", "text"),
        ("state", "text"),
        ("vcpus", "integer"),
        ("memory_gib", "integer"),
        ("size_gib", "integer"),
        ("bandwidth_mbps", "integer"),
        ("type", "text"),
        ("addresses", "text"),
        ("attached_to", "text"),
        ("operation_key", "text"),
        ("fault", "text"),
    ];

    public string Kind { get; init; } = "";
    public string NativeId { get; init; } = "";
    public string Name { get; init; } = "";
    public string State { get; init; } = "";
    public int? Vcpus { get; init; }
    public int? MemoryGib { get; init; }
    public int? SizeGib { get; init; }
    public int? BandwidthMbps { get; init; }
    public string? Type { get; init; }
    public string Addresses { get; init; } = "";
    public string? AttachedTo { get; init; }
    public string? OperationKey { get; init; }
    public string? Fault { get; init; }
    public string Pool { get; init; } = "";
    public long FirstSeen { get; init; }
    public long LastSeen { get; init; }
    public long? Resource { get; init; }
    public string? Client { get; init; }

    /// <summary>A thing as an object with the columns' names, for a whole batch in one parameter.</summary>
    public static IReadOnlyDictionary<string, object?> Written(CloudThing thing) =>
        new Dictionary<string, object?>
        {
            ["kind"] = thing.Kind.ToString(),
            ["native_id"] = thing.Id.Value,
            ["name"] = thing.Name,
            ["state"] = thing.State.ToString(),
            ["vcpus"] = thing.Vcpus,
            ["memory_gib"] = thing.MemoryGiB,
            ["size_gib"] = thing.SizeGiB,
            ["bandwidth_mbps"] = thing.BandwidthMbps,
            ["type"] = thing.Type,
            ["addresses"] = Json.Write(thing.Addresses),
            ["attached_to"] = thing.AttachedTo?.Value,
            ["operation_key"] = thing.Key,
            ["fault"] = thing.Fault,
        };

    public InventoryEntry ToEntry() =>
        new(
            new(Pool),
            new CloudThing
            {
                Kind = Enum.Parse<ItemKind>(Kind),
                Id = new NativeId(NativeId),
                Name = Name,
                State = Enum.Parse<CloudState>(State),
                Vcpus = Vcpus,
                MemoryGiB = MemoryGib,
                SizeGiB = SizeGib,
                BandwidthMbps = BandwidthMbps,
                Type = Type,
                Addresses = Json.Read<List<string>>(Addresses),
                AttachedTo = AttachedTo is null ? null : new NativeId(AttachedTo),
                Key = OperationKey,
                Fault = Fault,
            },
            Resource is { } number ? new Core.Resources.ResourceId(number) : null,
            DateTimeOffset.FromUnixTimeMilliseconds(FirstSeen),
            DateTimeOffset.FromUnixTimeMilliseconds(LastSeen)
        )
        {
            Client = Client,
        };
}
