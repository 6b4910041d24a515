using CloudManager.Api.Billing;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Api.Workers;
using CloudManager.Core.Findings;
using CloudManager.Core.Findings.Policies;
using CloudManager.Core.Findings.Trials;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Api.Findings;

/// <summary>Trials of policies (标准试算, art. 22): for those who make policies.</summary>
internal sealed class TrialsApi(IBooks books, ITrialStore trials, StartTrial start, TrialRuns running) : IStation
{
    private const string List = "trials";
    private const string Items = "trial systems";

    private static readonly OrganisationKind[] Makers =
    [
        OrganisationKind.TechnicalDepartment,
        OrganisationKind.Authority,
    ];

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/policies/{id}/trials", StartAsync)
            .By(Makers)
            .Shows(new TrialBody(3))
            .Produces<TrialView>(StatusCodes.Status202Accepted);
        api.MapGet("/policies/{id}/trials", ListAsync).By(Makers).Produces<PageView<TrialView>>();
        api.MapGet("/trials/{id}", FindAsync).By(Makers).Produces<TrialView>();
        api.MapGet("/trials/{id}/systems", ItemsAsync).By(Makers).Produces<PageView<TrialItemView>>();
        api.MapPost("/trials/{id}/stop", StopAsync).By(Makers).Produces<TrialView>(StatusCodes.Status202Accepted);
    }

    private async Task<IResult> StartAsync(
        Caller caller,
        string id,
        TrialBody body,
        CancellationToken cancellationToken
    )
    {
        var started = await books.ChangeAsync(
            caller.Wants("trial.start", "policy", Ids.Shown(id)),
            async (transaction, token) =>
                PolicyNames.TryParse(id, out var name)
                    ? await start.ExecuteAsync(
                        transaction,
                        new PolicyWish(caller.Actor, name.Region, name.Version, null),
                        body.Months,
                        HostProcess.Name,
                        token
                    )
                    : PolicyRefusals.NotFound(Ids.Shown(id)),
            cancellationToken
        );
        if (started.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        running.Begin(started.Value);
        return Accepted(started.Value);
    }

    private async Task<IResult> ListAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(List);
        var isName = PolicyNames.TryParse(id, out var name);
        var refusal =
            query.Refusal
            ?? (isName && PolicyDesk.IsOf(caller.Actor, name.Region) ? null : PolicyRefusals.NotFound(Ids.Shown(id)));
        if (refusal is not null)
        {
            return Answers.Refused(refusal);
        }

        var filter = ((string?)name.Region, (int?)name.Version, (TrialState?)null);
        var found = await books.ReadAsync((t, c) => trials.ListAsync(t, filter, page, c), cancellationToken);
        return Answers.Of(List, found, TrialView.Of);
    }

    private async Task<IResult> FindAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        Answers.Of(await SeenAsync(caller, id, cancellationToken), TrialView.Of);

    private async Task<IResult> ItemsAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(Items);
        var filter = new TrialItemFilter
        {
            Outcome = query.Word<TrialOutcome>("outcome"),
            Kind = query.Word<FindingKind>("kind"),
            Subject = query.Word<SubjectKind>("subject"),
            System = query.Text("system"),
        };
        var found = await SeenAsync(caller, id, cancellationToken);
        if ((query.Refusal ?? found.Refusal) is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var items = await books.ReadAsync(
            (t, c) => trials.ItemsAsync(t, found.Value.Id, filter, page, c),
            cancellationToken
        );
        return Answers.Of(Items, items, TrialItemView.Of);
    }

    private async Task<IResult> StopAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var found = await SeenAsync(caller, id, cancellationToken);
        if (found.Refusal is { } unknown)
        {
            return Answers.Refused(unknown);
        }

        var trial = found.Value;
        var stopped = await books.ChangeAsync(
            caller.Wants("trial.stop", "trial", trial.Id.ToString()),
            (_, _) =>
                Task.FromResult<Result<Trial>>(running.Stop(trial.Id) ? trial : TrialRefusals.NotRunning(trial.Id)),
            cancellationToken
        );
        return stopped.Refusal is { } refusal ? Answers.Refused(refusal) : Accepted(trial);
    }

    private async Task<Result<Trial>> SeenAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var trial = NumberedId.TryParse(TrialId.Prefix, id, out var number)
            ? await books.ReadAsync((t, c) => trials.FindAsync(t, new TrialId(number), c), cancellationToken)
            : null;
        return trial is not null && PolicyDesk.IsOf(caller.Actor, trial.Region)
            ? trial
            : TrialRefusals.NotFound(Ids.Shown(id));
    }

    private static IResult Accepted(Trial trial) => Results.Accepted($"/api/v1/trials/{trial.Id}", TrialView.Of(trial));
}

