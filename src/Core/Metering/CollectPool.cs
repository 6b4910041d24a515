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
/// often it is called.
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

    /// <summary>How many rows a piece may have: what bounds memory.</summary>
    private const int MostRows = 500_000;

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
            return;
        }

        var reading = new Reading(pool, usage, metered);
        var mark = await samples.MarkAsync(pool, cancellationToken);
        var from = Start(mark, metered);
        var width = Math.Clamp(MostRows / metered.Count, 1, Slots.PerDay);
        var isBackfill = until - from > Slots.PerDay;
        while (from < until)
        {
            var range = new SlotRange(from, Math.Min(from + width, until));
            await TakeAsync(reading, range, mark, cancellationToken);
            if (await StoreAsync(reading, range, mark, cancellationToken) is { } moved)
            {
                stored(new(pool, range, reading.Intake.Rows.Length, reading.Intake.SetAside.Count, isBackfill));
                (from, mark) = (range.Past, moved);
            }
            else
            {
                // Somebody else collects this pool too: go on from where that one is.
                mark = await samples.MarkAsync(pool, cancellationToken);
                from = Start(mark, metered);
            }
        }
    }

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

    private async Task TakeAsync(
        Reading reading,
        SlotRange range,
        SampleMark? mark,
        CancellationToken cancellationToken
    )
    {
        var intake = reading.Intake;
        intake.Begin(range);
        if (mark is not null && range.First < mark.Slot)
        {
            var known = range with { Past = Math.Min(range.Past, mark.Slot) };
            foreach (var held in await samples.HeldAsync(reading.Resources, known, cancellationToken))
            {
                intake.Hold(held);
            }
        }

        var batches = reading.Usage.ReadAsync(
            reading.Natives,
            Slots.Start(range.First),
            Slots.Start(range.Past),
            cancellationToken
        );
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            Take(intake, batch);
        }
    }

    private static void Take(SampleIntake intake, IReadOnlyList<UsageSample> batch)
    {
        if (batch is UsageSample[] samples)
        {
            foreach (ref readonly var sample in samples.AsSpan())
            {
                intake.Take(in sample);
            }

            return;
        }

        for (var i = 0; i < batch.Count; i++)
        {
            var sample = batch[i];
            intake.Take(in sample);
        }
    }

    /// <summary>The mark once it is stored; null if somebody else moved it meanwhile.</summary>
    private async Task<SampleMark?> StoreAsync(
        Reading reading,
        SlotRange range,
        SampleMark? mark,
        CancellationToken cancellationToken
    )
    {
        var chunk = new SampleChunk
        {
            Pool = reading.Pool,
            Before = mark,
            Mark = Math.Max(mark?.Slot ?? 0, range.Past),
            Rows = reading.Intake.Rows,
            SetAside = reading.Intake.SetAside,
        };
        if (mark is not null && chunk is { Rows.IsEmpty: true, SetAside.Count: 0 } && chunk.Mark == mark.Slot)
        {
            return mark;
        }

        return await samples.SaveAsync(chunk, cancellationToken) ? chunk.After : null;
    }

    /// <summary>What stays the same from piece to piece.</summary>
    private sealed class Reading(PoolId pool, IUsageSource usage, IReadOnlyList<MeteredServer> servers)
    {
        public PoolId Pool => pool;

        public IUsageSource Usage => usage;

        public IReadOnlyList<NativeId> Natives { get; } = [.. servers.Select(s => s.Native)];

        public (Resources.ResourceId First, Resources.ResourceId Last) Resources => (servers[0].Id, servers[^1].Id);

        public SampleIntake Intake { get; } = new(servers);
    }
}
