using System.Text.Json.Serialization;

namespace CloudManager.Adapters.Mock.State;

/// <summary>One change of the simulated cloud: one line of its journal, applied whole or not at all.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "change")]
[JsonDerivedType(typeof(Opened), "opened")]
[JsonDerivedType(typeof(PutServer), "server")]
[JsonDerivedType(typeof(RemoveServer), "serverRemoved")]
[JsonDerivedType(typeof(PutVolume), "volume")]
[JsonDerivedType(typeof(RemoveVolume), "volumeRemoved")]
[JsonDerivedType(typeof(PutSnapshot), "snapshot")]
[JsonDerivedType(typeof(RemoveSnapshot), "snapshotRemoved")]
[JsonDerivedType(typeof(PutNetwork), "network")]
[JsonDerivedType(typeof(RemoveNetwork), "networkRemoved")]
[JsonDerivedType(typeof(PutAddress), "address")]
[JsonDerivedType(typeof(RemoveAddress), "addressRemoved")]
internal abstract record Change;

/// <summary>
/// Somebody opened the journal. It ends the part that was rewritten then, with what deleted rows would otherwise take
/// with them; where others had the journal open, nothing was rewritten.
/// </summary>
/// <param name="Times">How often the journal was opened, this time included.</param>
/// <param name="Lines">How many lines were ever written before the journal was last rewritten.</param>
/// <param name="Made">How much was ever made.</param>
/// <param name="Pool">The pool's id; null where an older version wrote it.</param>
internal sealed record Opened(long Times, long Lines, Made Made, string? Pool = null) : Change;

/// <summary>How many of each kind were ever made: numbers are never given twice.</summary>
internal sealed record Made(int Servers, int Volumes, int Networks, int Addresses, int Snapshots = 0);

internal sealed record PutServer(ServerRow Row) : Change;

/// <summary>The server goes; its volumes are detached and its addresses unbound.</summary>
internal sealed record RemoveServer(string Id, long At) : Change;

internal sealed record PutVolume(VolumeRow Row) : Change;

internal sealed record RemoveVolume(string Id) : Change;

internal sealed record PutSnapshot(SnapshotRow Row) : Change;

internal sealed record RemoveSnapshot(string Id) : Change;

internal sealed record PutNetwork(NetworkRow Row) : Change;

internal sealed record RemoveNetwork(string Id) : Change;

internal sealed record PutAddress(AddressRow Row) : Change;

internal sealed record RemoveAddress(string Id) : Change;

/// <summary>How changes are written: generated at compile time, as a create costs one of them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    IgnoreReadOnlyProperties = true
)]
[JsonSerializable(typeof(Change))]
internal sealed partial class ChangeJson : JsonSerializerContext;
