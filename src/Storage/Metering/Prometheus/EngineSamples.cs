using CloudManager.Core.Metering;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;

namespace CloudManager.Storage.Metering.Prometheus;

/// <summary>
/// The samples, in an engine that speaks the Prometheus protocol. Rows are written first, then mark and what was set
/// aside in one transaction of the books: a stop in between has rows written again, which changes nothing.
/// </summary>
internal sealed class EngineSamples(EngineReader reader, EngineWriter writer, EngineMarks marks, Spool spool)
    : ISampleStore
{
    private const int CountedAtOnce = 1_000;

    public Task<SampleMark?> MarkAsync(PoolId pool, CancellationToken cancellationToken) =>
        marks.MarkAsync(pool, cancellationToken);

    /// <summary>
    /// With an engine that does not answer, what this process stored lately and what waits in the spool. The rest may then
    /// be collected again; it is left out when the spool is drained.
    /// </summary>
    public async Task<IReadOnlyList<HeldSlot>> HeldAsync(
        (ResourceId First, ResourceId Last) resources,
        SlotRange slots,
        CancellationToken cancellationToken
    )
    {
        HashSet<HeldSlot> held;
        try
        {
            held = await reader.HeldAsync(resources, slots, cancellationToken);
        }
        catch (SampleEngineException failure) when (failure.IsUnreachable)
        {
            held = [];
        }

        held.UnionWith(writer.Recent.Of(resources, slots));
        if (!spool.IsEmpty)
        {
            held.UnionWith(await SpooledAsync(resources, slots, cancellationToken));
        }

        return [.. held];
    }

    /// <summary>
    /// By ranges of servers, since three days of a large pool are more than memory should hold. An engine that does not
    /// answer is no reason to believe that nothing is there: this fails then.
    /// </summary>
    public async Task<IReadOnlyDictionary<ResourceId, long>> CountAsync(
        (ResourceId First, ResourceId Last) resources,
        SlotRange slots,
        CancellationToken cancellationToken
    )
    {
        await writer.DrainAsync(cancellationToken);
        var counts = new Dictionary<ResourceId, long>();
        for (var first = resources.First.Number; first <= resources.Last.Number; first += CountedAtOnce)
        {
            var part = (
                new ResourceId(first),
                new ResourceId(Math.Min(resources.Last.Number, first + CountedAtOnce - 1))
            );
            foreach (var held in await reader.HeldAsync(part, slots, cancellationToken))
            {
                counts[held.Resource] = counts.GetValueOrDefault(held.Resource) + 1;
            }
        }

        return counts;
    }

    public async Task<bool> SaveAsync(SampleChunk chunk, CancellationToken cancellationToken)
    {
        if (await marks.MarkAsync(chunk.Pool, cancellationToken) != chunk.Before)
        {
            return false;
        }

        await writer.StoreAsync(chunk.Pool, chunk.Rows, cancellationToken);
        return await marks.MoveAsync(chunk, cancellationToken);
    }

    public async Task<IReadOnlyList<SampleRow>> ReadAsync(
        ResourceId resource,
        SlotRange slots,
        CancellationToken cancellationToken
    )
    {
        await writer.DrainAsync(cancellationToken);
        var samples = await reader.OfAsync(resource, slots, cancellationToken);
        if (samples.Count == 0)
        {
            return [];
        }

        var grid = new SlotGrid(new(samples.Min(s => s.Slot), samples.Max(s => s.Slot) + 1));
        foreach (var (metric, slot, value) in samples)
        {
            grid.Put(metric, slot, value);
        }

        return [.. grid.Held().Select(slot => Row(resource, slot, grid))];
    }

    public Task<IReadOnlyList<SetAsideCount>> SetAsideAsync(CancellationToken cancellationToken) =>
        marks.CountsAsync(cancellationToken);

    private async Task<List<HeldSlot>> SpooledAsync(
        (ResourceId First, ResourceId Last) resources,
        SlotRange slots,
        CancellationToken cancellationToken
    )
    {
        var held = new List<HeldSlot>();
        await using var turn = await spool.TurnAsync(cancellationToken);
        foreach (var file in spool.Files().Where(f => f.Touches(resources.First.Number, resources.Last.Number, slots)))
        {
            var rows = spool.Read(file)?.Rows ?? [];
            held.AddRange(rows.Where(r => slots.Contains(r.Slot)).Select(r => new HeldSlot(r.Resource, r.Slot)));
        }

        return held;
    }

    private static SampleRow Row(ResourceId resource, long slot, SlotGrid grid) =>
        new(
            resource,
            slot,
            grid.At(Metric.Cpu, slot),
            grid.At(Metric.Memory, slot),
            grid.At(Metric.Disk, slot),
            grid.At(Metric.NetworkIn, slot),
            grid.At(Metric.NetworkOut, slot)
        );
}
