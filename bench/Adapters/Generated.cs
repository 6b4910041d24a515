using System.Runtime.CompilerServices;
using System.Text.Json;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.Sdk;
using CloudManager.Samples.OpenProvider;

namespace CloudManager.Bench.Adapters;

/// <summary>A cloud whose servers are made up while they are listed, served by the sample provider of the open interface.</summary>
internal sealed class Generated(int servers) : ICloudAdapter, IInventory
{
    public const string Serve = "serve";
    public const string Key = "bench-key-of-nobody";

    /// <summary>What the sample provider serves besides; nothing of it is asked for.</summary>
    private readonly ICloudAdapter _mock = new MockAdapterFactory().Create(
        new AdapterContext("bench", JsonElement.Parse("{}"), ".", TimeProvider.System, TimeProvider.System)
    );

    public AdapterInfo Info { get; } = new("Generated", "1", new CloudLimits());

    public IServerService? Servers => _mock.Servers;

    public IServerPower? Power => _mock.Power;

    public IServerResizing? Resizing => _mock.Resizing;

    public IVolumeService? Volumes => _mock.Volumes;

    public IVolumeAttachment? Attachment => _mock.Attachment;

    public ISnapshotService? Snapshots => _mock.Snapshots;

    public INetworkService? Networks => _mock.Networks;

    public IAddressService? Addresses => _mock.Addresses;

    public IAddressBinding? Binding => _mock.Binding;

    public IOfferings? Offerings => _mock.Offerings;

    public IInventory? Inventory => this;

    public IServerChanges? Changes => _mock.Changes;

    public IConsoleSource? Console => _mock.Console;

    public ICapacitySource? Capacity => _mock.Capacity;

    /// <summary>Serves it until the process is killed.</summary>
    public static async Task ServeAsync(int servers, string url)
    {
        await using var cloud = new Generated(servers);
        await using var app = Provider.Build(cloud, Key, url);
        await app.RunAsync();
    }

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async IAsyncEnumerable<CloudServer> ListServersAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var number = 1; number <= servers; number++)
        {
            if (number % 1000 == 0)
            {
                await Task.Yield();
            }

            yield return new CloudServer
            {
                Id = new NativeId($"srv-{number:D8}"),
                Name = $"hr-portal-res-{number:D6}",
                State = CloudState.Active,
                Size = new ServerSize(4, 8),
                Flavour = "c4m8",
                Key = new OperationKey($"cm-bench-task-{number:D6}"),
            };
        }
    }

    public IAsyncEnumerable<CloudVolume> ListVolumesAsync(CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<CloudVolume>();

    public IAsyncEnumerable<CloudNetwork> ListNetworksAsync(CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<CloudNetwork>();

    public IAsyncEnumerable<CloudAddress> ListAddressesAsync(CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<CloudAddress>();

    public ValueTask DisposeAsync() => _mock.DisposeAsync();
}
