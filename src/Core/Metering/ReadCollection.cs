using CloudManager.Adapters.Sdk;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Metering;

/// <summary>How the collection of a pool's samples (采样, art. 22) stands.</summary>
public sealed record CollectionState
{
    public required PoolId Pool { get; init; }

    /// <summary>Whether its cloud measures; null where the adapter cannot be opened to tell.</summary>
    public required bool? IsMeasured { get; init; }

    /// <summary>The pool's high-water mark: the end of the last slot that is collected; null if none ever was.</summary>
    public DateTimeOffset? CollectedUntil { get; init; }

    /// <summary>How much is over and not collected; null if nothing ever was.</summary>
    public TimeSpan? Lag { get; init; }

    /// <summary>What the looks of this process saw.</summary>
    public required CollectionNote Note { get; init; }

    /// <summary>Whether the last look came to nothing.</summary>
    public bool IsFailing => Note.LastFailure is { } failure && !(Note.LookedAt > failure.At);

    /// <summary>Whether samples of the future came where nobody told how far the clock is ahead.</summary>
    public bool IsClockProbablyAhead => !Note.Skew.IsBelieved && Note.NewestAhead is not null;

    /// <summary>What was set aside, by day, metric and reason, the newest day first.</summary>
    public required IReadOnlyList<SetAsideCount> SetAside { get; init; }
}

/// <summary>Tells how the collection of every pool stands: what those who watch over pools see, and what gauges show.</summary>
public sealed class ReadCollection(IPools pools, CollectPool collect, ISampleStore samples, TimeProvider businessTime)
{
    /// <summary>Of the pools that are meant, in order of their ids.</summary>
    public async Task<IReadOnlyList<CollectionState>> ExecuteAsync(
        Func<Pool, bool> isMeant,
        CancellationToken cancellationToken
    )
    {
        var setAside = (await samples.SetAsideAsync(cancellationToken)).ToLookup(count => count.Pool);
        var states = new List<CollectionState>();
        foreach (var pool in pools.Declared.Where(isMeant).OrderBy(pool => pool.Id.Value, StringComparer.Ordinal))
        {
            states.Add(await OfAsync(pool.Id, setAside[pool.Id], cancellationToken));
        }

        return states;
    }

    private async Task<CollectionState> OfAsync(
        PoolId pool,
        IEnumerable<SetAsideCount> setAside,
        CancellationToken cancellationToken
    )
    {
        var mark = await samples.MarkAsync(pool, cancellationToken);
        var over = Slots.Of(businessTime.GetUtcNow());
        return new CollectionState
        {
            Pool = pool,
            IsMeasured = IsMeasured(pool),
            CollectedUntil = mark is null ? null : Slots.Start(mark.Slot),
            Lag = mark is null ? null : Math.Max(0, over - mark.Slot) * Slots.Length,
            Note = collect.Board.Of(pool),
            SetAside =
            [
                .. setAside.OrderByDescending(count => count.Day).ThenBy(count => count.Metric).ThenBy(c => c.Reason),
            ],
        };
    }

    private bool? IsMeasured(PoolId pool)
    {
        try
        {
            return pools.Open(pool).Usage is not null;
        }
        catch (AdapterException)
        {
            return null;
        }
    }
}
