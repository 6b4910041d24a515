using CloudManager.Api.Billing;
using CloudManager.Api.Organisations;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Findings.SizePlans;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Requests;

namespace CloudManager.Api.Findings;

/// <summary>What would save in a system (优化方案, art. 22), and when it can be off: a tenant's own, the others' region.</summary>
internal sealed class SystemPlansApi(
    SystemDoor door,
    ReadSystemPlan readPlan,
    ReadOffHours readOffHours,
    TimeProvider businessTime
) : IStation
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/systems/{code}/plan", PlanAsync).By(SystemDoor.Readers).Produces<SystemPlanView>();
        api.MapGet("/systems/{code}/off-hours", OffHoursAsync).By(SystemDoor.Readers).Produces<OffHoursView>();
    }

    private async Task<IResult> PlanAsync(Caller caller, string code, CancellationToken cancellationToken)
    {
        var system = await door.SeenAsync(caller, code, cancellationToken);
        return system.Refusal is { } refusal
            ? Answers.Refused(refusal)
            : Results.Ok(
                SystemPlanView.Of(
                    await readPlan.ExecuteAsync(system.Value.Code, businessTime.Today(), cancellationToken)
                )
            );
    }

    private async Task<IResult> OffHoursAsync(Caller caller, string code, CancellationToken cancellationToken)
    {
        var system = await door.SeenAsync(caller, code, cancellationToken);
        return system.Refusal is { } refusal
            ? Answers.Refused(refusal)
            : Results.Ok(
                OffHoursView.Of(system.Value, await readOffHours.ExecuteAsync(system.Value, cancellationToken))
            );
    }
}

/// <param name="System">The system's code.</param>
/// <param name="From">First day looked at.</param>
/// <param name="Until">The day after the last.</param>
/// <param name="Changes">What saves, the most first; then what cannot be priced.</param>
/// <param name="Saving">Yuan a month that all of them save.</param>
/// <param name="Enough">How many of them, from the first on, reach nine tenths of it.</param>
/// <param name="Growth">What is too small, and what more it costs.</param>
/// <param name="LeftOut">Of what nothing is said, and why.</param>
internal sealed record SystemPlanView(
    string System,
    DateOnly From,
    DateOnly Until,
    IReadOnlyList<PlannedChangeView> Changes,
    string Saving,
    int Enough,
    IReadOnlyList<PlannedChangeView> Growth,
    IReadOnlyList<LeftOutView> LeftOut
)
{
    public static SystemPlanView Of(SystemPlan plan) =>
        new(
            plan.System,
            plan.From,
            plan.Until,
            [.. plan.Changes.Select(PlannedChangeView.Of)],
            Yuan.Amount(plan.Saving),
            plan.Enough,
            [.. plan.Growth.Select(PlannedChangeView.Of)],
            [.. plan.LeftOut.Select(LeftOutView.Of)]
        );
}

internal sealed record PlannedChangeView
{
    public required string Resource { get; init; }
    public required PlannedAction Action { get; init; }
    public required Spec Was { get; init; }

    /// <summary>The size that would serve; null to give it back.</summary>
    public required Spec? Becomes { get; init; }

    /// <summary>Yuan a month; negative where it costs more; null where no price is in force.</summary>
    public required string? MonthlySaving { get; init; }

    /// <summary>Yuan a month of this and all before it.</summary>
    public required string? RunningTotal { get; init; }

    /// <summary>The finding it rests on.</summary>
    public required string? Finding { get; init; }
    public required IReadOnlyList<Bilingual> Reasons { get; init; }

    public static PlannedChangeView Of(PlannedChange change) =>
        new()
        {
            Resource = change.Resource.Id.ToString(),
            Action = change.Action,
            Was = change.Resource.Spec,
            Becomes = change.Recommendation.Spec,
            MonthlySaving = Amount(change.Recommendation.MonthlySaving),
            RunningTotal = Amount(change.RunningTotal),
            Finding = change.Finding?.ToString(),
            Reasons = change.Recommendation.Reasons,
        };

    private static string? Amount(decimal? yuan) => yuan is { } amount ? Yuan.Amount(amount) : null;
}

internal sealed record LeftOutView(string Resource, Verdict Verdict, Bilingual Reason)
{
    public static LeftOutView Of(LeftOut left) => new(left.Resource.ToString(), left.Verdict, left.Reason);
}

internal sealed record OffHoursView
{
    public required string System { get; init; }
    public required SystemEnvironment Environment { get; init; }
    public required Verdict Verdict { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly Until { get; init; }
    public required OffHoursNumbers Numbers { get; init; }
    public required IReadOnlyList<ServerOffView> Servers { get; init; }

    /// <summary>Core hours freed a week.</summary>
    public required long VcpuHours { get; init; }

    /// <summary>GiB hours of memory freed a week.</summary>
    public required long MemoryGiBHours { get; init; }

    /// <summary>Always 0: charges are by days in service (art. 40).</summary>
    public required string MonthlySaving { get; init; }
    public required IReadOnlyList<Bilingual> Reasons { get; init; }
    public required IReadOnlyList<LeftOutView> LeftOut { get; init; }

    public static OffHoursView Of(InformationSystem system, OffHoursPlan plan) =>
        new()
        {
            System = plan.System,
            Environment = system.Environment,
            Verdict = plan.Verdict,
            From = plan.From,
            Until = plan.Until,
            Numbers = plan.Numbers,
            Servers = [.. plan.Servers.Select(ServerOffView.Of)],
            VcpuHours = plan.Servers.Sum(s => s.VcpuHours),
            MemoryGiBHours = plan.Servers.Sum(s => s.MemoryGiBHours),
            MonthlySaving = Yuan.Amount(0),
            Reasons = plan.Reasons,
            LeftOut = [.. plan.LeftOut.Select(LeftOutView.Of)],
        };
}

internal sealed record ServerOffView(
    string Resource,
    IReadOnlyList<OffPeriodView> Periods,
    int Hours,
    long VcpuHours,
    long MemoryGiBHours
)
{
    public static ServerOffView Of(ServerOffHours server) =>
        new(
            server.Server.Id.ToString(),
            [.. server.Periods.Select(OffPeriodView.Of)],
            server.Hours,
            server.VcpuHours,
            server.MemoryGiBHours
        );
}

/// <summary>When it is stopped and started again, in Asia/Shanghai.</summary>
/// <param name="StopDay">1 is Monday, 7 Sunday.</param>
/// <param name="StopHour">0 to 23.</param>
/// <param name="StartDay">1 is Monday, 7 Sunday.</param>
/// <param name="StartHour">0 to 23.</param>
/// <param name="Hours">Hours between them.</param>
internal sealed record OffPeriodView(int StopDay, int StopHour, int StartDay, int StartHour, int Hours)
{
    private const int HoursOfDay = 24;

    public static OffPeriodView Of(OffPeriod period) =>
        new(
            (period.Stop / HoursOfDay) + 1,
            period.Stop % HoursOfDay,
            (period.Start / HoursOfDay) + 1,
            period.Start % HoursOfDay,
            period.Hours
        );
}
