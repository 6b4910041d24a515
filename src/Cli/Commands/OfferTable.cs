using CloudManager.Cli.Output;
using CloudManager.Client.Pools;

namespace CloudManager.Cli.Commands;

/// <summary>What of the catalogue can be ordered of a pool, as people read it.</summary>
internal static class OfferTable
{
    public static void Show(Screen screen, IEnumerable<ItemOffer> items) =>
        screen.Table<ItemOffer>(
            [.. items],
            new("目录项", "item", i => i.Item),
            new("可订购", "orderable", i => Texts.Of(i.Offer.Orderable, screen.Language)),
            new("办理方式", "made by", i => i.Offer.ByHand ? screen.Say("人工", "hand") : screen.Say("接口", "call")),
            new(
                "可变更",
                "changeable",
                i => i.Offer.Changeable is { } can ? Texts.Of(can, screen.Language) : Texts.None
            ),
            new("上限", "limit", i => Texts.Of(Limit(i.Offer))),
            new("规格", "sizes", i => Texts.Of(Sizes(i.Offer))),
            new("说明", "remark", i => Texts.Of(i.Offer.Reason))
        );

    private static string Limit(Offer offer) =>
        offer switch
        {
            { LargestSizeGiB: { } size } => $"{size} GiB",
            { LargestBandwidthMbps: { } bandwidth } => $"{bandwidth} Mbps",
            _ => "",
        };

    private static string Sizes(Offer offer) =>
        offer.Sizes is not { Count: > 0 } sizes ? ""
        : sizes.Count <= 4 ? string.Join(' ', sizes)
        : $"{string.Join(' ', sizes.Take(2))} … {sizes[^1]}";
}
