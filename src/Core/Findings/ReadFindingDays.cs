using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Findings;

/// <summary>One day of a finding's window: of a system the capacity-weighted roll-up of its servers.</summary>
/// <param name="Day">The day.</param>
/// <param name="CpuMean">Percent; null where nobody measured: a gap stays a gap.</param>
/// <param name="CpuP95">Percent.</param>
/// <param name="MemoryMean">Percent.</param>
/// <param name="MemoryP95">Percent.</param>
/// <param name="Coverage">The share of the day's slots that hold a value of the processor, 0 to 1.</param>
public sealed record FindingDay(
    DateOnly Day,
    double? CpuMean,
    double? CpuP95,
    double? MemoryMean,
    double? MemoryP95,
    double Coverage
);

/// <summary>The days a finding was judged over, and what they were held against.</summary>
/// <param name="Window">The days.</param>
/// <param name="Days">One each; empty for what is not measured.</param>
/// <param name="Thresholds">The numbers with a threshold in percent.</param>
public sealed record FindingCourse(
    FindingWindow Window,
    IReadOnlyList<FindingDay> Days,
    IReadOnlyList<Judging.JudgedNumber> Thresholds
);

/// <summary>Reads the course of use behind a finding (art. 22): what its chart shows.</summary>
public sealed class ReadFindingDays(IBooks books, IResourceStore resources, IUsageCourse course)
{
    /// <summary>What is shown of a finding that has no window of its own.</summary>
    private const int UsualDays = 28;

    public async Task<FindingCourse> ExecuteAsync(Finding finding, CancellationToken cancellationToken)
    {
        var window = finding.Window ?? FindingWindow.Before(China.Day(finding.LastSeenAt), UsualDays);
        var servers = await ServersAsync(finding.Subject, cancellationToken);
        var windows = servers
            .Select(s => new DayWindow(
                s.Id,
                s.ServiceStart is { } start && start > window.From ? start : window.From,
                s.ServiceEnd is { } end && end < window.Until ? end : window.Until
            ))
            .Where(w => w.From < w.Until)
            .ToList();
        var days = windows.Count == 0 ? [] : await course.DaysAsync(windows, cancellationToken);
        var percents = finding.Evidence.Numbers?.Where(n => n.Threshold is not null && n.Name[..3] is "cpu" or "mem");
        var byDay = days.ToLookup(d => d.Day);
        return new FindingCourse(
            window,
            windows.Count == 0
                ? []
                :
                [
                    .. Enumerable
                        .Range(0, window.Until.DayNumber - window.From.DayNumber)
                        .Select(n => window.From.AddDays(n))
                        .Select(day => Of(day, [.. byDay[day]], servers)),
                ],
            [.. percents ?? []]
        );
    }

    private Task<IReadOnlyList<Resource>> ServersAsync(FindingSubject subject, CancellationToken cancellationToken) =>
        books.ReadAsync<IReadOnlyList<Resource>>(
            async (transaction, token) =>
            {
                if (subject.Kind == SubjectKind.System)
                {
                    var all = await resources.AllAsync(transaction, new ResourceFilter { System = subject.Id }, token);
                    return [.. all.Where(r => r.Kind == ItemKind.Server && r.ServiceStart is not null)];
                }

                var one =
                    subject.Kind == SubjectKind.Server
                    && NumberedId.TryParse(ResourceId.Prefix, subject.Id, out var number)
                        ? await resources.FindAsync(transaction, new ResourceId(number), token)
                        : null;
                return one is null ? [] : [one];
            },
            cancellationToken
        );

    private static FindingDay Of(DateOnly day, IReadOnlyList<DayUse> uses, IReadOnlyList<Resource> servers)
    {
        var specs = servers.ToDictionary(s => s.Id, s => s.Spec);
        var inService = servers.Count(s => s.ServiceStart <= day && (s.ServiceEnd is null || s.ServiceEnd > day));
        var (cpuMean, cpuP95) = Weigh(uses, u => u.Cpu, u => specs[u.Resource].Vcpus ?? 0);
        var (memoryMean, memoryP95) = Weigh(uses, u => u.Memory, u => specs[u.Resource].MemoryGiB ?? 0);
        var coverage = inService == 0 ? 0 : uses.Sum(u => u.Cpu.Measured) / ((double)inService * Slots.PerDay);
        return new FindingDay(day, cpuMean, cpuP95, memoryMean, memoryP95, coverage);
    }

    private static (double? Mean, double? P95) Weigh(
        IReadOnlyList<DayUse> uses,
        Func<DayUse, MetricUse> metricOf,
        Func<DayUse, int> capacityOf
    )
    {
        var measured = uses.Where(u => metricOf(u).Measured > 0).ToList();
        if (measured is [var only])
        {
            return (metricOf(only).Mean, metricOf(only).P95);
        }

        double weight = measured.Sum(u => capacityOf(u) * metricOf(u).Measured);
        double? Sum(Func<MetricUse, double?> of) =>
            weight > 0 && measured.TrueForAll(u => of(metricOf(u)) is not null)
                ? measured.Sum(u => of(metricOf(u))!.Value * capacityOf(u) * metricOf(u).Measured) / weight
                : null;
        return (Sum(m => m.Mean), Sum(m => m.P95));
    }
}
