using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Findings;
using CloudManager.Core.Findings.Policies;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Api.Findings;

/// <summary>
/// Monitoring policies (监测标准, art. 22, 43): everybody reads by which numbers use is judged; the technical department
/// drafts, the authority approves.
/// </summary>
internal sealed class PoliciesApi(
    IBooks books,
    (IPolicies InForce, IPolicyStore All) policies,
    PolicyDesk desk,
    Creations creations,
    TimeProvider businessTime
) : IStation
{
    private const string List = "policies";
    private const string Kind = "policy";

    private static readonly OrganisationKind[] Drafters =
    [
        OrganisationKind.TechnicalDepartment,
        OrganisationKind.Authority,
    ];

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/policies", ListAsync).ByAnyone().Produces<PageView<PolicyView>>();
        api.MapGet("/policies/in-force", InForceAsync).ByAnyone().Produces<PolicyView>();
        api.MapGet("/policies/{id}", FindAsync).ByAnyone().Produces<PolicyView>();
        api.MapPost("/policies", DraftAsync)
            .By(Drafters)
            .Shows(new PolicyBody(new PolicyNumbers(), "430000"))
            .Produces<PolicyView>(StatusCodes.Status201Created);
        api.MapPut("/policies/{id}", ReviseAsync)
            .By(Drafters)
            .Shows(new PolicyBody(new PolicyNumbers()))
            .Produces<PolicyView>();
        api.MapPost("/policies/{id}/approve", ApproveAsync)
            .By(OrganisationKind.Authority)
            .Shows(new ApprovalBody(new DateOnly(2027, 1, 1), new("湘数发〔2026〕12号", "省级政务云资源监测标准")))
            .Produces<PolicyView>();
        api.MapPost("/policies/{id}/withdraw", WithdrawAsync).By(Drafters).Produces<PolicyView>();
    }

    /// <summary>Drafts are for those who make policies.</summary>
    internal static bool Sees(Actor actor, MonitoringPolicy policy) =>
        policy.State == PolicyState.Approved
        || (
            (actor.Is(OrganisationKind.TechnicalDepartment) || actor.Is(OrganisationKind.Authority))
            && PolicyDesk.IsOf(actor, policy.Region)
        );

    private async Task<IResult> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(List);
        var (region, state) = (query.Text("region"), query.Word<PolicyState>("state"));
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var all = await books.ReadAsync((t, c) => policies.All.AllAsync(t, region, c), cancellationToken);
        var seen = all.Where(p => Sees(caller.Actor, p) && (state is null || p.State == state))
            .SkipWhile(p => page.After is not null && !IsAfter(p, page.After))
            .Take(page.Limit + 1)
            .ToList();
        var shown = seen.Take(page.Limit).ToList();
        return Answers.Of(
            List,
            new Page<MonitoringPolicy>(shown, seen.Count > page.Limit ? shown[^1].Name : null),
            PolicyView.Of
        );
    }

    private async Task<IResult> InForceAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var region = query.Text("region") ?? caller.Actor.Organisation?.Region;
        var day = query.Day("day") ?? businessTime.Today();
        if (region is null)
        {
            query.Fault("region", null, ("行政区划代码", "the code of a region"));
        }

        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var policy = await books.ReadAsync(
            (t, c) => policies.InForce.InForceAsync(t, region!, day, c),
            cancellationToken
        );
        return Results.Ok(PolicyView.Of(policy));
    }

    private async Task<IResult> FindAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var policy = await books.ReadAsync((t, c) => NamedAsync(t, id, c), cancellationToken);
        if (policy is null || !Sees(caller.Actor, policy))
        {
            return Answers.Refused(PolicyRefusals.NotFound(Ids.Shown(id)));
        }

        Versions.Show(caller.Http.Response, policy.Revision);
        return Results.Ok(PolicyView.Of(policy));
    }

    private Task<IResult> DraftAsync(Caller caller, PolicyBody body, CancellationToken cancellationToken)
    {
        var region = body.Region ?? caller.Actor.Organisation!.Region;
        var creation = new Creation<MonitoringPolicy>
        {
            Intent = caller.Wants("policy.draft", Kind, ""),
            Body = body,
            Make = (transaction, token) => desk.DraftAsync(transaction, caller.Actor, (region, body.Numbers), token),
            IdOf = made => made.Name,
            Find = NamedAsync,
        };
        return creations.RunAsync(caller, creation, made => Shown(caller, made), cancellationToken);
    }

    private Task<IResult> ReviseAsync(Caller caller, string id, PolicyBody body, CancellationToken cancellationToken) =>
        StepAsync(
            caller,
            id,
            "policy.revise",
            async (transaction, wish, token) =>
                body.Region is { } region && region != wish.Region
                    ? new Invalid("policy.invalid", ("行政区划不可更改", "the region does not change"))
                    {
                        Faults = [new("region", region, (wish.Region, wish.Region))],
                    }
                    : await desk.ReviseAsync(transaction, wish, body.Numbers, token),
            cancellationToken
        );

    private Task<IResult> ApproveAsync(
        Caller caller,
        string id,
        ApprovalBody body,
        CancellationToken cancellationToken
    ) =>
        StepAsync(
            caller,
            id,
            "policy.approve",
            (transaction, wish, token) =>
                desk.ApproveAsync(transaction, wish, (body.EffectiveFrom, body.Document), token),
            cancellationToken
        );

    private Task<IResult> WithdrawAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        StepAsync(caller, id, "policy.withdraw", desk.WithdrawAsync, cancellationToken);

    private async Task<IResult> StepAsync(
        Caller caller,
        string id,
        string action,
        Func<ITransaction, PolicyWish, CancellationToken, Task<Result<MonitoringPolicy>>> step,
        CancellationToken cancellationToken
    )
    {
        var seen = Versions.Seen(caller.Http.Request);
        if (seen.Refusal is { } malformed)
        {
            return Answers.Refused(malformed);
        }

        var done = await books.ChangeAsync(
            caller.Wants(action, Kind, Ids.Shown(id)),
            async (transaction, token) =>
                PolicyNames.TryParse(id, out var name)
                    ? await step(transaction, new(caller.Actor, name.Region, name.Version, seen.Value), token)
                    : PolicyRefusals.NotFound(Ids.Shown(id)),
            cancellationToken
        );
        return Answers.Of(done, policy => Shown(caller, policy));
    }

    /// <summary>Version 0 of a region stands in no table.</summary>
    private async Task<MonitoringPolicy?> NamedAsync(
        ITransaction transaction,
        string id,
        CancellationToken cancellationToken
    )
    {
        if (!PolicyNames.TryParse(id, out var name))
        {
            return null;
        }

        return name.Version == 0
            ? MonitoringPolicy.Defaults(name.Region)
            : await policies.All.FindAsync(transaction, name.Region, name.Version, cancellationToken);
    }

    private static PolicyView Shown(Caller caller, MonitoringPolicy policy)
    {
        Versions.Show(caller.Http.Response, policy.Revision);
        return PolicyView.Of(policy);
    }

    private static bool IsAfter(MonitoringPolicy policy, string name) =>
        PolicyNames.TryParse(name, out var after)
        && (string.CompareOrdinal(policy.Region, after.Region), policy.Version - after.Version) is (> 0, _) or (0, > 0);
}
