using CloudManager.Core.Metering;
using CloudManager.Core.Resources;

namespace CloudManager.Storage.Metering.Prometheus;

/// <summary>The course of use by days and by hours of the week, from the engine's raw samples.</summary>
internal sealed class EngineCourse(EngineReader reader, EngineWriter writer) : IUsageCourse
{
    private const int PerHour = 12;

    // Slot 0 is 08:00 of Thursday, 1970-01-01, in China: 96 slots of that day came before, and 72 hours since Monday 00:00.
    private const int SlotsBefore = 96;
    private const int HoursBefore = 72;

    public async Task<IReadOnlyList<DayUse>> DaysAsync(
        IReadOnlyList<DayWindow> windows,
        CancellationToken cancellationToken
    )
    {
        var days = new Dictionary<(long, DateOnly), DayUse>();
        await EachAsync(
            windows,
            (window, grid) =>
            {
                for (var day = window.From; day < window.Until; day = day.AddDays(1))
                {
                    if (Day(window.Resource, day, grid) is { } use)
                    {
                        days.TryAdd((window.Resource.Number, day), use);
                    }
                }
            },
            cancellationToken
        );
        return [.. days.Values.OrderBy(d => d.Resource.Number).ThenBy(d => d.Day)];
    }

    public async Task<IReadOnlyList<WeekUse>> WeeksAsync(
        IReadOnlyList<DayWindow> windows,
        CancellationToken cancellationToken
    )
    {
        var weeks = new List<WeekUse>(windows.Count);
        await EachAsync(
            windows,
            (window, grid) =>
                weeks.Add(
                    new WeekUse(window.Resource, Hours(grid, Metric.Cpu, window), Hours(grid, Metric.Memory, window))
                ),
            cancellationToken
        );
        return weeks;
    }

    private async Task EachAsync(
        IReadOnlyList<DayWindow> windows,
        Action<DayWindow, SlotGrid> tell,
        CancellationToken cancellationToken
    )
    {
        await writer.DrainAsync(cancellationToken);
        foreach (var part in WindowPart.Of(windows))
        {
            var grids = await reader.ReadAsync(part.Resources, part.Slots, cancellationToken);
            foreach (var window in part.Windows)
            {
                tell(window, grids.GetValueOrDefault(window.Resource.Number) ?? new SlotGrid(part.Slots));
            }
        }
    }

    private static DayUse? Day(ResourceId resource, DateOnly day, SlotGrid grid)
    {
        var slots = new SlotRange(Slots.OfDay(day), Slots.OfDay(day.AddDays(1)));
        var use = new DayUse(
            resource,
            day,
            GridUse.Of(grid, Metric.Cpu, slots),
            GridUse.Of(grid, Metric.Memory, slots),
            GridUse.Of(grid, Metric.Disk, slots)
        );
        var isMeasured = use.Cpu.Measured + use.Memory.Measured + use.Disk.Measured > 0;
        return isMeasured || GridUse.Network(grid, slots).Measured > 0 ? use : null;
    }

    private static double?[] Hours(SlotGrid grid, Metric metric, DayWindow window)
    {
        var slots = WindowPart.SlotsOf(window);
        var (sums, counts) = (new long[WeekUse.Hours], new long[WeekUse.Hours]);
        var values = grid.Values(metric, slots);
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsNaN(values[i]))
            {
                var hour = (((slots.First + i + SlotsBefore) / PerHour) + HoursBefore) % WeekUse.Hours;
                sums[hour] += GridUse.Millionths(values[i]);
                counts[hour]++;
            }
        }

        return [.. sums.Zip(counts, (sum, count) => count == 0 ? (double?)null : GridUse.MeanOf(sum, count))];
    }
}
