using CloudManager.Adapters.Huawei.Images;
using CloudManager.Adapters.Huawei.Monitoring;
using CloudManager.Adapters.Huawei.Network;
using CloudManager.Adapters.Huawei.Servers;
using CloudManager.Adapters.Huawei.Volumes;
using CloudManager.Adapters.Huawei.Watching;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei;

/// <summary>Adapter of one Huawei Cloud project in one region.</summary>
internal sealed class HuaweiAdapter : ICloudAdapter
{
    public const string Kind = "Huawei";

    private readonly HuaweiDoor _door;
    private readonly HuaweiCapacity _capacity;
    private readonly KnownNetworks _networks;
    private readonly SecurityGroup _group;

    public HuaweiAdapter(HuaweiSettings settings, HuaweiDoor door)
    {
        _door = door;
        var jobs = new Jobs(door);
        var appearing = new Appearing(jobs, door.MachineTime);
        var style = settings.CinderStyle ? EvsStyle.Cinder : EvsStyle.Jobs;
        var (ecs, evs, vpc) = (new Ecs(door, appearing), new Evs(door, style), new Vpc(door));
        var (images, flavours) = (new ImsImages(door), new Flavours(door));
        var (zones, watch) = (new Zones(door, settings.AvailabilityZone), new JobWatch(jobs));
        _networks = new KnownNetworks(vpc, settings);
        _group = new SecurityGroup(vpc, settings.SecurityGroup, settings.EnterpriseProject);
        _capacity = new HuaweiCapacity(door, evs);
        var parts = new ServerParts(flavours, images, _networks, _group, zones)
        {
            Version = settings.ServerCreate,
            SystemDiskType = settings.SystemDiskType,
            EnterpriseProject = settings.EnterpriseProject,
        };
        var volumes = new EvsVolumes(evs, zones, appearing, settings.EnterpriseProject);
        var networks = new VpcNetworks(vpc, _networks, appearing, settings.EnterpriseProject);
        var addresses = new EipAddresses(vpc, new EipListing(vpc), settings.Address, settings.EnterpriseProject);
        Info = new AdapterInfo(Kind, "", Limits(settings)) { Notes = [.. Notes(settings)] };
        Servers = new EcsServers(ecs, parts, appearing, watch);
        Power = new EcsPower(ecs);
        Resizing = new EcsResizing(ecs, flavours, watch);
        Console = new EcsConsole(ecs);
        Volumes = volumes;
        Attachment = new VolumeAttachment(ecs, evs);
        Snapshots = new EvsSnapshots(evs);
        Networks = networks;
        Addresses = addresses;
        Binding = new EipBinding(vpc, addresses);
        Offerings = new HuaweiOfferings(images, flavours, evs);
        Inventory = new HuaweiInventory(ecs, volumes, networks, addresses);
        Usage = settings.HasMetrics ? new CesUsage(door) : null;
    }

    public AdapterInfo Info { get; }

    public IServerService Servers { get; }

    public IServerPower Power { get; }

    public IServerResizing Resizing { get; }

    public IVolumeService Volumes { get; }

    public IVolumeAttachment Attachment { get; }

    public ISnapshotService Snapshots { get; }

    public INetworkService Networks { get; }

    public IAddressService Addresses { get; }

    public IAddressBinding Binding { get; }

    public IOfferings Offerings { get; }

    public IInventory Inventory { get; }

    public IConsoleSource Console { get; }

    public IUsageSource? Usage { get; }

    public ICapacitySource Capacity => _capacity;

    /// <summary>The project, the signature and ECS by one call, and that the VPC of the settings exists.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await _capacity.LimitsAsync(cancellationToken);
        await _networks.CheckAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _group.Dispose();
        _door.Dispose();
        return ValueTask.CompletedTask;
    }

    private static CloudLimits Limits(HuaweiSettings settings) =>
        new()
        {
            LargestVolumeGiB = EvsVolumes.Largest,
            ResizeNeedsStop = true,
            CreateIsIdempotent = !settings.CinderStyle,
            WithoutToken = CreationKinds.Snapshots | CreationKinds.Networks | CreationKinds.Addresses,
            SettleTime = TimeSpan.FromMinutes(2),
        };

    private static IEnumerable<CapabilityNote> Notes(HuaweiSettings settings)
    {
        yield return new CapabilityNote(
            "changes",
            "云平台没有按变更时间查询的接口，只做全量盘点 / the cloud lists nothing by time of change; full listings only"
        );
        yield return new CapabilityNote(
            "capacity",
            "按项目配额，不是物理容量 / the project's quota, not what the hosts hold"
        );
        yield return settings.HasMetrics
            ? new CapabilityNote(
                "usage",
                "Linux 云服务器的内存和磁盘使用率需安装监控 Agent / memory and disk of Linux servers need the monitoring agent in the guest"
            )
            : new CapabilityNote("usage", "settings.metrics 为 none / settings.metrics is none");
        if (settings.Address.BandwidthId is not null)
        {
            yield return new CapabilityNote(
                "addresses",
                "共享带宽，不按单个公网IP调整 / addresses share one bandwidth; the ordered one is not enforced"
            );
        }
    }
}
