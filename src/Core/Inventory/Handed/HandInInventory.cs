using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Inventory.Handed;

/// <summary>A list of what exists in a pool on a day.</summary>
/// <param name="Day">The day; null for now.</param>
/// <param name="Rows">Everything there is.</param>
/// <param name="IsDryRun">Whether it is only examined.</param>
public sealed record HandedList(DateOnly? Day, IReadOnlyList<HandedRow> Rows, bool IsDryRun);

/// <summary>What became of a list that was handed in.</summary>
/// <param name="Rows">How many rows it had.</param>
/// <param name="Run">The run that held it against the books; null where it was only examined.</param>
/// <param name="Faults">What is wrong with it, where it was only examined.</param>
public sealed record HandedIn(int Rows, InventoryRun? Run, IReadOnlyList<FieldFault> Faults);

/// <summary>
/// Takes the inventory of a pool whose cloud lists nothing (资源盘点, art. 14): its people hand in what exists, and that is
/// held against the books exactly as a cloud's own listing.
/// </summary>
public sealed class HandInInventory(IPools pools, IBooks books, SyncPool sync, SyncTerms terms)
{
    private const int AtOnce = 500;

    /// <param name="pool">The pool; the caller may speak of it.</param>
    /// <param name="list">What exists.</param>
    /// <param name="read">What was wrong with it when it was read.</param>
    /// <param name="intent">Who hands it in.</param>
    /// <param name="cancellationToken">Stops it between two batches; handing it in again completes it.</param>
    public async Task<Result<HandedIn>> ExecuteAsync(
        Pool pool,
        HandedList list,
        Check read,
        Intent intent,
        CancellationToken cancellationToken
    )
    {
        if (IsListedByCloud(pool.Id))
        {
            return InventoryRefusals.ByCloud(pool.Id);
        }

        var things = new HandedRules(read).Examine(list.Rows);
        var listedAt = ListedAt(list.Day, read);
        if (list.IsDryRun)
        {
            return new HandedIn(list.Rows.Count, null, read.Faults);
        }

        if (!read.IsClean)
        {
            return read.Refusal("inventory.invalid");
        }

        var named = await NamedAsync(pool.Id, things, cancellationToken);
        var run = await sync.HandedAsync(pool, (listedAt, named), intent, cancellationToken);
        return run.Then(r => new HandedIn(list.Rows.Count, r, []));
    }

    private bool IsListedByCloud(PoolId pool)
    {
        try
        {
            return pools.Open(pool).Inventory is not null;
        }
        catch (AdapterException)
        {
            // What cannot be opened may list for itself tomorrow: two sources would contradict each other.
            return true;
        }
    }

    /// <summary>The day's last second, or now: what happened since is not held against the list.</summary>
    private DateTimeOffset ListedAt(DateOnly? day, Check check)
    {
        var now = terms.BusinessTime.GetUtcNow();
        if (day is not { } on)
        {
            return now;
        }

        if (on > China.Day(now))
        {
            check.Fault("day", $"{on:yyyy-MM-dd}", ("今天或以前的日期", "today or a day before"));
        }

        return China.EndOf(on) < now ? China.EndOf(on) : now;
    }

    /// <summary>A list without names says nothing about names: what the books know has the name that they expect.</summary>
    private async Task<IReadOnlyList<CloudThing>> NamedAsync(
        PoolId pool,
        IReadOnlyList<CloudThing> things,
        CancellationToken cancellationToken
    )
    {
        var named = new List<CloudThing>(things.Count);
        foreach (var part in things.Chunk(AtOnce))
        {
            IReadOnlyCollection<NativeId> ids = [.. part.Where(t => t.Name.Length == 0).Select(t => t.Id)];
            var booked = await books.ReadAsync(
                (t, c) => terms.Desk.Books.LookUpAsync(t, pool, ids, c),
                cancellationToken
            );
            named.AddRange(part.Select(t => t.Name.Length > 0 ? t : t with { Name = NameOf(t, booked) }));
        }

        return named;
    }

    private static string NameOf(CloudThing thing, IReadOnlyDictionary<NativeId, Booked> booked) =>
        booked.TryGetValue(thing.Id, out var known) ? CompareThing.ExpectedName(known) : thing.Id.Value;
}
