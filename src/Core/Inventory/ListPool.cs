using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Findings;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Inventory;

/// <summary>
/// Streams a pool's listing into the books, a batch at a time: never more of the pool is held than one batch.
/// </summary>
public sealed class ListPool(IBooks books, CompareBatch compare, InventoryPolicy policy)
{
    /// <summary>Everything there is.</summary>
    /// <exception cref="AdapterException">The listing broke off.</exception>
    public async Task<Listed> FullAsync(
        Pool pool,
        IInventory inventory,
        InventoryRun run,
        CancellationToken cancellationToken
    )
    {
        var servers = await KindAsync(
            pool,
            run,
            inventory.ListServersAsync(cancellationToken).Select(CloudThing.Of),
            cancellationToken
        );
        var volumes = await KindAsync(
            pool,
            run,
            inventory.ListVolumesAsync(cancellationToken).Select(CloudThing.Of),
            cancellationToken
        );
        var networks = await KindAsync(
            pool,
            run,
            inventory.ListNetworksAsync(cancellationToken).Select(CloudThing.Of),
            cancellationToken
        );
        var addresses = await KindAsync(
            pool,
            run,
            inventory.ListAddressesAsync(cancellationToken).Select(CloudThing.Of),
            cancellationToken
        );
        return new Listed(
            new ThingCounts(servers.Count, volumes.Count, networks.Count, addresses.Count),
            servers.Changes + volumes.Changes + networks.Changes + addresses.Changes
        );
    }

    /// <summary>Everything that a list handed in by people holds.</summary>
    public async Task<Listed> HandedAsync(
        Pool pool,
        IReadOnlyList<CloudThing> things,
        InventoryRun run,
        CancellationToken cancellationToken
    )
    {
        var (counts, changes) = (new Dictionary<ItemKind, int>(), default(FindingChanges));
        foreach (var kind in things.GroupBy(t => t.Kind))
        {
            var listed = await KindAsync(pool, run, kind.ToAsyncEnumerable(), cancellationToken);
            counts[kind.Key] = listed.Count;
            changes += listed.Changes;
        }

        return new Listed(
            new ThingCounts(Of(ItemKind.Server), Of(ItemKind.Volume), Of(ItemKind.Network), Of(ItemKind.PublicAddress)),
            changes
        );

        int Of(ItemKind kind) => counts.GetValueOrDefault(kind);
    }

    /// <summary>The servers that changed since the instant; one that the cloud calls gone is asked for itself.</summary>
    /// <exception cref="AdapterException">The listing broke off.</exception>
    public async Task<Listed> QuickAsync(
        Pool pool,
        ICloudAdapter cloud,
        (InventoryRun Run, DateTimeOffset Since) quick,
        CancellationToken cancellationToken
    )
    {
        var gone = new GoneServers(books, compare, quick.Run, policy.Batch);
        var things = PresentAsync(cloud, quick.Since, gone, cancellationToken);
        var present = await KindAsync(pool, quick.Run, things, cancellationToken);
        await gone.FlushAsync(cancellationToken);
        return new Listed(new ThingCounts(present.Count, 0, 0, 0), present.Changes + gone.Changes);
    }

    private static async IAsyncEnumerable<CloudThing> PresentAsync(
        ICloudAdapter cloud,
        DateTimeOffset since,
        GoneServers gone,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var change in cloud.Changes!.ListAsync(since, cancellationToken))
        {
            if (change.Server is { } server)
            {
                yield return CloudThing.Of(server);
            }
            else if (cloud.Servers is { } servers)
            {
                if (await FindAsync(servers, change.Id, cancellationToken) is { } there)
                {
                    yield return CloudThing.Of(there);
                }
                else
                {
                    await gone.AddAsync(change.Id, cancellationToken);
                }
            }
        }
    }

    private static async Task<CloudServer?> FindAsync(
        IServerService servers,
        NativeId id,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await servers.GetAsync(id, cancellationToken);
        }
        catch (AdapterException failure) when (failure.Kind == FailureKind.NotFound)
        {
            return null;
        }
    }

    private async Task<(int Count, FindingChanges Changes)> KindAsync(
        Pool pool,
        InventoryRun run,
        IAsyncEnumerable<CloudThing> things,
        CancellationToken cancellationToken
    )
    {
        var (count, changes) = (0, default(FindingChanges));
        var batch = new List<CloudThing>(policy.Batch);
        await foreach (var thing in things.WithCancellation(cancellationToken))
        {
            batch.Add(thing);
            if (batch.Count == policy.Batch)
            {
                await FlushAsync();
            }
        }

        await FlushAsync();
        return (count, changes);

        async Task FlushAsync()
        {
            if (batch.Count > 0)
            {
                count += batch.Count;
                changes += await books.KeepAsync(
                    Origin.Platform,
                    (t, token) => compare.SeeAsync(t, pool, run, batch, token),
                    cancellationToken
                );
                batch.Clear();
            }
        }
    }
}

/// <summary>Servers found gone, written a batch at a time.</summary>
internal sealed class GoneServers(IBooks books, CompareBatch compare, InventoryRun run, int atOnce)
{
    private readonly List<NativeId> _gone = [];

    public FindingChanges Changes { get; private set; }

    public async Task AddAsync(NativeId id, CancellationToken cancellationToken)
    {
        _gone.Add(id);
        if (_gone.Count == atOnce)
        {
            await FlushAsync(cancellationToken);
        }
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_gone.Count > 0)
        {
            Changes += await books.KeepAsync(
                Origin.Platform,
                (t, token) => compare.MissAsync(t, run, _gone, token),
                cancellationToken
            );
            _gone.Clear();
        }
    }
}

/// <summary>What a listing came to.</summary>
/// <param name="Counts">How many it showed.</param>
/// <param name="Findings">How many findings it opened and closed.</param>
public readonly record struct Listed(ThingCounts Counts, FindingChanges Findings);
