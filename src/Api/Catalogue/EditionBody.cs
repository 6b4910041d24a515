using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;

namespace CloudManager.Api.Catalogue;

/// <summary>A catalogue edition as it is handed in.</summary>
internal sealed record EditionBody(
    string Code,
    DateOnly EffectiveFrom,
    IReadOnlyList<ItemBody> Items,
    string? Note = null
)
{
    private const int MaxItems = 1000;

    /// <summary>The edition, with the faults that are about its form.</summary>
    public CatalogueEdition Read(Check check)
    {
        check.OptionalText("note", Note, 500, lines: true);
        if (Items.Count is 0 or > MaxItems)
        {
            check.Fault("items", Items.Count, ($"1 至 {MaxItems} 个目录项", $"1 to {MaxItems} items"));
            return new CatalogueEdition(Code, EffectiveFrom, Note, []);
        }

        var items = Items.Select((item, i) => item.Read($"items[{i}]", check)).ToList();
        return new CatalogueEdition(Code, EffectiveFrom, Note, items);
    }
}

/// <summary>A catalogue item as it is handed in.</summary>
internal sealed record ItemBody(
    string Code,
    string Name,
    string NameEn,
    string Category,
    ItemKind Kind,
    IReadOnlyList<ComponentBody> Components,
    Spec? FixedSpec = null,
    string? Architecture = null,
    LimitsBody? Limits = null
)
{
    public CatalogueItem Read(string path, Check check)
    {
        check.Text($"{path}.nameEn", NameEn, 100);
        check.Text($"{path}.category", Category, 40);
        check.OptionalText($"{path}.architecture", Architecture, 40);
        return new CatalogueItem
        {
            Code = Code,
            Name = Name,
            NameEn = NameEn,
            Category = Category,
            Kind = Kind,
            Components = [.. Components.Select((c, i) => c.Read($"{path}.components[{i}]", check))],
            FixedSpec = FixedSpec,
            Architecture = Architecture,
            Limits = (Limits ?? new LimitsBody()).Read($"{path}.limits", check),
        };
    }
}

internal sealed record ComponentBody(string Name, string Unit, string CeilingPrice)
{
    public PriceComponent Read(string path, Check check) =>
        new(Name, Unit, Prices.Read(CeilingPrice, $"{path}.ceilingPrice", check));
}

/// <summary>Inclusive bounds, each [min, max].</summary>
internal sealed record LimitsBody(
    IReadOnlyList<int>? Vcpus = null,
    IReadOnlyList<int>? MemoryGiB = null,
    IReadOnlyList<int>? SizeGiB = null,
    IReadOnlyList<int>? BandwidthMbps = null
)
{
    public SpecLimits Read(string path, Check check)
    {
        var open = new SpecLimits();
        return new SpecLimits
        {
            Vcpus = Bounds(Vcpus, open.Vcpus, $"{path}.vcpus", check),
            MemoryGiB = Bounds(MemoryGiB, open.MemoryGiB, $"{path}.memoryGiB", check),
            SizeGiB = Bounds(SizeGiB, open.SizeGiB, $"{path}.sizeGiB", check),
            BandwidthMbps = Bounds(BandwidthMbps, open.BandwidthMbps, $"{path}.bandwidthMbps", check),
        };
    }

    private static IReadOnlyList<int> Bounds(
        IReadOnlyList<int>? given,
        IReadOnlyList<int> fallback,
        string path,
        Check check
    )
    {
        if (given is not null && (given is not [var min, var max] || min < 1 || min > max))
        {
            check.Fault(path, string.Join(", ", given), ("[最小, 最大]", "[min, max], min at least 1"));
        }

        return given ?? fallback;
    }
}

/// <summary>A provider's contract as it is handed in.</summary>
internal sealed record ContractBody(
    string Number,
    string Provider,
    DateOnly From,
    DateOnly Until,
    IReadOnlyList<PriceBody> Prices
)
{
    public Contract Read(Check check) =>
        new()
        {
            Number = Number,
            Provider = Provider,
            From = From,
            Until = Until,
            Prices =
            [
                .. Prices.Select(
                    (p, i) =>
                        new ContractPrice(
                            p.Item,
                            p.Component,
                            Catalogue.Prices.Read(p.Price, $"prices[{i}].price", check)
                        )
                ),
            ],
        };
}

internal sealed record PriceBody(string Item, string Component, string Price);
