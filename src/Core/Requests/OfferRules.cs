using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Requests;

/// <summary>Whether a catalogue item can be ordered of a pool today, and within which limits; else why not.</summary>
/// <param name="Orderable">Whether it can.</param>
/// <param name="ByHand">Whether the provider's people make it.</param>
public sealed record ItemOffer(bool Orderable, bool ByHand)
{
    /// <summary>The stable code of why not; the one that a request would be refused by.</summary>
    public string? Code { get; init; }

    /// <summary>The capability that is missing; null where it is something else, or nothing.</summary>
    public string? Capability { get; init; }

    /// <summary>Why it cannot be ordered, or what bounds it, in words.</summary>
    public string? Reason { get; init; }

    /// <summary>GiB of a volume; null where neither pool nor item is bounded.</summary>
    public int? LargestSizeGiB { get; init; }

    /// <summary>Mbps of a public address.</summary>
    public int? LargestBandwidthMbps { get; init; }

    /// <summary>The sizes of servers, e.g. <c>4C8G</c>; null where any size of the item's can be ordered.</summary>
    public IReadOnlyList<string>? Sizes { get; init; }

    /// <summary>The images of servers; null where its people take any name.</summary>
    public IReadOnlyList<string>? Images { get; init; }

    /// <summary>Whether a standing one can be brought to another size, and why not.</summary>
    public PoolCapability? Changing { get; init; }
}

/// <summary>
/// What of the catalogue can be ordered of a pool (可订购, art. 11, 14–16): by the very rules that refuse a line.
/// </summary>
internal sealed class OfferRules(OrderingTerms terms, Pool pool)
{
    private readonly PoolOffer _offer = new(terms.Pools, pool);

    public ItemOffer Of(CatalogueItem item)
    {
        var check = new Check();
        LineRules.ExaminePool(pool.Id, item.Code, "item", terms, check);
        if (CapabilityRules.Making(item.Kind) is { } making)
        {
            CapabilityRules.Need(_offer, making, ("item.pool", pool.Id.Value), "pool.cannotOrder", check);
        }

        var sizes = SizesOf(item);
        ExamineTables(item, sizes, check);
        var why = check.IsClean ? null : check.Faults[0];
        var capability = CapabilityRules.Making(item.Kind) is { } name ? _offer.Find(name) : null;
        var changing = CapabilityRules.Changing(item.Kind) is { } change ? _offer.Find(change) : null;
        return new ItemOffer(why is null, item.Kind == ItemKind.Manual || capability is { ByHand: true })
        {
            Code = why?.Code,
            Capability = why?.Capability,
            Reason = why?.Expected.ToString() ?? capability?.Reason,
            LargestSizeGiB = item.Kind == ItemKind.Volume ? Least(item.Limits.SizeGiB[1], capability?.Limit) : null,
            LargestBandwidthMbps =
                item.Kind == ItemKind.PublicAddress ? Least(item.Limits.BandwidthMbps[1], capability?.Limit) : null,
            Sizes = sizes,
            Images =
                item.Kind == ItemKind.Server && !_offer.TakesAnyImage ? [.. pool.Mapping.Images.Keys.Order()] : null,
            Changing = changing,
        };
    }

    private void ExamineTables(CatalogueItem item, IReadOnlyList<string>? sizes, Check check)
    {
        if (sizes is { Count: 0 })
        {
            Lacks(
                "size.notOffered",
                Capabilities.Servers,
                ("有该目录项规格映射的资源池", "a pool with a size for this item")
            );
        }

        if (item.Kind == ItemKind.Server && !_offer.TakesAnyImage && pool.Mapping.Images.Count == 0)
        {
            Lacks("image.unknown", Capabilities.Servers, ("有镜像映射的资源池", "a pool that maps an image"));
        }

        if (item.Kind == ItemKind.Volume && !_offer.TakesAnyVolume && !pool.Mapping.VolumeTypes.ContainsKey(item.Code))
        {
            Lacks("item.notMapped", Capabilities.Volumes, ("有该目录项类型映射的资源池", "a pool that maps this item"));
        }

        void Lacks(string code, string capability, Bilingual expected) =>
            check.Lacks("item.pool", pool.Id.Value, expected, (code, capability, null));
    }

    /// <summary>The sizes of the pool's table that the item allows; null where any can be ordered.</summary>
    private IReadOnlyList<string>? SizesOf(CatalogueItem item)
    {
        if (item.Kind != ItemKind.Server || _offer.TakesAnySize)
        {
            return null;
        }

        return
        [
            .. pool
                .Mapping.Flavours.Where(f => FlavourTable.Serves(f, item.Code) && Allows(item, f.Size))
                .Select(f => $"{f.Size.Vcpus}C{f.Size.MemoryGiB}G")
                .Distinct(),
        ];
    }

    private static bool Allows(CatalogueItem item, Adapters.Sdk.ServerSize size) =>
        item.FixedSpec is { } given
            ? given.Vcpus == size.Vcpus && given.MemoryGiB == size.MemoryGiB
            : Within(size.Vcpus, item.Limits.Vcpus) && Within(size.MemoryGiB, item.Limits.MemoryGiB);

    private static bool Within(int value, IReadOnlyList<int> limits) => value >= limits[0] && value <= limits[1];

    private static int Least(int ofItem, int? ofPool) => Math.Min(ofItem, ofPool ?? ofItem);
}
