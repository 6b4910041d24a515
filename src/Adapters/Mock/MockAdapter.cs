using CloudManager.Adapters.Mock.Networks;
using CloudManager.Adapters.Mock.Servers;
using CloudManager.Adapters.Mock.Usage;
using CloudManager.Adapters.Mock.Volumes;
using CloudManager.Adapters.Mock.Watching;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock;

/// <summary>Adapter of one simulated pool: it offers every service of the contract.</summary>
internal sealed class MockAdapter : ICloudAdapter
{
    private readonly MockCalls _calls;

    public MockAdapter(MockCalls calls, MockSettings settings, TraceFolder? replay)
    {
        _calls = calls;
        Info = new AdapterInfo(
            "Mock",
            "1",
            new CloudLimits
            {
                LargestVolumeGiB = settings.LargestVolumeGiB,
                ResizeNeedsStop = settings.ResizeNeedsStop,
                CreateIsIdempotent = true,
            }
        );
        var room = new Room(settings.Capacity);
        Servers = new MockServers(calls, room, settings.CreateTime);
        Power = new MockServerPower(calls);
        Resizing = new MockServerResizing(calls, room, settings);
        Console = new MockConsole(calls);
        Volumes = new MockVolumes(calls, room, settings.LargestVolumeGiB);
        Attachment = new MockVolumeAttachment(calls);
        Snapshots = new MockSnapshots(calls);
        Networks = new MockNetworks(calls);
        Addresses = new MockAddresses(calls);
        Binding = new MockAddressBinding(calls);
        Offerings = new MockOfferings(calls);
        Inventory = new MockInventory(calls);
        Changes = new MockServerChanges(calls, settings.CreateTime + settings.ResizeTime);
        Usage = new MockUsage(calls, new SeriesSource(settings, replay), settings.ClockOffset);
        Capacity = new MockCapacitySource(calls, settings.Capacity);
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

    public IServerChanges Changes { get; }

    public IConsoleSource Console { get; }

    public IUsageSource Usage { get; }

    public ICapacitySource Capacity { get; }

    public Task CheckAsync(CancellationToken cancellationToken) =>
        _calls.TellAsync(MockOperations.Check, static _ => { }, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _calls.Cloud.Dispose();
        return ValueTask.CompletedTask;
    }
}
