using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Adapters.Hosting;

/// <summary>
/// What a pool can do, computed from the services its adapter has: nobody keeps a list of it that could drift.
/// </summary>
internal static class PoolCapabilities
{
    private static readonly IReadOnlyList<Capability> All =
    [
        new("servers", new Bilingual("云服务器", "servers"), adapter => adapter.Servers, Creating),
        new("power", new Bilingual("开关机", "switching servers on and off"), adapter => adapter.Power),
        new("resizing", new Bilingual("变更规格", "resizing of servers"), adapter => adapter.Resizing, Resizing),
        new("volumes", new Bilingual("云硬盘", "volumes"), adapter => adapter.Volumes, LargestVolume),
        new("attachment", new Bilingual("挂载云硬盘", "attaching of volumes"), adapter => adapter.Attachment),
        new("snapshots", new Bilingual("云硬盘快照", "snapshots of volumes"), adapter => adapter.Snapshots),
        new("networks", new Bilingual("虚拟私有云", "networks"), adapter => adapter.Networks),
        new("addresses", new Bilingual("弹性公网IP", "public addresses"), adapter => adapter.Addresses),
        new("binding", new Bilingual("绑定公网IP", "binding of public addresses"), adapter => adapter.Binding),
        new("offerings", new Bilingual("镜像与规格清单", "list of images and flavours"), adapter => adapter.Offerings),
        new("inventory", new Bilingual("资源盘点", "inventory"), adapter => adapter.Inventory),
        new("changes", new Bilingual("增量盘点", "incremental inventory"), adapter => adapter.Changes),
        new("console", new Bilingual("控制台", "console"), adapter => adapter.Console),
        new("usage", new Bilingual("监控数据", "measured use"), adapter => adapter.Usage),
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
        [.. All.Select(capability => new PoolCapability(capability.Name, false, reason.ToString()))];

    private static PoolCapability Of(Capability capability, ICloudAdapter adapter)
    {
        var noted = adapter.Info.Notes.FirstOrDefault(note => note.Capability == capability.Name)?.Reason;
        if (capability.Service(adapter) is not null)
        {
            var bound = capability.Bound?.Invoke(adapter.Info.Limits)?.ToString();
            return new PoolCapability(capability.Name, true, noted ?? bound);
        }

        if (noted is not null)
        {
            return new PoolCapability(capability.Name, false, noted);
        }

        var (zh, en) = capability.Title;
        var reason = new Bilingual($"该资源池的适配器不提供{zh}", $"the adapter offers no {en}");
        return new PoolCapability(capability.Name, false, reason.ToString());
    }

    private static Bilingual? Creating(CloudLimits limits) =>
        limits.CreateIsIdempotent
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

    /// <param name="Name">The name programs use.</param>
    /// <param name="Title">The name people read.</param>
    /// <param name="Service">The service that makes it available.</param>
    /// <param name="Bound">What bounds it where it is available.</param>
    private sealed record Capability(
        string Name,
        Bilingual Title,
        Func<ICloudAdapter, object?> Service,
        Func<CloudLimits, Bilingual?>? Bound = null
    );
}
