using CloudManager.Adapters.OpenInterface.Connection;
using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Adapters.OpenInterface.Services;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenInterface;

/// <summary>
/// Adapter of one pool whose provider serves the open interface (开放接口, art. 16). What it offers is what the provider
/// describes; before the provider was first asked, every service stands open and says so when it is called.
/// </summary>
internal sealed class OpenInterfaceAdapter : ICloudAdapter
{
    public const string Kind = "OpenInterface";

    private readonly ProviderDoor _door;
    private readonly OpenServers _servers;
    private readonly OpenVolumes _volumes;
    private readonly OpenSnapshots _snapshots;
    private readonly OpenNetworks _networks;
    private readonly OpenAddresses _addresses;
    private readonly OpenOfferings _offerings;
    private readonly OpenInventory _inventory;
    private readonly OpenChanges _changes;
    private readonly OpenUsage _usage;
    private readonly OpenCapacity _capacity;

    public OpenInterfaceAdapter(ProviderDoor door)
    {
        _door = door;
        _servers = new OpenServers(door);
        _volumes = new OpenVolumes(door);
        _snapshots = new OpenSnapshots(door);
        _networks = new OpenNetworks(door);
        _addresses = new OpenAddresses(door);
        _offerings = new OpenOfferings(door);
        _inventory = new OpenInventory(door);
        _changes = new OpenChanges(door);
        _usage = new OpenUsage(door);
        _capacity = new OpenCapacity(door);
    }

    public AdapterInfo Info =>
        _door.Described is { } described
            ? new AdapterInfo(Kind, VersionOf(described), Limits(described.Limits)) { Notes = [.. Notes(described)] }
            : new AdapterInfo(Kind, "", new CloudLimits { CreateIsIdempotent = true });

    public IServerService? Servers => Offer(OpenPaths.Servers, _servers);

    public IServerPower? Power => Offer(OpenPaths.Power, _servers);

    public IServerResizing? Resizing => Offer(OpenPaths.Resizing, _servers);

    public IVolumeService? Volumes => Offer(OpenPaths.Volumes, _volumes);

    public IVolumeAttachment? Attachment => Offer(OpenPaths.Attachment, _volumes);

    public ISnapshotService? Snapshots => Offer(OpenPaths.Snapshots, _snapshots);

    public INetworkService? Networks => Offer(OpenPaths.Networks, _networks);

    public IAddressService? Addresses => Offer(OpenPaths.Addresses, _addresses);

    public IAddressBinding? Binding => Offer(OpenPaths.Binding, _addresses);

    public IOfferings? Offerings => Offer(OpenPaths.Offerings, _offerings);

    public IInventory? Inventory => Offer(OpenPaths.Inventory, _inventory);

    public IServerChanges? Changes => Offer(OpenPaths.Changes, _changes);

    public IConsoleSource? Console => Offer(OpenPaths.Console, _servers);

    public IUsageSource? Usage => Offer(OpenPaths.Usage, _usage);

    public ICapacitySource? Capacity => Offer(OpenPaths.Capacity, _capacity);

    /// <summary>Asks the provider what it is: it proves the key and keeps the capabilities up to date.</summary>
    public Task CheckAsync(CancellationToken cancellationToken) => _door.DescribeAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _door.Dispose();
        return ValueTask.CompletedTask;
    }

    private T? Offer<T>(string service, T it)
        where T : class => _door.Described?.Missing(service) is null ? it : null;

    private static string VersionOf(ProviderDescription it) => $"{it.Cloud.Name} {it.Cloud.Version}".Trim();

    private static CloudLimits Limits(ProviderLimits limits) =>
        new()
        {
            LargestVolumeGiB = limits.LargestVolumeGiB,
            ResizeNeedsStop = limits.ResizeNeedsStop,
            CreateIsIdempotent = true,
            WithoutToken = limits.WithoutToken.Aggregate(
                CreationKinds.None,
                (kinds, kind) => kinds | CreatedKinds.Of(kind)
            ),
            BandwidthIsFixed = limits.BandwidthIsFixed,
            SettleTime = TimeSpan.FromSeconds(limits.SettleSeconds),
        };

    private static IEnumerable<CapabilityNote> Notes(ProviderDescription it) =>
        it
            .Services.Where(service => !string.IsNullOrWhiteSpace(service.Value.Reason))
            .Select(service => new CapabilityNote(service.Key, service.Value.Reason!));
}
