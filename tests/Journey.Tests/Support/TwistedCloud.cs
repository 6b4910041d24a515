using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Inventory;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Journey.Tests.Support;

/// <summary>
/// A province's first pool as another cloud would show it: listings that break off, names that were changed, or a list
/// of changes. Everything else is the pool's own.
/// </summary>
internal sealed class TwistedCloud(Province province) : ICloudAdapter, IInventory, IServerChanges, IPools
{
    private readonly IPools _pools = province.Get<IPools>();
    private readonly ICloudAdapter _cloud = province.Cloud();

    /// <summary>After how many servers the listing breaks off; null: never.</summary>
    public int? BreaksAfter { get; init; }

    /// <summary>What a server is called.</summary>
    public Func<CloudServer, string> Rename { get; set; } = server => server.Name;

    /// <summary>What changed, by the cloud; null: it does not tell.</summary>
    public Func<DateTimeOffset, IEnumerable<ServerChange>>? Told { get; init; }

    /// <summary>How often all servers were listed.</summary>
    public int Listings { get; private set; }

    public AdapterInfo Info => _cloud.Info;

    public IInventory? Inventory => this;

    public IServerChanges? Changes => Told is null ? null : this;

    public IServerService? Servers => _cloud.Servers;

    public IReadOnlyList<Pool> Declared => [_pools.Declared[0]];

    /// <summary>A quarter of an hour later the inventory is taken of this cloud.</summary>
    public Task<Look> SyncAsync()
    {
        province.Clock.Advance(TimeSpan.FromMinutes(15));
        var sync = new SyncPool(
            this,
            province.Get<IBooks>(),
            province.Get<ListPool>(),
            province.Get<ProveGone>(),
            province.Get<SyncTerms>()
        );
        return new SyncInventory(this, sync, province.Get<IInventoryLog>()).LookAsync(CancellationToken.None);
    }

    public async IAsyncEnumerable<CloudServer> ListServersAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        Listings++;
        var shown = 0;
        await foreach (var server in _cloud.Inventory!.ListServersAsync(cancellationToken))
        {
            if (shown++ == BreaksAfter)
            {
                throw new AdapterException(FailureKind.Unavailable, "the listing broke off");
            }

            yield return server with
            {
                Name = Rename(server),
            };
        }
    }

    public IAsyncEnumerable<CloudVolume> ListVolumesAsync(CancellationToken cancellationToken) =>
        _cloud.Inventory!.ListVolumesAsync(cancellationToken);

    public IAsyncEnumerable<CloudNetwork> ListNetworksAsync(CancellationToken cancellationToken) =>
        _cloud.Inventory!.ListNetworksAsync(cancellationToken);

    public IAsyncEnumerable<CloudAddress> ListAddressesAsync(CancellationToken cancellationToken) =>
        _cloud.Inventory!.ListAddressesAsync(cancellationToken);

    public IAsyncEnumerable<ServerChange> ListAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        Told!(since).ToAsyncEnumerable();

    public Task CheckAsync(CancellationToken cancellationToken) => _cloud.CheckAsync(cancellationToken);

    public bool TryFind(PoolId id, [NotNullWhen(true)] out Pool? pool) => _pools.TryFind(id, out pool);

    public ICloudAdapter Open(PoolId id) => this;

    public IReadOnlyList<PoolCapability> Capabilities(PoolId id) => _pools.Capabilities(id);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
