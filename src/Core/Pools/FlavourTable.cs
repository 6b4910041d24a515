using CloudManager.Adapters.Sdk;

namespace CloudManager.Core.Pools;

/// <summary>Looks sizes up in a pool's reviewed table.</summary>
public static class FlavourTable
{
    /// <summary>The flavour for an item and size; null if the pool has none.</summary>
    public static string? Find(PoolMapping mapping, string item, ServerSize size) =>
        mapping.Flavours.FirstOrDefault(f => f.Size == size && Serves(f, item))?.Flavour;

    /// <summary>The sizes nearest to the one asked, nearest first.</summary>
    public static IEnumerable<string> Nearest(PoolMapping mapping, string item, ServerSize size, int count) =>
        mapping
            .Flavours.Where(f => Serves(f, item))
            .OrderBy(f =>
                Math.Abs(Math.Log2((double)f.Size.Vcpus / size.Vcpus))
                + Math.Abs(Math.Log2((double)f.Size.MemoryGiB / size.MemoryGiB))
            )
            .ThenBy(f => f.Size.Vcpus)
            .ThenBy(f => f.Size.MemoryGiB)
            .Take(count)
            .Select(f => $"{f.Size.Vcpus}C{f.Size.MemoryGiB}G");

    internal static bool Serves(FlavourRule rule, string item) => rule.Items.Count == 0 || rule.Items.Contains(item);
}
