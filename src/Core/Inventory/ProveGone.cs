using CloudManager.Core.Findings;
using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Inventory;

/// <summary>
/// What a complete full listing proves (art. 14): what stands by the books and was not listed is gone; findings about what
/// was not listed and is not in the books are no longer so. A page at a time, each in a transaction of its own.
/// </summary>
public sealed class ProveGone(IBooks books, InventoryDesk desk, NoteFindings note)
{
    private const int AtOnce = 500;

    /// <param name="run">The run.</param>
    /// <param name="takenAt">When it was taken: findings last seen before were not seen by it.</param>
    /// <param name="cancellationToken">Stops it between two pages.</param>
    public async Task<FindingChanges> ExecuteAsync(
        InventoryRun run,
        DateTimeOffset takenAt,
        CancellationToken cancellationToken
    )
    {
        var changes = await MissAsync(run, cancellationToken);
        await KeepAsync<Done>(
            async (t, token) =>
            {
                await desk.Things.ForgetAsync(t, run, only: null, token);
                return Done.Now;
            },
            cancellationToken
        );
        return changes + await CloseStaleAsync(run, takenAt, cancellationToken);
    }

    private async Task<FindingChanges> MissAsync(InventoryRun run, CancellationToken cancellationToken)
    {
        var (changes, after) = (default(FindingChanges), default(ResourceId));
        for (var more = true; more; )
        {
            (var page, var last) = await KeepAsync(
                async (t, token) =>
                {
                    var gone = await desk.Books.NotSeenAsync(t, run, (after, AtOnce), token);
                    var judged = gone.Select(b => b.Resource.Id.ToString()).ToList();
                    var seen = gone.Select(CompareThing.Gone).ToList();
                    var judgement = new Judgement(run.Pool, CompareThing.Kinds, judged, seen);
                    return (await note.ExecuteAsync(t, judgement, token), gone.Count == AtOnce ? gone[^1] : null);
                },
                cancellationToken
            );
            changes += page;
            more = last is not null;
            after = last?.Resource.Id ?? after;
        }

        return changes;
    }

    /// <summary>
    /// Closes what this run had no word of although it went through everything: it was neither listed nor gone. What is
    /// in work stays as it is.
    /// </summary>
    private async Task<FindingChanges> CloseStaleAsync(
        InventoryRun run,
        DateTimeOffset takenAt,
        CancellationToken cancellationToken
    )
    {
        var filter = new FindingFilter
        {
            Pool = run.Pool,
            State = FindingState.Open,
            SeenBefore = takenAt,
        };
        var changes = default(FindingChanges);
        for (string? after = null, next = ""; next is not null; after = next)
        {
            (var page, next) = await KeepAsync(
                async (t, token) =>
                {
                    var open = await desk.Findings.ListAsync(t, filter, new PageRequest(after, AtOnce), token);
                    return (await CloseAsync(t, run, open.Items, token), open.Next);
                },
                cancellationToken
            );
            changes += page;
        }

        return changes;
    }

    private async Task<FindingChanges> CloseAsync(
        ITransaction transaction,
        InventoryRun run,
        IReadOnlyList<Finding> open,
        CancellationToken cancellationToken
    )
    {
        var stale = open.Where(f => CompareThing.Kinds.Contains(f.Kind)).Select(f => f.Subject.Id).Distinct().ToList();
        var resources = stale
            .Where(id => NumberedId.TryParse(ResourceId.Prefix, id, out _))
            .ToDictionary(Number, id => id);
        var inWork = await desk.Books.InWorkAsync(transaction, resources.Keys, run.StartedAt, cancellationToken);
        var judged = stale.Except(inWork.Select(id => resources[id])).ToList();
        return await note.ExecuteAsync(
            transaction,
            new Judgement(run.Pool, CompareThing.Kinds, judged, []),
            cancellationToken
        );
    }

    private static ResourceId Number(string id) =>
        NumberedId.TryParse(ResourceId.Prefix, id, out var number) ? new ResourceId(number) : default;

    private Task<T> KeepAsync<T>(Func<ITransaction, CancellationToken, Task<T>> work, CancellationToken token) =>
        books.KeepAsync(Origin.Platform, work, token);
}
