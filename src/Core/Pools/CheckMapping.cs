using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Pools;

/// <summary>
/// Compares a pool's mapping with what its cloud has: flavours in that very size, images, volume types, the default
/// network. What the cloud cannot be asked for is not judged.
/// </summary>
public sealed class CheckMapping(IPools pools)
{
    /// <summary>Every fault of the mapping; none where all of it exists.</summary>
    /// <exception cref="AdapterException">The cloud did not answer.</exception>
    public async Task<IReadOnlyList<MappingFault>> ExecuteAsync(Pool pool, CancellationToken cancellationToken)
    {
        var adapter = pools.Open(pool.Id);
        List<MappingFault> faults = [];
        if (adapter.Offerings is { } offerings)
        {
            faults.AddRange(await FlavoursAsync(pool.Mapping, offerings, cancellationToken));
            faults.AddRange(await NamesAsync(pool.Mapping, offerings, cancellationToken));
        }

        if (pool.Mapping.DefaultNetwork is { } network && adapter.Networks is { } networks)
        {
            faults.AddRange(await NetworkAsync(network, networks, cancellationToken));
        }

        return faults;
    }

    private static async Task<IEnumerable<MappingFault>> FlavoursAsync(
        PoolMapping mapping,
        IOfferings offerings,
        CancellationToken cancellationToken
    )
    {
        var offered = new Dictionary<string, ServerSize>();
        await foreach (var flavour in offerings.ListFlavoursAsync(cancellationToken))
        {
            offered[flavour.Flavour] = flavour.Size;
        }

        return mapping
            .Flavours.Select(rule => (rule.Flavour, rule.Size))
            .Distinct()
            .Where(rule => !offered.TryGetValue(rule.Flavour, out var size) || size != rule.Size)
            .Select(rule =>
                offered.TryGetValue(rule.Flavour, out var size)
                    ? new MappingFault("flavour", rule.Flavour, Differs(rule.Size, size))
                    : Missing("flavour", rule.Flavour)
            );
    }

    private static async Task<IEnumerable<MappingFault>> NamesAsync(
        PoolMapping mapping,
        IOfferings offerings,
        CancellationToken cancellationToken
    )
    {
        var images = new HashSet<string>();
        await foreach (var image in offerings.ListImagesAsync(cancellationToken))
        {
            images.UnionWith([image.Id, image.Name]);
        }

        var types = new HashSet<string>();
        if (mapping.VolumeTypes.Count > 0)
        {
            await foreach (var type in offerings.ListVolumeTypesAsync(cancellationToken))
            {
                types.Add(type.Type);
            }
        }

        return mapping
            .Images.Values.Distinct()
            .Where(image => !images.Contains(image))
            .Select(image => Missing("image", image))
            .Concat(
                mapping
                    .VolumeTypes.Values.Distinct()
                    .Where(type => !types.Contains(type))
                    .Select(type => Missing("volumeType", type))
            );
    }

    private static async Task<IEnumerable<MappingFault>> NetworkAsync(
        string network,
        INetworkService networks,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await networks.GetAsync(new NativeId(network), cancellationToken);
            return [];
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            return [Missing("network", network) with { RequestId = failure.ProviderRequestId }];
        }
    }

    private static MappingFault Missing(string kind, string name) =>
        new(kind, name, new Bilingual($"云平台上不存在 {name}", $"the cloud has no {name}").ToString());

    private static string Differs(ServerSize mapped, ServerSize real) =>
        new Bilingual(
            $"映射为 {mapped.Vcpus}C{mapped.MemoryGiB}G，实际为 {real.Vcpus}C{real.MemoryGiB}G",
            $"mapped as {mapped.Vcpus}C{mapped.MemoryGiB}G, it is {real.Vcpus}C{real.MemoryGiB}G"
        ).ToString();
}

/// <summary>Something a pool's mapping leads to and that its cloud does not have so.</summary>
/// <param name="Kind">flavour, image, volumeType or network.</param>
/// <param name="Name">As the mapping names it.</param>
/// <param name="Reason">What is wrong, in words.</param>
/// <param name="RequestId">The cloud's own request id; null where it gave none.</param>
public sealed record MappingFault(string Kind, string Name, string Reason, string? RequestId = null);
