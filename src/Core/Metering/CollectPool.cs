using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Metering;

/// <summary>A piece of a pool's collection that is stored.</summary>
/// <param name="Pool">Whose.</param>
/// <param name="Slots">The slots it was about.</param>
/// <param name="Rows">How many new rows it held.</param>
/// <param name="SetAside">How many values were not taken.</param>
/// <param name="IsBackfill">Whether it is part of a collection of more than a day.</param>
public sealed record CollectedChunk(PoolId Pool, SlotRange Slots, int Rows, int SetAside, bool IsBackfill);

/// <summary>
/// Collects one pool's samples from its high-water mark to the last slot that is over, in pieces of at most a day and
/// of bounded size, each stored with the mark in one transaction: it can be stopped at any time and goes on where it
/// was. The last hour before the mark is read again for what came late. Which rows are stored does not depend on how
/// often it is called. Once a day the last three days are asked again for what came later still. Labels of a clock that is
/// wrong are put right by whole slots.
/// </summary>
public sealed class CollectPool(
    IPools pools,
    IBooks books,
    IMeteredServers servers,
    ISampleStore samples,
    TimeProvider businessTime
)
{
    /// <summary>How many slots before the mark are read again.</summary>
    public const int Overlap = 12;

    private readonly LateSamples _late = new(samples);

    /// <summary>What was seen of each pool.</summary>
    public CollectionBoard Board { get; } = new();

    /// <exception cref="AdapterException">The pool does not answer; what was stored before stays.</exception>
    public async Task ExecuteAsync(PoolId pool, Action<CollectedChunk> stored, CancellationToken cancellationToken)
    {
        if (pools.Open(pool).Usage is not { } usage)
        {
            return;
        }

        var until = Slots.Of(businessTime.GetUtcNow());
        var metered = await books.ReadAsync((t, c) => servers.OfPoolAsync(t, pool, c), cancellationToken);
        if (metered.Count == 0)
        {
            await SkipAsync(pool, until, cancellationToken);
            Board.Note(pool, note => note with { LookedAt = businessTime.GetUtcNow() });
            return;
        }

        var reading = new PoolReading(pool, usage, metered, samples, until);
        try
        {
            await ForwardAsync(reading, stored, cancellationToken);
            await LateAsync(reading, stored, cancellationToken);
        }
        finally
        {
            Board.Note(pool, note => note with { Skew = reading.Skew, NewestAhead = StartOf(reading.NewestAhead) });
        }

        Board.Note(pool, note => note with { LookedAt = businessTime.GetUtcNow() });
    }

    /// <summary>Notes that a look came to nothing.</summary>
    internal void Failed(PoolId pool, Bilingual why) =>
        Board.Note(pool, note => note with { LastFailure = new(businessTime.GetUtcNow(), why) });

    /// <summary>From the mark to the last slot that is over.</summary>
    private async Task ForwardAsync(
        PoolReading reading,
        Action<CollectedChunk> stored,
        CancellationToken cancellationToken
    )
    {
        var mark = await samples.MarkAsync(reading.Pool, cancellationToken);
        var from = Start(mark, reading.Servers);
        var isBackfill = reading.Now - from > Slots.PerDay;
        while (from < reading.Now)
        {
            var range = new SlotRange(from, Math.Min(from + reading.Width, reading.Now));
            await reading.TakeAsync(range, mark, cancellationToken);
            if (await reading.StoreAsync(range, mark, cancellationToken) is { } moved)
            {
                stored(Chunk(reading, range, isBackfill));
                (from, mark) = (range.Past, moved);
            }
            else
            {
                // Somebody else collects this pool too: go on from where that one is.
                mark = await samples.MarkAsync(reading.Pool, cancellationToken);
                from = Start(mark, reading.Servers);
            }
        }
    }

    /// <summary>Once a day, what came late of the days before; a pool that does not answer is not asked.</summary>
    private async Task LateAsync(
        PoolReading reading,
        Action<CollectedChunk> stored,
        CancellationToken cancellationToken
    )
    {
        var now = businessTime.GetUtcNow().ToOffset(China.Offset);
        var today = China.Day(now);
        if (now.Hour < LateSamples.DueHour || Board.Of(reading.Pool).LateOn == today)
        {
            return;
        }

        // What lies in the overlap is read again anyway.
        var range = new SlotRange(Slots.OfDay(today.AddDays(-LateSamples.Days)), reading.Now - Overlap);
        await _late.ExecuteAsync(
            reading,
            range with
            {
                First = Math.Max(range.First, reading.Servers.Min(s => s.FirstSlot)),
            },
            piece => stored(Chunk(reading, piece, isBackfill: true)),
            cancellationToken
        );
        Board.Note(reading.Pool, note => note with { LateOn = today });
    }

    private static CollectedChunk Chunk(PoolReading reading, SlotRange range, bool isBackfill) =>
        new(reading.Pool, range, reading.Intake.Rows.Length, reading.Intake.SetAside.Count, isBackfill);

    private static DateTimeOffset? StartOf(long? slot) => slot is { } known ? Slots.Start(known) : null;

    /// <summary>A pool without servers has nothing to collect; its mark follows the time.</summary>
    private async Task SkipAsync(PoolId pool, long until, CancellationToken cancellationToken)
    {
        var mark = await samples.MarkAsync(pool, cancellationToken);
        if (mark is null || mark.Slot < until)
        {
            await samples.SaveAsync(
                new SampleChunk
                {
                    Pool = pool,
                    Before = mark,
                    Mark = until,
                    Rows = default,
                    SetAside = [],
                },
                cancellationToken
            );
        }
    }

    private static long Start(SampleMark? mark, IReadOnlyList<MeteredServer> servers)
    {
        var earliest = servers.Min(s => s.FirstSlot);
        return mark is null ? earliest : Math.Max(earliest, mark.Slot - Overlap);
    }
}
