using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Inventory;

/// <summary>What the pools' listings showed last, in the books.</summary>
public interface IInventoryStore
{
    /// <summary>Writes what a run saw; what was known keeps its first sight.</summary>
    Task SeeAsync(
        ITransaction transaction,
        InventoryRun run,
        IReadOnlyList<CloudThing> things,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Of each kind how many things, seen by the run of the baseline or later, the run did not see, and how many it was to
    /// see; what the platform itself removed is in neither. Without a baseline the books say what it was to see.
    /// </summary>
    Task<IReadOnlyList<Shortfall>> ShortfallAsync(
        ITransaction transaction,
        InventoryRun run,
        RunId? baseline,
        CancellationToken cancellationToken
    );

    /// <summary>Forgets what the run did not see, or, if they are given, these servers.</summary>
    Task ForgetAsync(
        ITransaction transaction,
        InventoryRun run,
        IReadOnlyCollection<NativeId>? only,
        CancellationToken cancellationToken
    );

    /// <summary>A thing with what is attached or bound to it, itself first; empty if it is not known.</summary>
    Task<IReadOnlyList<InventoryEntry>> WithPartsAsync(
        ITransaction transaction,
        PoolId pool,
        NativeId id,
        CancellationToken cancellationToken
    );

    /// <summary>What the pool holds, in order of kind and identifier.</summary>
    Task<Page<InventoryEntry>> ListAsync(
        ITransaction transaction,
        InventoryFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    );
}

/// <summary>How many of a kind are missing, and how many were known.</summary>
public readonly record struct Shortfall(ItemKind Kind, int Missing, int Known);

/// <summary>A thing in a pool's inventory, and the resource of the books that it is.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Thing">What the cloud showed.</param>
/// <param name="Resource">The resource in the books; null for what they do not know (账外).</param>
/// <param name="FirstSeen">When it was first seen.</param>
/// <param name="LastSeen">When it was last seen.</param>
public sealed record InventoryEntry(
    PoolId Pool,
    CloudThing Thing,
    Core.Resources.ResourceId? Resource,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen
)
{
    /// <summary>The upper installation it was made for through the open interface; null if for none.</summary>
    public string? Client { get; init; }
}

/// <summary>Which part of a pool's inventory a list shows; null members do not filter.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Kind">Of this kind.</param>
/// <param name="Known">Whether the books know it, as a resource or as made for an upper installation.</param>
public sealed record InventoryFilter(PoolId Pool, ItemKind? Kind, bool? Known);

/// <summary>The runs of the inventory, in the books.</summary>
public interface IInventoryRuns
{
    Task<InventoryRun?> FindAsync(ITransaction transaction, RunId id, CancellationToken cancellationToken);

    /// <summary>Adds the run or replaces what is known of it.</summary>
    Task SaveAsync(ITransaction transaction, InventoryRun run, CancellationToken cancellationToken);

    /// <summary>The pool's last runs.</summary>
    Task<LastRuns> LastAsync(ITransaction transaction, PoolId pool, CancellationToken cancellationToken);

    /// <summary>The pool's runs, newest first.</summary>
    Task<Page<InventoryRun>> ListAsync(
        ITransaction transaction,
        PoolId pool,
        PageRequest page,
        CancellationToken cancellationToken
    );

    /// <summary>Forgets runs that began before the instant and that nothing is held against any more.</summary>
    Task ForgetAsync(ITransaction transaction, PoolId pool, DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>What the next run of a pool starts from.</summary>
/// <param name="Full">The last full run that counts: completed, or shrunk and accepted; null before the first.</param>
/// <param name="Complete">The last run of either mode that counts.</param>
/// <param name="LatestFull">The last full run, whether it counts or not.</param>
public sealed record LastRuns(InventoryRun? Full, InventoryRun? Complete, InventoryRun? LatestFull);

/// <summary>The books as the inventory looks things up in them.</summary>
public interface IInventoryBooks
{
    /// <summary>What the books hold under these identifiers; of several under one the one that is held.</summary>
    Task<IReadOnlyDictionary<NativeId, Booked>> LookUpAsync(
        ITransaction transaction,
        PoolId pool,
        IReadOnlyCollection<NativeId> ids,
        CancellationToken cancellationToken
    );

    /// <summary>Those of these operation keys whose task is still open: what they made is in the making.</summary>
    Task<IReadOnlySet<string>> InTheMakingAsync(
        ITransaction transaction,
        IReadOnlyCollection<string> keys,
        CancellationToken cancellationToken
    );

    /// <summary>Those of these things that were made for upper installations (上级平台, art. 16), with whose they are.</summary>
    Task<IReadOnlyDictionary<NativeId, string>> HeldForAsync(
        ITransaction transaction,
        PoolId pool,
        IReadOnlyList<CloudThing> things,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Resources that stand in the pool by the books, were not in work since the run began and that the run did not
    /// see, in order of number.
    /// </summary>
    Task<IReadOnlyList<Booked>> NotSeenAsync(
        ITransaction transaction,
        InventoryRun run,
        (Core.Resources.ResourceId After, int Limit) page,
        CancellationToken cancellationToken
    );

    /// <summary>Those of these resources on which a work order was at work since the instant.</summary>
    Task<IReadOnlySet<Core.Resources.ResourceId>> InWorkAsync(
        ITransaction transaction,
        IReadOnlyCollection<Core.Resources.ResourceId> resources,
        DateTimeOffset since,
        CancellationToken cancellationToken
    );
}
