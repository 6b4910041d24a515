using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Organisations;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Findings.SizePlans;

/// <summary>
/// Computes the off-hours plan (闲时关机方案, art. 22) of a test or development system from the last whole weeks, each of
/// which must say the same.
/// </summary>
public sealed class ReadOffHours(ReadSystemResources readResources, IUsageCourse course, TimeProvider businessTime)
{
    private const int DaysOfWeek = 7;
    private readonly OffHoursNumbers _numbers = new();

    public async Task<OffHoursPlan> ExecuteAsync(InformationSystem system, CancellationToken cancellationToken)
    {
        var until = businessTime.Today();
        var plan = new OffHoursPlan
        {
            System = system.Code,
            Verdict = Verdict.NotApplicable,
            From = until.AddDays(-DaysOfWeek * _numbers.Weeks),
            Until = until,
            Numbers = _numbers,
            Servers = [],
            LeftOut = [],
            Reasons = [PlanWords.Production],
        };
        if (system.Environment == SystemEnvironment.Production)
        {
            return plan;
        }

        var held = await readResources.ExecuteAsync(system.Code, until, cancellationToken);
        return await PlannedAsync(plan, held, cancellationToken);
    }

    private async Task<OffHoursPlan> PlannedAsync(
        OffHoursPlan empty,
        SystemResources held,
        CancellationToken cancellationToken
    )
    {
        var servers = held.Resources.Where(r => r.Kind == ItemKind.Server).ToLookup(s => s.ServiceStart <= empty.From);
        var old = servers[true].ToList();
        var weeks = await WeeksAsync(old, empty.From, cancellationToken);
        var judged = old.Select((server, i) => Judge(server, weeks[i])).ToList();
        var needed = held.Numbers with { WindowDays = DaysOfWeek * _numbers.Weeks };
        var young = servers[false].Select(s => new LeftOut(s.Id, Verdict.NotApplicable, PlanWords.TooYoung(needed)));
        var leftOut = judged.Select(j => j.Out).OfType<LeftOut>().Concat(young).Concat(held.LeftOut);
        return empty with
        {
            Verdict =
                judged.Exists(j => j.Out is not { Verdict: Verdict.InsufficientData }) ? Verdict.Determined
                : judged.Count > 0 ? Verdict.InsufficientData
                : Verdict.NotApplicable,
            Servers = [.. judged.Select(j => j.Plan).OfType<ServerOffHours>()],
            LeftOut = [.. leftOut.OrderBy(l => l.Resource.Number)],
            Reasons = [PlanWords.ChargedByDays],
        };
    }

    private async Task<IReadOnlyList<IReadOnlyList<WeekUse>>> WeeksAsync(
        IReadOnlyList<Resource> servers,
        DateOnly from,
        CancellationToken cancellationToken
    )
    {
        var windows = servers.SelectMany(s =>
            Enumerable
                .Range(0, _numbers.Weeks)
                .Select(week => new DayWindow(
                    s.Id,
                    from.AddDays(week * DaysOfWeek),
                    from.AddDays((week + 1) * DaysOfWeek)
                ))
        );
        var weeks = servers.Count == 0 ? [] : await course.WeeksAsync([.. windows], cancellationToken);
        return [.. weeks.Chunk(_numbers.Weeks)];
    }

    private (ServerOffHours? Plan, LeftOut? Out) Judge(Resource server, IReadOnlyList<WeekUse> weeks)
    {
        if (OffHours.Of(weeks, _numbers) is not { } periods)
        {
            return (null, new(server.Id, Verdict.InsufficientData, PlanWords.Holes(OffHours.Holes(weeks))));
        }

        return periods switch
        {
            [] => (null, new(server.Id, Verdict.Determined, PlanWords.NeverIdleLong(_numbers))),
            [{ Hours: 0 }] => (null, new(server.Id, Verdict.Determined, PlanWords.AlwaysIdle)),
            _ => (new ServerOffHours(server, periods), null),
        };
    }
}
