using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Pools;

namespace CloudManager.Bench.Inventory;

/// <summary>
/// A pool whose servers are made while they are listed, so that it holds none of them: what memory a run takes is the
/// platform's own. Every so many servers it looks at what is alive.
/// </summary>
internal sealed class GeneratedCloud(int servers, int lookEvery) : ICloudAdapter, IInventory, IPools, IWatchedCloud
{
    /// <inheritdoc/>
    public int LookEvery { get; set; } = lookEvery;

    /// <inheritdoc/>
    public long MostAlive { get; private set; }

    /// <summary>One of so many is ready; the others are still being made, which nobody judges.</summary>
    public int ReadyEvery { get; init; } = 1;

    public AdapterInfo Info { get; } = new("Generated", "", new CloudLimits());

    public IInventory? Inventory => this;

    public IReadOnlyList<Pool> Declared { get; } =
    [
        new()
        {
            Id = new("generated"),
            Name = "generated",
            Provider = "provider-a",
            Region = "430000",
            Kind = PoolKind.New,
            Adapter = "Generated",
            Settings = default(JsonElement),
            Limits = PoolLimits.Default,
            Mapping = new PoolMapping([], new Dictionary<string, string>(), new Dictionary<string, string>(), null),
        },
    ];

    public static NativeId IdOf(int number) => new($"8e0bd4c2-77f1-4a33-9d10-{number:x12}");

    public async IAsyncEnumerable<CloudServer> ListServersAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var number = 1; number <= servers; number++)
        {
            if (number % LookEvery == 0)
            {
                await Task.Yield();
                MostAlive = Math.Max(MostAlive, GC.GetTotalMemory(forceFullCollection: true));
            }

            yield return new CloudServer
            {
                Id = IdOf(number),
                Name = $"hr-portal-res-{number:D6}",
                State = number % ReadyEvery == 0 ? CloudState.Active : CloudState.Pending,
                Size = new ServerSize(4, 8),
                Flavour = "c4m8",
                Addresses = [$"10.{number >> 16}.{(number >> 8) & 255}.{number & 255}"],
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

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public bool TryFind(PoolId id, [NotNullWhen(true)] out Pool? pool) => (pool = Declared[0]).Id == id;

    public ICloudAdapter Open(PoolId id) => this;

    public IReadOnlyList<PoolCapability> Capabilities(PoolId id) => [];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