/// <param name="Months">How far back, 1 to 12.</param>
internal sealed record TrialBody(int Months);

/// <param name="Id">Its number.</param>
/// <param name="Policy">What is tried.</param>
/// <param name="Months">How far back.</param>
/// <param name="From">The first day it looks at.</param>
/// <param name="Until">The day after the last.</param>
/// <param name="State">running, done, stopped or broken.</param>
/// <param name="StartedBy">The account that asked for it.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended; null while it runs.</param>
/// <param name="Progress">Servers judged so far, over all windows.</param>
/// <param name="Counts">What came out; empty until it is done.</param>
internal sealed record TrialView(
    string Id,
    string Policy,
    int Months,
    DateOnly From,
    DateOnly Until,
    TrialState State,
    string StartedBy,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    TrialProgressView Progress,
    IReadOnlyList<TrialCountView> Counts
)
{
    public static TrialView Of(Trial trial) =>
        new(
            trial.Id.ToString(),
            $"{trial.Region}-v{trial.Version}",
            trial.Months,
            trial.From,
            trial.Until,
            trial.State,
            trial.StartedBy,
            trial.StartedAt,
            trial.EndedAt,
            new(trial.Done, trial.Total),
            [
                .. trial.Counts.Select(c => new TrialCountView(
                    c.Kind,
                    c.Subject,
                    c.Outcome,
                    c.Count,
                    Yuan.Amount(c.MonthlySaving)
                )),
            ]
        );
}

/// <param name="Done">Servers judged so far.</param>
/// <param name="Total">How many there are, over all windows; 0 until it began.</param>
internal sealed record TrialProgressView(int Done, int Total);

/// <param name="Kind">The kind of finding.</param>
/// <param name="Subject">The kind of thing.</param>
/// <param name="Outcome">added, dropped or same.</param>
/// <param name="Count">How many.</param>
/// <param name="MonthlySaving">What their recommendations save, yuan a month.</param>
internal sealed record TrialCountView(
    FindingKind Kind,
    SubjectKind Subject,
    TrialOutcome Outcome,
    int Count,
    string MonthlySaving
);

/// <param name="Kind">The kind of finding.</param>
/// <param name="Subject">The system, server, volume or address.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="System">The system's code.</param>
/// <param name="Outcome">added, dropped or same.</param>
/// <param name="Policy">The ends of the windows in which the policy finds it, the latest first.</param>
/// <param name="InForce">The same of the policy in force.</param>
/// <param name="Recommendation">What the later recommends; null for nothing.</param>
internal sealed record TrialItemView(
    FindingKind Kind,
    FindingSubjectView Subject,
    string? Tenant,
    string? System,
    TrialOutcome Outcome,
    IReadOnlyList<DateOnly> Policy,
    IReadOnlyList<DateOnly> InForce,
    RecommendationView? Recommendation
)
{
    public static TrialItemView Of(TrialItem item) =>
        new(
            item.Kind,
            new(item.Subject.Kind, item.Subject.Id, item.Subject.Pool?.Value, item.Subject.Name),
            item.Scope.Tenant,
            item.Scope.System,
            item.Outcome,
            item.Policy,
            item.InForce,
            RecommendationView.Of(item.Recommendation)
        );
}
