using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Requests;

/// <summary>
/// Refuses up front what a pool does not offer (能力与限制, art. 16): by the capability, with the reason and the limit.
/// </summary>
internal static class CapabilityRules
{
    /// <summary>The capability that makes a resource of the kind; null for what people do anyway.</summary>
    public static string? Making(ItemKind kind) =>
        kind switch
        {
            ItemKind.Server => Capabilities.Servers,
            ItemKind.Volume => Capabilities.Volumes,
            ItemKind.PublicAddress => Capabilities.Addresses,
            ItemKind.Network => Capabilities.Networks,
            _ => null,
        };

    /// <summary>The capability that brings a resource of the kind to another size.</summary>
    public static string? Changing(ItemKind kind) =>
        kind switch
        {
            ItemKind.Server => Capabilities.Resizing,
            ItemKind.Volume => Capabilities.Volumes,
            ItemKind.PublicAddress => Capabilities.Bandwidth,
            _ => null,
        };

    /// <summary>The pool makes such things, and none of them so large.</summary>
    public static void Make(PoolOffer offer, ItemKind kind, Spec spec, string path, Check check)
    {
        if (Making(kind) is { } capability)
        {
            var place = (path[..path.LastIndexOf('.')] + ".pool", (object?)offer.Pool.Id.Value);
            Need(offer, capability, place, "pool.cannotOrder", check);
            Within(offer, kind, spec, path, check);
        }
    }

    /// <summary>Nothing of the kind is larger than the pool makes it.</summary>
    public static void Within(PoolOffer offer, ItemKind kind, Spec spec, string path, Check check)
    {
        var (capability, member, value) = kind switch
        {
            ItemKind.Volume => (Capabilities.Volumes, "sizeGiB", spec.SizeGiB),
            ItemKind.PublicAddress => (Capabilities.Addresses, "bandwidthMbps", spec.BandwidthMbps),
            _ => ("", "", null),
        };
        if (offer.Find(capability)?.Limit is { } limit && value > limit)
        {
            check.Lacks(
                $"{path}.{member}",
                value,
                ($"不大于资源池 {offer.Pool.Id} 的上限 {limit}", $"at most {limit}, the limit of pool {offer.Pool.Id}"),
                ("pool.overLimit", capability, limit)
            );
        }
    }

    /// <summary>The pool can do it, or its people do.</summary>
    public static void Need(
        PoolOffer offer,
        string capability,
        (string Path, object? Value) place,
        string code,
        Check check
    )
    {
        if (offer.Find(capability) is { Orderable: false } missing)
        {
            check.Lacks(
                place.Path,
                place.Value,
                (
                    $"资源池 {offer.Pool.Id} 提供的能力（{capability}）：{missing.Reason}",
                    $"what pool {offer.Pool.Id} can do ({capability}): {missing.Reason}"
                ),
                (code, capability, null)
            );
        }
    }

    /// <summary>Lines that were examined before are held against what their pools can do now.</summary>
    public static void Stand(IPools pools, IReadOnlyList<RequestLine> lines, Check check)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Resource is null && pools.TryFind(lines[i].Pool, out var pool))
            {
                Make(new PoolOffer(pools, pool), lines[i].Kind, lines[i].Spec, $"lines[{i}].spec", check);
            }
        }

        Join(pools, lines, check);
    }

    /// <summary>What is attached or bound to a server needs a pool that can.</summary>
    public static void Join(IPools pools, IReadOnlyList<RequestLine> lines, Check check)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var joins = line.To is not null || LineReferences.Target(line, lines) is not null;
            var capability = line.Kind switch
            {
                ItemKind.Volume => Capabilities.Attachment,
                ItemKind.PublicAddress => Capabilities.Binding,
                _ => null,
            };
            if (joins && capability is not null && pools.TryFind(line.Pool, out var pool))
            {
                var place = line.To is null ? "spec.attachTo" : "to";
                var value = line.To ?? (object?)line.Spec.AttachTo;
                Need(new PoolOffer(pools, pool), capability, ($"lines[{i}].{place}", value), "pool.cannotOrder", check);
            }
        }
    }
}
