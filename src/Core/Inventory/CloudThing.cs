using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Findings;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Inventory;

/// <summary>A server, volume, network or public address as a listing of its pool showed it.</summary>
public sealed record CloudThing
{
    public required ItemKind Kind { get; init; }
    public required NativeId Id { get; init; }

    /// <summary>The name in the cloud; an address's own digits.</summary>
    public required string Name { get; init; }

    public required CloudState State { get; init; }
    public int? Vcpus { get; init; }
    public int? MemoryGiB { get; init; }
    public int? SizeGiB { get; init; }
    public int? BandwidthMbps { get; init; }

    /// <summary>The cloud's volume type; null where it does not say.</summary>
    public string? Type { get; init; }

    /// <summary>A server's private addresses, an address's digits, a network's range.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>The server it is attached or bound to; null if none.</summary>
    public NativeId? AttachedTo { get; init; }

    /// <summary>The operation key it was created under; null for one this platform did not create.</summary>
    public string? Key { get; init; }

    /// <summary>Why it is in error, in the cloud's words.</summary>
    public string? Fault { get; init; }

    public static CloudThing Of(CloudServer server) =>
        new()
        {
            Kind = ItemKind.Server,
            Id = server.Id,
            Name = server.Name,
            State = server.State,
            Vcpus = server.Size.Vcpus,
            MemoryGiB = server.Size.MemoryGiB,
            Addresses = server.Addresses,
            Key = server.Key?.Value,
            Fault = server.Fault,
        };

    public static CloudThing Of(CloudVolume volume) =>
        new()
        {
            Kind = ItemKind.Volume,
            Id = volume.Id,
            Name = volume.Name,
            State = volume.State,
            SizeGiB = volume.SizeGiB,
            Type = volume.Type,
            AttachedTo = volume.AttachedTo,
            Key = volume.Key?.Value,
            Fault = volume.Fault,
        };

    public static CloudThing Of(CloudNetwork network) =>
        new()
        {
            Kind = ItemKind.Network,
            Id = network.Id,
            Name = network.Name,
            State = network.State,
            Addresses = [network.Cidr],
            Key = network.Key?.Value,
            Fault = network.Fault,
        };

    public static CloudThing Of(CloudAddress address) =>
        new()
        {
            Kind = ItemKind.PublicAddress,
            Id = address.Id,
            Name = address.Address,
            State = address.State,
            BandwidthMbps = address.BandwidthMbps,
            Addresses = [address.Address],
            AttachedTo = address.BoundTo,
            Key = address.Key?.Value,
        };

    /// <summary>What the cloud says of it, as evidence.</summary>
    public SubjectFacts Facts =>
        new()
        {
            Name = Name,
            State = Words.Camel(State),
            NativeId = Id.Value,
            Vcpus = Vcpus,
            MemoryGiB = MemoryGiB,
            SizeGiB = SizeGiB,
            BandwidthMbps = BandwidthMbps,
            Address = Addresses.Count == 0 ? null : string.Join(", ", Addresses),
            AttachedTo = AttachedTo?.Value,
            Key = Key,
            Fault = Fault,
        };
}

/// <summary>What the books hold under a cloud's identifier.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Whole">The cloud's identifier of what it is part of; null if none.</param>
/// <param name="OrderEndedAt">When the work order that worked on it last ended; null while one is at work.</param>
/// <param name="TakenName">The name it had when it was taken over; null for one this platform made.</param>
public sealed record Booked(
    Core.Resources.Resource Resource,
    NativeId? Whole,
    DateTimeOffset? OrderEndedAt,
    string? TakenName
)
{
    /// <summary>
    /// Whether a listing begun at the instant may show it otherwise than it is: a work order works on it, or did so
    /// while the listing was under way.
    /// </summary>
    public bool IsInWork(DateTimeOffset since) => OrderEndedAt is not { } ended || ended > since;
}
