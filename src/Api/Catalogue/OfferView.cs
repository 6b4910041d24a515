using System.Text.Json.Serialization;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;

namespace CloudManager.Api.Catalogue;

/// <summary>Whether an item can be ordered of a pool, within which limits, else why not.</summary>
/// <param name="Orderable">Whether it can.</param>
/// <param name="ByHand">Whether the provider's people make it.</param>
/// <param name="Code">The code a request would be refused by.</param>
/// <param name="Capability">The capability that is missing.</param>
/// <param name="Reason">Why not, or what bounds it.</param>
/// <param name="LargestSizeGiB">GiB of a volume.</param>
/// <param name="LargestBandwidthMbps">Mbps of a public address.</param>
/// <param name="Sizes">The sizes of servers; absent where any size of the item's can be ordered.</param>
/// <param name="Images">The images of servers; absent where any name can be ordered.</param>
/// <param name="Changeable">Whether a standing one can be brought to another size; absent where there is none.</param>
/// <param name="ChangeReason">Why not, or what bounds it.</param>
internal sealed record OfferView(
    bool Orderable,
    bool ByHand,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Capability,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? LargestSizeGiB,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? LargestBandwidthMbps,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Sizes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Images,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Changeable,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ChangeReason
)
{
    public static OfferView Of(ItemOffer offer) =>
        new(
            offer.Orderable,
            offer.ByHand,
            offer.Code,
            offer.Capability,
            offer.Reason,
            offer.LargestSizeGiB,
            offer.LargestBandwidthMbps,
            offer.Sizes,
            offer.Images,
            offer.Changing?.Orderable,
            offer.Changing?.Reason
        );
}

/// <summary>An item of the catalogue as a pool offers it.</summary>
internal sealed record ItemOfferView(string Item, OfferView Offer)
{
    public static IReadOnlyList<ItemOfferView> Of(IReadOnlyDictionary<string, ItemOffer> offers) =>
        [.. offers.Select(o => new ItemOfferView(o.Key, OfferView.Of(o.Value)))];
}

/// <summary>
/// Something a pool can or cannot do: whether the platform can call it, whether its people do it, and so whether it can be
/// ordered.
/// </summary>
internal sealed record CapabilityView(
    string Name,
    bool Available,
    bool ByHand,
    bool Orderable,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Limit,
    string? Reason
)
{
    public static CapabilityView Of(PoolCapability capability) =>
        new(
            capability.Name,
            capability.Available,
            capability.ByHand,
            capability.Orderable,
            capability.Limit,
            capability.Reason
        );
}
