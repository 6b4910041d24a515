using CloudManager.Adapters.Sdk;
using CloudManager.Core.Findings;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Inventory;

/// <summary>
/// Writes a batch of what a listing showed and holds it against the books, in one transaction. What is in work, or in the
/// making under a key of ours, is written and not judged.
/// </summary>
public sealed class CompareBatch(InventoryDesk desk, NoteFindings note)
{
    /// <param name="transaction">The transaction it is part of.</param>
    /// <param name="pool">Where.</param>
    /// <param name="run">The run that listed it.</param>
    /// <param name="things">Things of one kind.</param>
    /// <param name="cancellationToken">Stops the work before it commits.</param>
    public async Task<FindingChanges> SeeAsync(
        ITransaction transaction,
        Pool pool,
        InventoryRun run,
        IReadOnlyList<CloudThing> things,
        CancellationToken cancellationToken
    )
    {
        await desk.Things.SeeAsync(transaction, run, things, cancellationToken);
        var booked = await desk.Books.LookUpAsync(transaction, pool.Id, Ids(things), cancellationToken);
        Booked? Of(CloudThing thing) =>
            booked.TryGetValue(thing.Id, out var found) && found.Resource.Kind == thing.Kind ? found : null;
        var keys = things.Where(t => t.Key is not null && Of(t) is not { Resource.IsHeld: true }).Select(t => t.Key!);
        var making = await desk.Books.InTheMakingAsync(transaction, [.. keys], cancellationToken);
        var held = await desk.Books.HeldForAsync(transaction, pool.Id, things, cancellationToken);
        var judged = new List<string>();
        var seen = new List<Sighting>();
        foreach (var thing in things)
        {
            if (thing.Key is { } key && making.Contains(key))
            {
                continue;
            }

            if (held.ContainsKey(thing.Id))
            {
                // An upper installation's: there is nothing to find about it here.
                judged.AddRange(CompareThing.Ids(thing, Of(thing)));
                continue;
            }

            if (CompareThing.Judge(thing, Of(thing), pool, run.StartedAt) is { } found)
            {
                judged.AddRange(CompareThing.Ids(thing, Of(thing)));
                seen.AddRange(found);
            }
        }

        var judgement = new Judgement(pool.Id, CompareThing.Kinds, judged, seen);
        return await note.ExecuteAsync(transaction, judgement, cancellationToken);
    }

    /// <summary>Servers that the cloud itself says are gone.</summary>
    public async Task<FindingChanges> MissAsync(
        ITransaction transaction,
        InventoryRun run,
        IReadOnlyCollection<NativeId> gone,
        CancellationToken cancellationToken
    )
    {
        var booked = await desk.Books.LookUpAsync(transaction, run.Pool, gone, cancellationToken);
        await desk.Things.ForgetAsync(transaction, run, gone, cancellationToken);
        var standing = booked.Values.Where(b => Stands(b.Resource) && !b.IsInWork(run.StartedAt)).ToList();
        var judged = gone.Where(id => !booked.ContainsKey(id))
            .Select(id => id.Value)
            .Concat(standing.Select(b => b.Resource.Id.ToString()));
        return await note.ExecuteAsync(
            transaction,
            new Judgement(run.Pool, CompareThing.Kinds, [.. judged], [.. standing.Select(CompareThing.Gone)]),
            cancellationToken
        );
    }

    /// <summary>Whether it is there by the books.</summary>
    internal static bool Stands(Resource resource) => resource.IsHeld && resource.State != ResourceState.Provisioning;

    private static IReadOnlyCollection<NativeId> Ids(IReadOnlyList<CloudThing> things) => [.. things.Select(t => t.Id)];
}
