using CloudManager.Core.Metering;
using CloudManager.Core.Resources;

namespace CloudManager.Storage.Metering.Prometheus;

/// <summary>Summaries from the engine's raw samples, by parts of the windows that memory holds.</summary>
internal sealed class EngineSummaries(EngineReader reader, EngineWriter writer) : IUsageSummaries
{
    public async Task<IReadOnlyList<ServerUse>> ReadAsync(
        IReadOnlyList<DayWindow> windows,
        CancellationToken cancellationToken
    )
    {
        await writer.DrainAsync(cancellationToken);
        var uses = new List<ServerUse>(windows.Count);
        foreach (var part in WindowPart.Of(windows))
        {
            var grids = await reader.ReadAsync(part.Resources, part.Slots, cancellationToken);
            uses.AddRange(part.Windows.Select(w => Use(w, grids.GetValueOrDefault(w.Resource.Number))));
        }

        return uses;
    }

    private static ServerUse Use(DayWindow window, SlotGrid? grid)
    {
        var slots = WindowPart.SlotsOf(window);
        return grid is null
            ? new ServerUse(window, MetricUse.None, MetricUse.None, MetricUse.None)
            : new ServerUse(
                window,
                GridUse.Of(grid, Metric.Cpu, slots),
                GridUse.Of(grid, Metric.Memory, slots),
                GridUse.Of(grid, Metric.Disk, slots)
            )
            {
                Network = GridUse.Network(grid, slots),
            };
    }
}

/// <summary>Windows that are read together: as many as fit into memory, and so into what an engine answers at once.</summary>
internal sealed record WindowPart(IReadOnlyList<DayWindow> Windows)
{
    /// <summary>A month of 200 servers: 9 million values, 36 MB.</summary>
    private const long SlotsTogether = 200L * 31 * Core.Metering.Slots.PerDay;

    public IEnumerable<ResourceId> Resources => Windows.Select(w => w.Resource).Distinct();

    /// <summary>From the first slot of any window to the last of any.</summary>
    public SlotRange Slots => Windows.Select(SlotsOf).Where(s => s.Count > 0).DefaultIfEmpty().Aggregate(Hull);

    public static SlotRange SlotsOf(DayWindow window) =>
        new(Core.Metering.Slots.OfDay(window.From), Core.Metering.Slots.OfDay(window.Until));

    /// <summary>The windows in parts, in their order.</summary>
    public static IEnumerable<WindowPart> Of(IReadOnlyList<DayWindow> windows)
    {
        var part = new List<DayWindow>();
        var hull = new SlotRange();
        foreach (var window in windows)
        {
            var slots = SlotsOf(window);
            var wider =
                hull.Count == 0 ? slots
                : slots.Count == 0 ? hull
                : Hull(hull, slots);
            if (part.Count > 0 && wider.Count * (part.Count + 1) > SlotsTogether)
            {
                yield return new WindowPart(part);
                (part, wider) = ([], slots);
            }

            part.Add(window);
            hull = wider;
        }

        if (part.Count > 0)
        {
            yield return new WindowPart(part);
        }
    }

    private static SlotRange Hull(SlotRange a, SlotRange b) =>
        new(Math.Min(a.First, b.First), Math.Max(a.Past, b.Past));
}
