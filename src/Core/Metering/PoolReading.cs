using CloudManager.Adapters.Sdk;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Metering;

/// <summary>Some servers and the slots for which they are asked.</summary>
internal readonly record struct Asked(IReadOnlyList<NativeId> Servers, SlotRange Slots);

/// <summary>
/// One pool while it is collected: reads pieces of its samples into an intake, by the labels of the pool's own clock.
/// </summary>
internal sealed class PoolReading(
    PoolId pool,
    IUsageSource usage,
    IReadOnlyList<MeteredServer> servers,
    ISampleStore samples,
    long now
)
{
    /// <summary>How often a piece is read where the clock's offset turns out to be another than it was asked by.</summary>
    private const int Tries = 3;

    /// <summary>How many rows a piece may have: what bounds memory.</summary>
    private const int MostRows = 500_000;

    private readonly IReadOnlyList<NativeId> _natives = [.. servers.Select(s => s.Native)];

    public PoolId Pool => pool;

    public IReadOnlyList<MeteredServer> Servers => servers;

    /// <summary>The slot under way: what is over lies before it.</summary>
    public long Now => now;

    /// <summary>How many slots a piece has.</summary>
    public long Width { get; } = Math.Clamp(MostRows / servers.Count, 1, Slots.PerDay);

    public (ResourceId First, ResourceId Last) Resources => (servers[0].Id, servers[^1].Id);

    public SampleIntake Intake { get; } = new(servers);

    /// <summary>What is known of the pool's clock.</summary>
    public ClockSkew Skew { get; private set; } = new(usage.ClockOffset);

    /// <summary>The newest slot delivered that had not begun; null where none was.</summary>
    public long? NewestAhead { get; private set; }

    /// <summary>Takes the piece of all servers, but for what is stored of it before the mark.</summary>
    public async Task TakeAsync(SlotRange range, SampleMark? mark, CancellationToken cancellationToken)
    {
        IReadOnlyList<HeldSlot> held = [];
        if (mark is not null && range.First < mark.Slot)
        {
            var known = range with { Past = Math.Min(range.Past, mark.Slot) };
            held = await samples.HeldAsync(Resources, known, cancellationToken);
        }

        await TakeAsync(range, held, [new(_natives, range)], cancellationToken);
    }

    /// <summary>
    /// Takes of the piece what is asked for and not held. Where reading shows that the clock is off by another number of
    /// slots than was asked by, the piece is read again: what was asked for would be other slots.
    /// </summary>
    public async Task TakeAsync(
        SlotRange range,
        IReadOnlyList<HeldSlot> held,
        IReadOnlyList<Asked> asked,
        CancellationToken cancellationToken
    )
    {
        for (var tries = 1; tries <= Tries; tries++)
        {
            var ahead = Skew.Shift;
            Intake.Begin(range, new LabelClock(ahead, now));
            foreach (var slot in held)
            {
                Intake.Hold(slot);
            }

            foreach (var each in asked)
            {
                await ReadAsync(each, ahead, cancellationToken);
            }

            Skew = new(usage.ClockOffset);
            if (Skew.Shift == ahead)
            {
                break;
            }
        }

        if (Intake.NewestAhead is { } newest)
        {
            NewestAhead = Math.Max(NewestAhead ?? newest, newest);
        }
    }

    /// <summary>The mark once the piece is stored; null if somebody else moved it meanwhile.</summary>
    public async Task<SampleMark?> StoreAsync(SlotRange range, SampleMark? mark, CancellationToken cancellationToken)
    {
        var chunk = new SampleChunk
        {
            Pool = pool,
            Before = mark,
            Mark = Math.Max(mark?.Slot ?? 0, range.Past),
            Rows = Intake.Rows,
            SetAside = Intake.SetAside,
        };
        if (mark is not null && chunk is { Rows.IsEmpty: true, SetAside.Count: 0 } && chunk.Mark == mark.Slot)
        {
            return mark;
        }

        return await samples.SaveAsync(chunk, cancellationToken) ? chunk.After : null;
    }

    private async Task ReadAsync(Asked asked, long ahead, CancellationToken cancellationToken)
    {
        var batches = usage.ReadAsync(
            asked.Servers,
            Slots.Start(asked.Slots.First + ahead),
            Slots.Start(asked.Slots.Past + ahead),
            cancellationToken
        );
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            Take(batch);
        }
    }

    private void Take(IReadOnlyList<UsageSample> batch)
    {
        if (batch is UsageSample[] whole)
        {
            foreach (ref readonly var sample in whole.AsSpan())
            {
                Intake.Take(in sample);
            }

            return;
        }

        for (var i = 0; i < batch.Count; i++)
        {
            var sample = batch[i];
            Intake.Take(in sample);
        }
    }
}
