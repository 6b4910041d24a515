using CloudManager.Core.Billing;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Tests.Billing;

/// <summary>A small price list, a contract and service intervals for tests of charging.</summary>
internal static class Terms
{
    public static CatalogueEdition Edition { get; } = EditionOf("2026", "2026-01-01", "ecs", "vol", "waf", "scan");

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd");

    public static Month MonthOf(string month)
    {
        Assert.True(Month.TryParse(month, out var read));
        return read;
    }

    public static CatalogueEdition EditionOf(string code, string from, params string[] items) =>
        new(code, Day(from), null, [.. items.Select(Item)]);

    /// <summary>A contract from its first day to the day after its last.</summary>
    public static Contract ContractOf(
        string number,
        string from,
        string until,
        params (string, string, decimal)[] prices
    ) =>
        new()
        {
            Number = number,
            Provider = "provider-a",
            From = Day(from),
            Until = Day(until),
            Prices = [.. prices.Select(p => new ContractPrice(p.Item1, p.Item2, p.Item3))],
        };

    /// <summary>Everything at 10 yuan but what is named.</summary>
    public static Contract Full(string number, string from, string until, decimal vcpu = 10m) =>
        ContractOf(
            number,
            from,
            until,
            ("ecs", "vcpu", vcpu),
            ("ecs", "memory", 10m),
            ("ecs", "storage", 10m),
            ("vol", "storage", 0.8167m),
            ("waf", "year", 36_500m),
            ("scan", "once", 1_285.95m)
        );

    public static Tariff TariffOf(string month, params Contract[] contracts) =>
        new(MonthOf(month), [Edition], contracts);

    /// <summary>Service of one item from a day, until the day after the last or for good.</summary>
    public static ServiceInterval Serves(string item, int size, string from, string? until = null, int ordinal = 1) =>
        new()
        {
            Resource = new(7),
            Ordinal = ordinal,
            Tenant = "tenant-a",
            Provider = "provider-a",
            System = "hr-portal",
            Item = item,
            Quantities = item == "ecs" ? new(size, size * 2, 40, null) : new(null, null, size, null),
            From = Day(from),
            Until = until is null ? null : Day(until),
            StartedBy = new(ordinal),
            EndedBy = until is null ? null : new(ordinal + 1),
        };

    public static ResourceCharges Charge(Tariff tariff, params ServiceInterval[] intervals) =>
        Charging.Of(intervals, tariff, tariff.Month.End);

    /// <summary>Component, first day, days and amount in fen of each charge.</summary>
    public static IEnumerable<string> Shown(ResourceCharges charges) =>
        charges.Charges.Select(c => $"{c.Rate.Component} {c.From:MM-dd} {c.Days} {c.Fen}");

    private static CatalogueItem Item(string code)
    {
        string[] components = code switch
        {
            "ecs" => ["vcpu", "memory", "storage"],
            "vol" => ["storage"],
            "waf" => ["year"],
            _ => ["once"],
        };
        return new CatalogueItem
        {
            Code = code,
            Name = code,
            NameEn = code,
            Category = "test",
            Kind = code == "vol" ? ItemKind.Volume : ItemKind.Manual,
            Components = [.. components.Select(c => new PriceComponent(c, PublishEdition.Units[c], 100_000m))],
        };
    }
}
