using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Inventory.Takeovers;

/// <summary>Which catalogue item a thing of the cloud is charged as, at which size and price.</summary>
internal sealed class TakenItem(TakeoverTerms terms, Pool pool, Check check)
{
    private const int DefaultSystemDiskGiB = 40;

    /// <summary>The item in force, of the right kind.</summary>
    public static CatalogueItem? Find(TakeoverTerms terms, string code, ItemKind kind, string path, Check check)
    {
        var item = terms.Edition.Find(code);
        if (item is null)
        {
            check.Fault(
                path,
                code,
                ($"目录版本 {terms.Edition.Code} 中的目录项", $"an item of catalogue edition {terms.Edition.Code}"),
                "item.notInForce"
            );
        }
        else if (item.Kind != kind)
        {
            check.Fault(path, code, ($"{kind} 类目录项", $"an item of kind {kind}"), "item.wrongKind");
            return null;
        }

        return item;
    }

    public TakenThing? Server(CloudThing server, CatalogueItem item, TakeoverLine line, string path)
    {
        var disk = line.SystemDiskGiB ?? item.FixedSpec?.SizeGiB ?? DefaultSystemDiskGiB;
        check.Range($"{path}.systemDiskGiB", disk, 1, 2048);
        Within($"{path}.nativeId", "vCPU", server, server.Vcpus, item.Limits.Vcpus);
        Within($"{path}.nativeId", "GiB", server, server.MemoryGiB, item.Limits.MemoryGiB);
        if (item.FixedSpec is { } given && (server.Vcpus != given.Vcpus || server.MemoryGiB != given.MemoryGiB))
        {
            check.Fault(
                $"{path}.item",
                item.Code,
                (
                    $"规格为 {server.Vcpus}C{server.MemoryGiB}G 的目录项",
                    $"an item of {server.Vcpus}C{server.MemoryGiB}G, which {server.Id} has"
                ),
                "item.otherSize"
            );
        }

        var spec = new Spec
        {
            Vcpus = server.Vcpus,
            MemoryGiB = server.MemoryGiB,
            SizeGiB = disk,
        };
        return Priced(server, item, spec, $"{path}.item");
    }

    /// <summary>A volume or public address of the server.</summary>
    public TakenThing? Part(CloudThing part, TakeoverLine line, string path) =>
        part.Kind == ItemKind.Volume ? Volume(part, line, path) : Address(part, line, path);

    private TakenThing? Volume(CloudThing volume, TakeoverLine line, string path)
    {
        var mapped = pool.Mapping.VolumeTypes.Where(m => volume.Type is null || m.Value == volume.Type).ToList();
        var code = line.VolumeItem ?? (mapped.Count == 1 ? mapped[0].Key : null);
        if (Chosen(code, ItemKind.Volume, volume, $"{path}.volumeItem") is not { } item)
        {
            return null;
        }

        Within($"{path}.nativeId", "GiB", volume, volume.SizeGiB, item.Limits.SizeGiB);
        return Priced(volume, item, new Spec { SizeGiB = volume.SizeGiB }, $"{path}.volumeItem");
    }

    private TakenThing? Address(CloudThing address, TakeoverLine line, string path)
    {
        var items = terms.Edition.Items.Where(i => i.Kind == ItemKind.PublicAddress).ToList();
        var code = line.AddressItem ?? (items.Count == 1 ? items[0].Code : null);
        if (Chosen(code, ItemKind.PublicAddress, address, $"{path}.addressItem") is not { } item)
        {
            return null;
        }

        var bandwidth = address.BandwidthMbps ?? line.BandwidthMbps;
        Within($"{path}.bandwidthMbps", "Mbps", address, bandwidth, item.Limits.BandwidthMbps);
        return Priced(address, item, new Spec { BandwidthMbps = bandwidth }, $"{path}.addressItem");
    }

    private CatalogueItem? Chosen(string? code, ItemKind kind, CloudThing thing, string path)
    {
        if (code is not null)
        {
            return Find(terms, code, kind, path, check);
        }

        check.Fault(
            path,
            null,
            (
                $"{thing.Id}（{thing.Type}）所对应的目录项：无法由资源池映射唯一确定",
                $"the item of {thing.Id} ({thing.Type}): the pool's mapping and the catalogue leave it open"
            ),
            "item.ambiguous"
        );
        return null;
    }

    private TakenThing? Priced(CloudThing thing, CatalogueItem item, Spec spec, string path)
    {
        if (terms.MonthlyPrice(pool.Provider, item, spec) is { } price)
        {
            return new TakenThing(thing, item.Code, spec, price);
        }

        check.Fault(
            path,
            item.Code,
            ($"云服务商 {pool.Provider} 合同内的目录项", $"an item in the contract of {pool.Provider}"),
            "item.notContracted"
        );
        return null;
    }

    /// <summary>The size is what it is: the fault names the thing, its size and what the item allows.</summary>
    private void Within(string path, string unit, CloudThing thing, int? size, IReadOnlyList<int> limits)
    {
        if (size is not { } value || value < limits[0] || value > limits[1])
        {
            check.Fault(
                path,
                $"{thing.Id}: {size?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"} {unit}",
                (
                    $"目录项允许的 {limits[0]} 至 {limits[1]} {unit}",
                    $"{limits[0]} to {limits[1]} {unit}, as the item allows"
                ),
                "takeover.sizeOutOfLimits"
            );
        }
    }
}
