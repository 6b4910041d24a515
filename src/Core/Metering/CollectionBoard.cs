using System.Collections.Concurrent;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Metering;

/// <summary>A look at a pool's samples that came to nothing.</summary>
/// <param name="At">When, business time.</param>
/// <param name="Reason">Why, in words without detail.</param>
public sealed record CollectionFailure(DateTimeOffset At, Bilingual Reason);

/// <summary>What the looks of this process saw of a pool.</summary>
public sealed record CollectionNote
{
    public static CollectionNote Nothing { get; } = new();

    /// <summary>The last look that ended well; null if none did yet.</summary>
    public DateTimeOffset? LookedAt { get; init; }

    /// <summary>The last look that did not; stays when later ones end well. Null if none failed yet.</summary>
    public CollectionFailure? LastFailure { get; init; }

    /// <summary>What the pool's adapter told of the clock.</summary>
    public ClockSkew Skew { get; init; }

    /// <summary>
    /// The newest slot delivered at the last look that had not begun: where no offset is told, the pool's clock is probably
    /// ahead. Null where none was.
    /// </summary>
    public DateTimeOffset? NewestAhead { get; init; }

    /// <summary>The last day on which late samples were asked for.</summary>
    internal DateOnly? LateOn { get; init; }
}

/// <summary>What was seen of each pool at its last looks, as long as the process runs.</summary>
public sealed class CollectionBoard
{
    private readonly ConcurrentDictionary<PoolId, CollectionNote> _notes = new();

    public CollectionNote Of(PoolId pool) => _notes.GetValueOrDefault(pool, CollectionNote.Nothing);

    internal void Note(PoolId pool, Func<CollectionNote, CollectionNote> change) =>
        _notes.AddOrUpdate(pool, _ => change(CollectionNote.Nothing), (_, note) => change(note));
}
