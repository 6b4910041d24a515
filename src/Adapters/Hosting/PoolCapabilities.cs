using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Adapters.Hosting;

/// <summary>
/// What a pool can do, computed from the services its adapter has, or from its people's word that they do it: nobody keeps
/// a list of it that could drift.
/// </summary>
internal static class PoolCapabilities
{
    private static readonly IReadOnlyList<Capability> All =
    [
        new(
            "servers",
            new Bilingual("云服务器", "servers"),
            adapter => adapter.Servers,
            limits => Creating(limits, CreationKinds.Servers)
        )
        {
            ByPeople = true,
        },
        new("power", new Bilingual("开关机", "switching servers on and off"), adapter => adapter.Power)
        {
            ByPeople = true,
        },
        new("resizing", new Bilingual("变更规格", "resizing of servers"), adapter => adapter.Resizing, Resizing)
        {
            ByPeople = true,
        },
        new("volumes", new Bilingual("云硬盘", "volumes"), adapter => adapter.Volumes, LargestVolume)
        {
            ByPeople = true,
            Limit = limits => limits.LargestVolumeGiB,
        },
        new("attachment", new Bilingual("挂载云硬盘", "attaching of volumes"), adapter => adapter.Attachment)
        {
            ByPeople = true,
        },
        new("snapshots", new Bilingual("云硬盘快照", "snapshots of volumes"), adapter => adapter.Snapshots),
        new("networks", new Bilingual("虚拟私有云", "networks"), adapter => adapter.Networks) { ByPeople = true },
        new(
            "addresses",
            new Bilingual("弹性公网IP", "public addresses"),
            adapter => adapter.Addresses,
            LargestBandwidth
        )
        {
            ByPeople = true,
            Limit = limits => limits.LargestBandwidthMbps,
        },
        new("bandwidth", new Bilingual("变更带宽", "changing of bandwidth"), Bandwidth) { ByPeople = true },
        new("binding", new Bilingual("绑定公网IP", "binding of public addresses"), adapter => adapter.Binding)
        {
            ByPeople = true,
        },
        new("offerings", new Bilingual("镜像与规格清单", "list of images and flavours"), adapter => adapter.Offerings),
        new("inventory", new Bilingual("资源盘点", "inventory"), adapter => adapter.Inventory) { ByPeople = true },
        new("changes", new Bilingual("增量盘点", "incremental inventory"), adapter => adapter.Changes),
        new("console", new Bilingual("控制台", "console"), adapter => adapter.Console),
        new("usage", new Bilingual("监控数据", "measured use"), adapter => adapter.Usage) { ByPeople = true },
        new("capacity", new Bilingual("容量信息", "capacity"), adapter => adapter.Capacity),
    ];

    /// <summary>What the opened adapter offers.</summary>
    public static IReadOnlyList<PoolCapability> Of(ICloudAdapter adapter) =>
        [.. All.Select(capability => Of(capability, adapter))];

    /// <summary>What a pool can do whose adapter cannot be opened: nothing, and why.</summary>
    public static IReadOnlyList<PoolCapability> OfUnopened(string failure)
    {
        var reason = new Bilingual($"适配器无法打开：{failure}", $"the adapter cannot be opened: {failure}");
        return None(reason);
    }

    /// <summary>What a pool can do whose adapter is at fault itself: nothing, and why.</summary>
    public static IReadOnlyList<PoolCapability> OfMalfunctioning(Bilingual why) =>
        None(new Bilingual($"资源池故障：{why.Zh}", $"the pool malfunctions: {why.En}"));

    private static IReadOnlyList<PoolCapability> None(Bilingual reason) =>
        [
            .. All.Select(capability => new PoolCapability(capability.Name, false, reason.ToString())
            {
                IsKnown = false,
            }),
        ];

    private static PoolCapability Of(Capability capability, ICloudAdapter adapter)
    {
        var info = adapter.Info;
        var isCalled = capability.Service(adapter) is not null;
        var noted = info.Notes.FirstOrDefault(note => note.Capability == capability.Name)?.Reason;
        var bound = capability.Bound?.Invoke(info.Limits)?.ToString();
        var byHand = info.ByHand && capability.ByPeople && !isCalled;
        return new PoolCapability(capability.Name, isCalled, Reason(capability, isCalled || byHand, noted, bound))
        {
            ByHand = byHand,
            Limit = isCalled || byHand ? capability.Limit?.Invoke(info.Limits) : null,
        };
    }

    private static string? Reason(Capability capability, bool isThere, string? noted, string? bound)
    {
        if (isThere)
        {
            return noted is not null && bound is not null ? $"{noted}; {bound}" : noted ?? bound;
        }

        var (zh, en) = capability.Title;
        return noted ?? new Bilingual($"该资源池的适配器不提供{zh}", $"the adapter offers no {en}").ToString();
    }

    private static IAddressService? Bandwidth(ICloudAdapter adapter) =>
        adapter.Info.Limits.BandwidthIsFixed ? null : adapter.Addresses;

    private static Bilingual? Creating(CloudLimits limits, CreationKinds creations) =>
        limits.KeepsKeysOf(creations)
            ? null
            : new Bilingual(
                "创建结果不明时需人工确认后才会重试",
                "a create whose outcome is unknown is repeated only on a person's word"
            );

    private static Bilingual? Resizing(CloudLimits limits) =>
        limits.ResizeNeedsStop ? new Bilingual("变更规格前须关机", "the server must be stopped first") : null;

    private static Bilingual? LargestVolume(CloudLimits limits) =>
        limits.LargestVolumeGiB is { } largest
            ? new Bilingual($"单盘最大 {largest} GiB", $"a volume has at most {largest} GiB")
            : null;

    private static Bilingual? LargestBandwidth(CloudLimits limits) =>
        limits.LargestBandwidthMbps is { } largest
            ? new Bilingual($"带宽最大 {largest} Mbps", $"an address has at most {largest} Mbps")
            : null;

    /// <param name="Name">The name programs use.</param>
    /// <param name="Title">The name people read.</param>
    /// <param name="Service">The service that makes it available.</param>
    /// <param name="Bound">What bounds it where it is available.</param>
    private sealed record Capability(
        string Name,
        Bilingual Title,
        Func<ICloudAdapter, object?> Service,
        Func<CloudLimits, Bilingual?>? Bound = null
    )
    {
        /// <summary>Whether a provider's people can do it, where they do everything.</summary>
        public bool ByPeople { get; init; }

        /// <summary>The largest that can be ordered of it.</summary>
        public Func<CloudLimits, int?>? Limit { get; init; }
    }
}
