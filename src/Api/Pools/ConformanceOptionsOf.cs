using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Sdk.Testing;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Api.Pools;

/// <summary>What the conformance suite orders from a pool: its mapping's smallest size, and the next larger to go to.</summary>
internal static class ConformanceOptionsOf
{
    private const string ByHand = "by-hand";

    public static ConformanceOptions Pool(Pool pool, ConformanceRun run, MachineClock clock, TimeProvider businessTime)
    {
        var mapping = pool.Mapping;
        var sizes = mapping
            .Flavours.Select(rule => new CloudFlavour(rule.Flavour, rule.Size))
            .Distinct()
            .OrderBy(flavour => flavour.Size.Vcpus)
            .ThenBy(flavour => flavour.Size.MemoryGiB)
            .ToList();
        // A pool without tables is one where people do everything: nothing is ordered by name, and no check orders.
        var smallest = sizes is [var least, ..] ? least : new CloudFlavour(ByHand, new ServerSize(1, 1));
        return new ConformanceOptions
        {
            Flavour = smallest.Flavour,
            Size = smallest.Size,
            Larger = sizes.Find(flavour => flavour.Size != smallest.Size && Holds(flavour.Size, smallest.Size)),
            Image = mapping.Images.Values.FirstOrDefault(ByHand),
            VolumeType = mapping.VolumeTypes.Values.FirstOrDefault(),
            Network = mapping.DefaultNetwork is { } network ? new NativeId(network) : null,
            MappedFlavours = sizes,
            MappedImages = [.. mapping.Images.Values.Distinct()],
            MappedVolumeTypes = [.. mapping.VolumeTypes.Values.Distinct()],
            MachineTime = clock.Provider,
            BusinessTime = businessTime,
            Prefix = run.Prefix,
        };
    }

    private static bool Holds(ServerSize large, ServerSize small) =>
        large.Vcpus >= small.Vcpus && large.MemoryGiB >= small.MemoryGiB;
}
