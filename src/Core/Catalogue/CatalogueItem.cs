using System.Text.Json.Serialization;

namespace CloudManager.Core.Catalogue;

/// <summary>What delivers an item: a call to the pool, or the provider's people.</summary>
public enum ItemKind
{
    Server,
    Volume,
    PublicAddress,
    Network,

    /// <summary>Fulfilled by hand, with evidence.</summary>
    Manual,
}

/// <summary>Catalogue item (服务目录项, art. 11).</summary>
public sealed record CatalogueItem
{
    /// <summary>Its code, stable over editions, e.g. <c>ecs-general</c>.</summary>
    public required string Code { get; init; }

    public required string Name { get; init; }

    public required string NameEn { get; init; }

    public required string Category { get; init; }

    public required ItemKind Kind { get; init; }

    /// <summary>What it is priced by; at least one.</summary>
    public required IReadOnlyList<PriceComponent> Components { get; init; }

    /// <summary>The one spec it comes in; null if the tenant chooses within the limits.</summary>
    public Spec? FixedSpec { get; init; }

    /// <summary>The processor architecture it promises (自主可控, art. 15), e.g. <c>kunpeng</c>.</summary>
    public string? Architecture { get; init; }

    public SpecLimits Limits { get; init; } = new();
}

/// <summary>One component of an item's price (art. 11).</summary>
/// <param name="Name">vcpu, memory, storage, bandwidth, instance, year or once.</param>
/// <param name="Unit">The unit as the price list prints it, e.g. 元/核/月.</param>
/// <param name="CeilingPrice">The ceiling of the finance review (财政评审最高限价), yuan with four places.</param>
public sealed record PriceComponent(string Name, string Unit, decimal CeilingPrice);

/// <summary>Inclusive bounds of what may be ordered of an item, [min, max].</summary>
public sealed record SpecLimits
{
    public IReadOnlyList<int> Vcpus { get; init; } = [1, 128];

    /// <summary>GiB.</summary>
    public IReadOnlyList<int> MemoryGiB { get; init; } = [1, 2048];

    /// <summary>GiB.</summary>
    public IReadOnlyList<int> SizeGiB { get; init; } = [10, 32768];

    /// <summary>Mbps.</summary>
    public IReadOnlyList<int> BandwidthMbps { get; init; } = [1, 10000];
}

/// <summary>What exactly is ordered of an item. Which members apply follows from the item's kind.</summary>
public sealed record Spec
{
    /// <summary>Server: virtual cores.</summary>
    public int? Vcpus { get; init; }

    /// <summary>Server: memory in GiB.</summary>
    public int? MemoryGiB { get; init; }

    /// <summary>Server: the image's name in the pool.</summary>
    public string? Image { get; init; }

    /// <summary>Volume: capacity in GiB. Server: its system disk in GiB, 40 if not given.</summary>
    public int? SizeGiB { get; init; }

    /// <summary>Public address: bandwidth in Mbps.</summary>
    public int? BandwidthMbps { get; init; }

    /// <summary>Network: its IPv4 range, e.g. 10.20.0.0/24.</summary>
    public string? Cidr { get; init; }

    /// <summary>
    /// Volume, public address: the number of the server line it goes to, from 1; the n-th one goes to the n-th server.
    /// Not given: the only server line on that pool, if there is just one.
    /// </summary>
    public int? AttachTo { get; init; }

    /// <summary>Server: the number of the network line it joins, from 1; not given: the pool's own network.</summary>
    public int? Network { get; init; }

    /// <summary>Manual item: what is wanted, in words.</summary>
    public string? Description { get; init; }

    /// <summary>The size without the references to other lines: what a resource is, once it stands.</summary>
    [JsonIgnore]
    public Spec Alone => this with { AttachTo = null, Network = null };
}

/// <summary>Catalogue edition (目录版本, art. 11): immutable once in force.</summary>
/// <param name="Code">Its code, e.g. <c>2026</c>.</param>
/// <param name="EffectiveFrom">The day it takes effect.</param>
/// <param name="Note">What a reader must know, e.g. that prices are samples.</param>
/// <param name="Items">Its items by code.</param>
public sealed record CatalogueEdition(
    string Code,
    DateOnly EffectiveFrom,
    string? Note,
    IReadOnlyList<CatalogueItem> Items
)
{
    private Dictionary<string, CatalogueItem>? _byCode;

    /// <summary>Finds an item; null if this edition does not hold it.</summary>
    public CatalogueItem? Find(string code) => (_byCode ??= Items.ToDictionary(i => i.Code)).GetValueOrDefault(code);
}
