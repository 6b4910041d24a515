using System.Net;
using System.Net.Sockets;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Requests;

/// <summary>Checks one line's spec against its item and what the pool can make; fills in what follows by itself.</summary>
internal static class SpecRules
{
    private const int DefaultSystemDiskGiB = 40;
    private const int MostByHand = 1_000_000;

    public static Spec Examine(Spec asked, CatalogueItem item, PoolOffer offer, string path, Check check)
    {
        var spec = WithFixed(asked, item, path, check);
        RefuseForeignMembers(spec, item.Kind, path, check);
        switch (item.Kind)
        {
            case ItemKind.Server:
                return ExamineServer(spec, item, offer, path, check);
            case ItemKind.Volume:
                Within(check, $"{path}.sizeGiB", spec.SizeGiB, item.Limits.SizeGiB);
                if (!offer.TakesAnyVolume && !offer.Pool.Mapping.VolumeTypes.ContainsKey(item.Code))
                {
                    NotMapped(check, path, offer.Pool, item.Code);
                }

                return spec;
            case ItemKind.PublicAddress:
                Within(check, $"{path}.bandwidthMbps", spec.BandwidthMbps, item.Limits.BandwidthMbps);
                return spec;
            case ItemKind.Network:
                ExamineCidr(spec.Cidr, $"{path}.cidr", check);
                return spec;
            default:
                ExamineByHand(spec, path, check);
                check.OptionalText($"{path}.description", spec.Description, 2000, lines: true);
                return spec;
        }
    }

    private static Spec ExamineServer(Spec spec, CatalogueItem item, PoolOffer offer, string path, Check check)
    {
        var filled = spec with { SizeGiB = spec.SizeGiB ?? DefaultSystemDiskGiB };
        Within(check, $"{path}.vcpus", filled.Vcpus, item.Limits.Vcpus);
        Within(check, $"{path}.memoryGiB", filled.MemoryGiB, item.Limits.MemoryGiB);
        check.Range($"{path}.sizeGiB", filled.SizeGiB, DefaultSystemDiskGiB, 2048);
        ExamineImage(filled.Image, offer, $"{path}.image", check);

        if (filled is { Vcpus: { } vcpus, MemoryGiB: { } memory })
        {
            ExamineFlavour(new ServerSize(vcpus, memory), item.Code, offer, path, check);
        }

        return filled;
    }

    private static void ExamineImage(string? image, PoolOffer offer, string path, Check check)
    {
        if (offer.TakesAnyImage)
        {
            check.Text(path, image, 200);
            return;
        }

        if (image is null || !offer.Pool.Mapping.Images.ContainsKey(image))
        {
            var images = string.Join(", ", offer.Pool.Mapping.Images.Keys.Order(StringComparer.Ordinal));
            check.Lacks(
                path,
                image,
                ($"镜像之一：{images}", $"one of {images}"),
                ("image.unknown", Capabilities.Servers, null)
            );
        }
    }

    /// <summary>No flavour is ever created: no match names the nearest sizes.</summary>
    internal static void ExamineFlavour(ServerSize size, string item, PoolOffer offer, string path, Check check)
    {
        var pool = offer.Pool;
        if (offer.TakesAnySize || FlavourTable.Find(pool.Mapping, item, size) is not null)
        {
            return;
        }

        var nearest = string.Join(", ", FlavourTable.Nearest(pool.Mapping, item, size, 3));
        check.Lacks(
            path,
            $"{size.Vcpus}C{size.MemoryGiB}G",
            (
                $"资源池 {pool.Id} 提供的规格，最接近的有：{nearest}",
                $"a size pool {pool.Id} offers; the nearest are {nearest}"
            ),
            ("size.notOffered", Capabilities.Servers, null)
        );
    }

    private static Spec WithFixed(Spec asked, CatalogueItem item, string path, Check check)
    {
        if (item.FixedSpec is not { } given)
        {
            return asked;
        }

        Same("vcpus", asked.Vcpus, given.Vcpus);
        Same("memoryGiB", asked.MemoryGiB, given.MemoryGiB);
        return asked with
        {
            Vcpus = given.Vcpus,
            MemoryGiB = given.MemoryGiB,
            SizeGiB = asked.SizeGiB ?? given.SizeGiB,
        };

        void Same(string member, int? value, int? expected)
        {
            if (value is not null && value != expected)
            {
                check.Fault(
                    $"{path}.{member}",
                    value,
                    ($"该目录项固定为 {expected}", $"{expected}, which this item comes with")
                );
            }
        }
    }

    internal static void RefuseForeignMembers(Spec spec, ItemKind kind, string path, Check check)
    {
        var server = kind == ItemKind.Server;
        Foreign("vcpus", spec.Vcpus, server || kind == ItemKind.Manual);
        Foreign("memoryGiB", spec.MemoryGiB, server || kind == ItemKind.Manual);
        Foreign("image", spec.Image, server);
        Foreign("network", spec.Network, server);
        Foreign("sizeGiB", spec.SizeGiB, server || kind is ItemKind.Volume or ItemKind.Manual);
        Foreign("bandwidthMbps", spec.BandwidthMbps, kind is ItemKind.PublicAddress or ItemKind.Manual);
        Foreign("cidr", spec.Cidr, kind == ItemKind.Network);
        Foreign("attachTo", spec.AttachTo, kind is ItemKind.Volume or ItemKind.PublicAddress);
        Foreign("description", spec.Description, kind == ItemKind.Manual);

        void Foreign(string member, object? value, bool belongs)
        {
            if (value is not null && !belongs)
            {
                check.Fault(
                    $"{path}.{member}",
                    value,
                    ("该类目录项不使用此字段", "absent: this kind of item does not use it")
                );
            }
        }
    }

    /// <summary>What is made by hand may leave a size out; one that is given is billed, so it is never below 1.</summary>
    internal static void ExamineByHand(Spec spec, string path, Check check)
    {
        (string Member, int? Value)[] sizes =
        [
            ("vcpus", spec.Vcpus),
            ("memoryGiB", spec.MemoryGiB),
            ("sizeGiB", spec.SizeGiB),
            ("bandwidthMbps", spec.BandwidthMbps),
        ];
        foreach (var (member, value) in sizes.Where(s => s.Value is not null))
        {
            check.Range($"{path}.{member}", value, 1, MostByHand);
        }
    }

    private static void ExamineCidr(string? cidr, string path, Check check)
    {
        if (
            cidr is null
            || !IPNetwork.TryParse(cidr, out var network)
            || network.BaseAddress.AddressFamily != AddressFamily.InterNetwork
            || network.PrefixLength is < 8 or > 29
            // Pools read short forms and host bits each in their own way.
            || network.ToString() != cidr
        )
        {
            check.Fault(
                path,
                cidr,
                ("IPv4 网段，前缀 8 至 29", "an IPv4 range with prefix 8 to 29, e.g. 10.20.0.0/24")
            );
        }
    }

    internal static void Within(Check check, string path, int? value, IReadOnlyList<int> limits) =>
        check.Range(path, value, limits[0], limits[1]);

    private static void NotMapped(Check check, string path, Pool pool, string item)
    {
        var items = string.Join(", ", pool.Mapping.VolumeTypes.Keys.Order(StringComparer.Ordinal));
        check.Lacks(
            path,
            item,
            ($"资源池 {pool.Id} 提供的目录项：{items}", $"an item pool {pool.Id} maps: {items}"),
            ("item.notMapped", Capabilities.Volumes, null)
        );
    }
}
