using CloudManager.Core.Catalogue;
using CloudManager.Core.Requests;

namespace CloudManager.Journey.Tests.Support;

/// <summary>A catalogue of one item per kind, and contracts that price them.</summary>
internal static class SampleTerms
{
    public static CatalogueEdition Edition { get; } =
        new(
            "2026",
            new DateOnly(2026, 1, 1),
            null,
            [
                Item("ecs-general", ItemKind.Server, "vcpu", "memory", "storage"),
                Item("vol-ssd", ItemKind.Volume, "storage"),
                Item("eip", ItemKind.PublicAddress, "bandwidth"),
                Item("vpc", ItemKind.Network, "instance"),
                Item("sec-waf", ItemKind.Manual, "year"),
            ]
        );

    public static Contract Contract(string provider) =>
        new()
        {
            Number = $"2025-{provider}",
            Provider = provider,
            From = new DateOnly(2025, 9, 1),
            Until = new DateOnly(2028, 9, 1),
            Prices =
            [
                .. Edition.Items.SelectMany(i => i.Components.Select(c => new ContractPrice(i.Code, c.Name, 9m))),
            ],
        };

    public static LineInput Servers(int quantity, int vcpus = 4, int memoryGiB = 8) =>
        new(
            "ecs-general",
            quantity,
            null,
            new Spec
            {
                Vcpus = vcpus,
                MemoryGiB = memoryGiB,
                Image = "kylin-v10-x86",
            }
        );

    public static LineInput Volumes(int quantity, int sizeGiB = 100) =>
        new("vol-ssd", quantity, null, new Spec { SizeGiB = sizeGiB });

    public static LineInput Addresses(int quantity) => new("eip", quantity, null, new Spec { BandwidthMbps = 10 });

    private static CatalogueItem Item(string code, ItemKind kind, params string[] components) =>
        new()
        {
            Code = code,
            Name = code,
            NameEn = code,
            Category = "test",
            Kind = kind,
            Components = [.. components.Select(c => new PriceComponent(c, PublishEdition.Units[c], 10m))],
        };
}
