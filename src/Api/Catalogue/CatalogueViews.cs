using System.Text.Json.Serialization;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Requests;

namespace CloudManager.Api.Catalogue;

/// <summary>The items of an edition, with the contract prices of the day.</summary>
internal sealed record EditionView(
    string Edition,
    DateOnly EffectiveFrom,
    string? Note,
    IReadOnlyList<ItemView> Items,
    string? Next
)
{
    public static EditionView Of(
        CatalogueEdition edition,
        IReadOnlyList<Contract> contracts,
        IReadOnlyDictionary<string, ItemOffer>? offers = null
    )
    {
        var prices = contracts
            .SelectMany(c => c.Prices, (c, p) => (Key: (p.Item, p.Component), c.Provider, p.Price))
            .ToLookup(p => p.Key, p => new ProviderPriceView(p.Provider, Prices.Write(p.Price)));
        return new EditionView(
            edition.Code,
            edition.EffectiveFrom,
            edition.Note,
            [
                .. edition.Items.Select(i =>
                    ItemView.Of(i, prices) with
                    {
                        Offer = offers is null ? null : OfferView.Of(offers[i.Code]),
                    }
                ),
            ],
            Next: null
        );
    }
}

internal sealed record ItemView(
    string Code,
    string Name,
    string NameEn,
    string Category,
    ItemKind Kind,
    IReadOnlyList<ComponentView> Components,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Spec? FixedSpec,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Architecture,
    SpecLimits Limits
)
{
    /// <summary>Whether it can be ordered of the pool that was asked about; absent where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OfferView? Offer { get; init; }

    public static ItemView Of(CatalogueItem item, ILookup<(string, string), ProviderPriceView> prices) =>
        new(
            item.Code,
            item.Name,
            item.NameEn,
            item.Category,
            item.Kind,
            [
                .. item.Components.Select(c => new ComponentView(
                    c.Name,
                    c.Unit,
                    Prices.Write(c.CeilingPrice),
                    [.. prices[(item.Code, c.Name)]]
                )),
            ],
            item.FixedSpec,
            item.Architecture,
            item.Limits
        );
}

internal sealed record ComponentView(
    string Name,
    string Unit,
    string CeilingPrice,
    IReadOnlyList<ProviderPriceView> Prices
);

internal sealed record ProviderPriceView(string Provider, string Price);

internal sealed record ContractView(
    string Number,
    string Provider,
    DateOnly From,
    DateOnly Until,
    IReadOnlyList<PriceBody> Prices
)
{
    public static ContractView Of(Contract contract) =>
        new(
            contract.Number,
            contract.Provider,
            contract.From,
            contract.Until,
            [.. contract.Prices.Select(p => new PriceBody(p.Item, p.Component, Catalogue.Prices.Write(p.Price)))]
        );
}
