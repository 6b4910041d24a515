using CloudManager.Core.Metering;
using CloudManager.Core.Resources;

namespace CloudManager.Storage.Metering.Prometheus;

/// <summary>Reads raw samples from the engine, in questions that no engine refuses for their length.</summary>
internal sealed class EngineReader(EngineDoor door)
{
    /// <summary>How many servers are named in one question: VictoriaMetrics takes no more than 16 kB of it.</summary>
    private const int NamesAtOnce = 500;

    /// <summary>No sample is of the year 2100 or later, nor of the first minutes of 1970, before which VictoriaMetrics finds nothing.</summary>
    private static readonly long Latest = Slots.Of(new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>The samples of these servers, by number; a server without any is left out.</summary>
    public async Task<Dictionary<long, SlotGrid>> ReadAsync(
        IEnumerable<ResourceId> resources,
        SlotRange slots,
        CancellationToken cancellationToken
    )
    {
        var grids = new Dictionary<long, SlotGrid>();
        foreach (var part in resources.Distinct().Chunk(NamesAtOnce))
        {
            var labels = part.Select(r => r.ToString()).ToList();
            await ReadAsync(labels, slots, Keep, cancellationToken);
        }

        return grids;

        void Keep(ResourceId resource, Metric metric, long slot, float value)
        {
            if (!grids.TryGetValue(resource.Number, out var grid))
            {
                grids.Add(resource.Number, grid = new SlotGrid(slots));
            }

            grid.Put(metric, slot, value);
        }
    }

    /// <summary>Which slots of a range of servers hold a sample of any metric; each once.</summary>
    public async Task<HashSet<HeldSlot>> HeldAsync(
        (ResourceId First, ResourceId Last) resources,
        SlotRange slots,
        CancellationToken cancellationToken
    )
    {
        var held = new HashSet<HeldSlot>();
        await ReadAsync(
            NumberPattern.Between(resources.First, resources.Last),
            slots,
            (resource, _, slot, _) => held.Add(new HeldSlot(resource, slot)),
            cancellationToken
        );
        return held;
    }

    /// <summary>Which slots of these servers hold a sample of any metric.</summary>
    public async Task<HashSet<HeldSlot>> HeldAsync(
        IEnumerable<ResourceId> resources,
        SlotRange slots,
        CancellationToken cancellationToken
    )
    {
        var held = new HashSet<HeldSlot>();
        foreach (var (number, grid) in await ReadAsync(resources, slots, cancellationToken))
        {
            held.UnionWith(grid.Held().Select(slot => new HeldSlot(new ResourceId(number), slot)));
        }

        return held;
    }

    /// <summary>Every sample of one server, in no order.</summary>
    public async Task<List<(Metric Metric, long Slot, float Value)>> OfAsync(
        ResourceId resource,
        SlotRange slots,
        CancellationToken cancellationToken
    )
    {
        var samples = new List<(Metric, long, float)>();
        await ReadAsync(
            [resource.ToString()],
            slots,
            (_, metric, slot, value) => samples.Add((metric, slot, value)),
            cancellationToken
        );
        return samples;
    }

    private Task ReadAsync(
        IEnumerable<string> labels,
        SlotRange slots,
        SampleHeard heard,
        CancellationToken cancellationToken
    )
    {
        var bounded = new SlotRange(Math.Max(1, slots.First), Math.Min(Latest, slots.Past));
        if (bounded.Count == 0)
        {
            return Task.CompletedTask;
        }

        var (selector, at) = SeriesNames.Query(labels, bounded);
        return door.QueryAsync(
            selector,
            at,
            (resource, metric, slot, value) =>
            {
                if (bounded.Contains(slot))
                {
                    heard(resource, metric, slot, value);
                }
            },
            cancellationToken
        );
    }
}
