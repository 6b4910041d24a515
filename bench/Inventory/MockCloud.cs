using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Pools;

namespace CloudManager.Bench.Inventory;

/// <summary>A mock pool that holds so many servers, all of them in its own memory before the run begins.</summary>
internal sealed class MockCloud(ICloudAdapter mock, Pool pool) : ICloudAdapter, IInventory, IPools, IWatchedCloud
{
    /// <inheritdoc/>
    public long MostAlive { get; private set; }

    /// <inheritdoc/>
    public int LookEvery { get; set; } = int.MaxValue;

    public AdapterInfo Info => mock.Info;

    public IInventory? Inventory => this;

    public IReadOnlyList<Pool> Declared { get; } = [pool];

    /// <summary>Makes the servers, and tells what the cloud calls them.</summary>
    public static async Task<(MockCloud Cloud, IReadOnlyList<NativeId> Ids)> FilledAsync(int servers, Pool pool)
    {
        var mock = new MockAdapterFactory().Create(
            new AdapterContext(pool.Id.Value, JsonElement.Parse("{}"), ".", TimeProvider.System, TimeProvider.System)
        );
        var ids = new List<NativeId>(servers);
        for (var number = 1; number <= servers; number++)
        {
            var spec = new ServerSpec
            {
                Name = $"hr-portal-res-{number:D6}",
                Flavour = "m4-8",
                Size = new ServerSize(4, 8),
                Image = "kylin-v10-x86",
                SystemDiskGiB = 40,
            };
            var key = new OperationKey($"cm-bench-task-{number:D6}");
            ids.Add((await mock.Servers!.CreateAsync(spec, key, CancellationToken.None)).Id);
        }

        return (new MockCloud(mock, pool), ids);
    }

    public async IAsyncEnumerable<CloudServer> ListServersAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var shown = 0;
        await foreach (var server in mock.Inventory!.ListServersAsync(cancellationToken))
        {
            if (++shown % LookEvery == 0)
            {
                await Task.Yield();
                MostAlive = Math.Max(MostAlive, GC.GetTotalMemory(forceFullCollection: true));
            }

            yield return server;
        }
    }

    public IAsyncEnumerable<CloudVolume> ListVolumesAsync(CancellationToken cancellationToken) =>
        mock.Inventory!.ListVolumesAsync(cancellationToken);

    public IAsyncEnumerable<CloudNetwork> ListNetworksAsync(CancellationToken cancellationToken) =>
        mock.Inventory!.ListNetworksAsync(cancellationToken);

    public IAsyncEnumerable<CloudAddress> ListAddressesAsync(CancellationToken cancellationToken) =>
        mock.Inventory!.ListAddressesAsync(cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => mock.CheckAsync(cancellationToken);

    public bool TryFind(PoolId id, [NotNullWhen(true)] out Pool? found) => (found = pool).Id == id;

    public ICloudAdapter Open(PoolId id) => this;

    public IReadOnlyList<PoolCapability> Capabilities(PoolId id) => [];

    public ValueTask DisposeAsync() => mock.DisposeAsync();
}
