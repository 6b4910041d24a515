using CloudManager.Adapters.Sdk;

namespace MemoryCloud.Adapter;

/// <summary>
/// One pool of the cloud. It has servers, volumes and public addresses, and no networks, snapshots or console: those
/// members are left out, the platform shows that they are not offered, and their checks are skipped.
/// </summary>
internal sealed class MemoryCloudAdapter(Rack rack) : ICloudAdapter
{
    private readonly MemoryCloudServers _servers = new(rack);
    private readonly MemoryCloudVolumes _volumes = new(rack);
    private readonly MemoryCloudAddresses _addresses = new(rack);
    private readonly MemoryCloudWatch _watch = new(rack);

    public AdapterInfo Info { get; } =
        new(
            "MemoryCloud",
            "1.0",
            new CloudLimits
            {
                LargestVolumeGiB = Rack.LargestVolumeGiB,
                ResizeNeedsStop = true,
                CreateIsIdempotent = true,
            }
        )
        {
            Notes =
            [
                new CapabilityNote("networks", "内存云只有一个共享网络 / the memory cloud has one shared network"),
            ],
        };

    public IServerService Servers => _servers;

    public IServerPower Power => _servers;

    public IServerResizing Resizing => _servers;

    public IVolumeService Volumes => _volumes;

    public IVolumeAttachment Attachment => _volumes;

    public IAddressService Addresses => _addresses;

    public IAddressBinding Binding => _addresses;

    public IOfferings Offerings => _watch;

    public IInventory Inventory => _watch;

    public IUsageSource Usage => _watch;

    public ICapacitySource Capacity => _watch;

    public Task CheckAsync(CancellationToken cancellationToken) => rack.Do(_ => true, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
