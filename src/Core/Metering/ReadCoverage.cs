using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Metering;

/// <summary>The instants [From, Until) of which nothing was measured.</summary>
public sealed record Gap(DateTimeOffset From, DateTimeOffset Until);

/// <summary>How well a server was measured on one day.</summary>
/// <param name="Day">Of Asia/Shanghai.</param>
/// <param name="Cpu">The share of the day's slots that hold a value, 0 to 1.</param>
/// <param name="Memory">The same.</param>
/// <param name="Disk">The same.</param>
/// <param name="Gaps">The stretches of the day of which there is no sample, in order; null where the raw samples are no longer
/// kept, so that nobody can tell.</param>
public sealed record DayCoverage(DateOnly Day, double Cpu, double Memory, double Disk, IReadOnlyList<Gap>? Gaps);

/// <summary>Tells how well a server was measured (采样覆盖率, art. 22), day by day, and when it was not.</summary>
public sealed class ReadCoverage(ISampleStore samples, IUsageCourse course, TimeProvider businessTime)
{
    public const int MostDays = 400;

    /// <summary>How many days of raw samples are looked at together.</summary>
    private const int Together = 31;

    /// <summary>The days of the window that are over and on which the server was in service; all of its life where it never was.</summary>
    public async Task<IReadOnlyList<DayCoverage>> ExecuteAsync(
        Resource server,
        DateOnly from,
        DateOnly until,
        CancellationToken cancellationToken
    )
    {
        var window = WindowOf(server, from, until);
        var found = new List<DayCoverage>();
        for (var day = window.From; day < window.Until; day = day.AddDays(Together))
        {
            var past = day.AddDays(Together) < window.Until ? day.AddDays(Together) : window.Until;
            found.AddRange(await DaysAsync(window with { From = day, Until = past }, cancellationToken));
        }

        return found;
    }

    private DayWindow WindowOf(Resource server, DateOnly from, DateOnly until)
    {
        var today = businessTime.Today();
        var first = server.ServiceStart ?? China.Day(server.CreatedAt);
        var last = server.ServiceEnd is { } end && end < today ? end : today;
        return new(server.Id, first > from ? first : from, last < until ? last : until);
    }

    private async Task<IEnumerable<DayCoverage>> DaysAsync(DayWindow window, CancellationToken cancellationToken)
    {
        var uses = (await course.DaysAsync([window], cancellationToken)).ToDictionary(use => use.Day);
        var first = Slots.OfDay(window.From);
        var rows = await samples.ReadAsync(window.Resource, new(first, first + window.Slots), cancellationToken);
        var slots = rows.Select(row => row.Slot).ToLookup(slot => (int)((slot - first) / Slots.PerDay));
        return Enumerable
            .Range(0, window.Until.DayNumber - window.From.DayNumber)
            .Select(number =>
            {
                var day = window.From.AddDays(number);
                return Of(day, uses.GetValueOrDefault(day), [.. slots[number]]);
            });
    }

    private static DayCoverage Of(DateOnly day, DayUse? use, IReadOnlyList<long> slots)
    {
        var isKept = use is null || slots.Count > 0;
        return new(
            day,
            Share(use?.Cpu),
            Share(use?.Memory),
            Share(use?.Disk),
            isKept ? [.. Gaps(Slots.OfDay(day), slots)] : null
        );
    }

    private static double Share(MetricUse? use) => (use?.Measured ?? 0) / (double)Slots.PerDay;

    private static IEnumerable<Gap> Gaps(long first, IReadOnlyList<long> slots)
    {
        var next = first;
        foreach (var slot in slots.Append(first + Slots.PerDay))
        {
            if (slot > next)
            {
                yield return new(China.Local(Slots.Start(next)), China.Local(Slots.Start(slot)));
            }

            next = slot + 1;
        }
    }
}
