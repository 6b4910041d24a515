using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Findings;

/// <summary>What a server needs at p95: cores and GiB, as fractions of sizes are.</summary>
internal readonly record struct Demand(double Vcpus, double MemoryGiB)
{
    public static Demand Of(ServerSize size, double cpuPercent, double memoryPercent) =>
        new(size.Vcpus * cpuPercent / 100, size.MemoryGiB * memoryPercent / 100);

    /// <summary>Whether the size serves it with both metrics under the target.</summary>
    public bool Fits(ServerSize size, double targetPercent) =>
        Vcpus * 100 < size.Vcpus * targetPercent && MemoryGiB * 100 < size.MemoryGiB * targetPercent;
}

/// <summary>Right size (art. 19(4), 22): the smallest size on offer whose p95 demand stays under the target.</summary>
internal static class RightSize
{
    /// <summary>The sizes of an item that the pool has and the catalogue allows, cheapest first.</summary>
    public static IReadOnlyList<ServerSize> OnOffer(CatalogueItem item, PoolMapping mapping) =>
        Allowed(item, mapping.Flavours.Where(f => FlavourTable.Serves(f, item.Code)).Select(f => f.Size));

    /// <summary>Where people make any size, the usual ones: cores in powers of two, 1, 2, 4 or 8 GiB to each.</summary>
    public static IReadOnlyList<ServerSize> Usual(CatalogueItem item) =>
        Allowed(
            item,
            from power in Enumerable.Range(0, 8)
            from ratio in (int[])[1, 2, 4, 8]
            select new ServerSize(1 << power, ratio << power)
        );

    private static IReadOnlyList<ServerSize> Allowed(CatalogueItem item, IEnumerable<ServerSize> sizes)
    {
        var (vcpu, memory) = (PriceOf(item, "vcpu"), PriceOf(item, "memory"));
        return
        [
            .. sizes
                .Distinct()
                .Where(s => IsWithin(item.Limits.Vcpus, s.Vcpus) && IsWithin(item.Limits.MemoryGiB, s.MemoryGiB))
                .OrderBy(s => (s.Vcpus * vcpu) + (s.MemoryGiB * memory))
                .ThenBy(s => s.Vcpus)
                .ThenBy(s => s.MemoryGiB),
        ];
    }

    /// <summary>The first of the sizes that serves the demand; null if none is large enough.</summary>
    public static ServerSize? Find(IReadOnlyList<ServerSize> sizes, Demand demand, double targetPercent) =>
        sizes.Where(s => demand.Fits(s, targetPercent)).Cast<ServerSize?>().FirstOrDefault();

    private static decimal PriceOf(CatalogueItem item, string component) =>
        item.Components.FirstOrDefault(c => c.Name == component)?.CeilingPrice ?? 0;

    private static bool IsWithin(IReadOnlyList<int> limits, int value) => limits[0] <= value && value <= limits[1];
}
