using CloudManager.Adapters.OpenStack.Compute;
using CloudManager.Adapters.OpenStack.Images;
using CloudManager.Adapters.OpenStack.Metering;
using CloudManager.Adapters.OpenStack.Network;
using CloudManager.Adapters.OpenStack.Placement;
using CloudManager.Adapters.OpenStack.Volumes;
using CloudManager.Adapters.OpenStack.Watching;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack;

/// <summary>Adapter of one OpenStack project in one region.</summary>
internal sealed class OpenStackAdapter : ICloudAdapter
{
    public const string Kind = "OpenStack";

    /// <summary>A create may take ten seconds, and a listing may miss what a busy database is still writing.</summary>
    private static readonly CloudLimits Limits = new()
    {
        SettleTime = TimeSpan.FromSeconds(90),
        BandwidthIsFixed = true,
    };

    private readonly OpenStackSettings _settings;
    private readonly CloudDoor _door;
    private readonly HostCapacity _hosts;
    private readonly ProjectQuota _quota;
    private readonly KnownNetworks _networks;
    private readonly SecurityGroup _group;
    private readonly GnocchiUsage _usage;
    private readonly CinderVolumes _volumes;
    private readonly VolumeAttachment _attachment;
    private readonly CinderSnapshots _snapshots;
    private volatile Findings? _found;

    public OpenStackAdapter(OpenStackSettings settings, CloudDoor door)
    {
        (_settings, _door) = (settings, door);
        var (nova, neutron, cinder) = (new Nova(door), new Neutron(door), new Cinder(door));
        var (images, flavours) = (new GlanceImages(door), new Flavours(door));
        _quota = new ProjectQuota(door);
        _hosts = new HostCapacity(door);
        _networks = new KnownNetworks(neutron, settings);
        _group = new SecurityGroup(neutron, settings.SecurityGroup);
        _usage = new GnocchiUsage(door, settings.Metering);
        var parts = new ServerParts(flavours, images, _networks, _group, _quota)
        {
            AvailabilityZone = settings.AvailabilityZone,
        };
        var resizes = new ResizeWatch(nova);
        _volumes = new CinderVolumes(cinder);
        var networks = new NeutronNetworks(neutron, new NetworkParts(neutron, _networks));
        var addresses = new NeutronAddresses(neutron, _networks);
        Servers = new NovaServers(nova, parts, resizes);
        Power = new NovaPower(nova);
        Resizing = new NovaResizing(nova, flavours, _quota, resizes);
        _attachment = new VolumeAttachment(nova, cinder);
        _snapshots = new CinderSnapshots(cinder);
        Networks = networks;
        Addresses = settings.ExternalNetwork is null ? null : addresses;
        Binding = settings.ExternalNetwork is null ? null : new NeutronBinding(neutron, addresses);
        Offerings = new OpenStackOfferings(door, images, flavours, cinder);
        Inventory = new OpenStackInventory(door, nova, _volumes, networks, addresses);
        Changes = new NovaChanges(nova);
        Console = new NovaConsole(nova);
        Capacity = new OpenStackCapacity(door, _hosts, _quota, cinder);
    }

    public AdapterInfo Info =>
        _found is { } found
            ? new AdapterInfo(Kind, found.Version, Limits) { Notes = [.. found.Notes, .. _usage.Notes] }
            : new AdapterInfo(Kind, "", Limits);

    public IServerService Servers { get; }

    public IServerPower Power { get; }

    public IServerResizing Resizing { get; }

    public IVolumeService? Volumes => _found is { HasVolumes: false } ? null : _volumes;

    public IVolumeAttachment? Attachment => _found is { HasVolumes: false } ? null : _attachment;

    public ISnapshotService? Snapshots => _found is { HasVolumes: false } ? null : _snapshots;

    public INetworkService Networks { get; }

    public IAddressService? Addresses { get; }

    public IAddressBinding? Binding { get; }

    public IOfferings Offerings { get; }

    public IInventory Inventory { get; }

    public IServerChanges Changes { get; }

    public IConsoleSource Console { get; }

    public IUsageSource? Usage => _found is { HasMetering: false } ? null : _usage;

    public ICapacitySource Capacity { get; }

    /// <summary>
    /// A call that needs the token, and that the networks of the settings exist; the first time also what kind of
    /// cloud it is.
    /// </summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await _quota.GetAsync(cancellationToken);
        await _networks.CheckAsync(cancellationToken);
        _found ??= await Findings.LookAsync(_door, _settings, _hosts, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _group.Dispose();
        _door.Dispose();
        return ValueTask.CompletedTask;
    }
}
