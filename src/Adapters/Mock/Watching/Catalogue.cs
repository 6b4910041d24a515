using System.Collections.Frozen;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock.Watching;

/// <summary>What the simulated cloud offers: the same in every mock pool.</summary>
internal static class Catalogue
{
    /// <summary>Powers of two from 1 to 64 cores, each with 1, 2, 4 and 8 GiB a core, named <c>m4-16</c>.</summary>
    public static readonly IReadOnlyList<CloudFlavour> Flavours =
    [
        .. from vcpus in new[] { 1, 2, 4, 8, 16, 32, 64 }
        from ratio in new[] { 1, 2, 4, 8 }
        select new CloudFlavour($"m{vcpus}-{vcpus * ratio}", new ServerSize(vcpus, vcpus * ratio)),
    ];

    public static readonly IReadOnlyList<CloudImage> Images =
    [
        new("kylin-v10-x86", "银河麒麟 V10 x86_64", "x86_64"),
        new("kylin-v10-arm", "银河麒麟 V10 aarch64", "aarch64"),
        new("uos-20", "统信 UOS 20", "x86_64"),
        new("openeuler-22.03", "openEuler 22.03 LTS", "x86_64"),
        new("centos-7.9", "CentOS 7.9", "x86_64"),
        new("windows-2019", "Windows Server 2019", "x86_64"),
    ];

    private static readonly FrozenDictionary<string, ServerSize> Sizes = Flavours.ToFrozenDictionary(
        flavour => flavour.Flavour,
        flavour => flavour.Size
    );

    private static readonly FrozenSet<string> ImageIds = Images.Select(image => image.Id).ToFrozenSet();

    public static readonly IReadOnlyList<CloudVolumeType> Types = [new("ssd"), new("hdd")];

    private static readonly FrozenSet<string> VolumeTypes = Types.Select(type => type.Type).ToFrozenSet();

    /// <summary>The flavour's size; null where there is no such flavour.</summary>
    public static ServerSize? Size(string flavour) => Sizes.TryGetValue(flavour, out var size) ? size : null;

    public static bool HasImage(string image) => ImageIds.Contains(image);

    public static bool HasVolumeType(string type) => VolumeTypes.Contains(type);
}
