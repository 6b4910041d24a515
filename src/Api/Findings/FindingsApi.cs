using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Api.WorkOrders;
using CloudManager.Core.Findings;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;
using CloudManager.Documents.Findings;

namespace CloudManager.Api.Findings;

/// <summary>Findings (监测问题, art. 14, 22) by scope: a tenant's own, a provider's pools, the others' region.</summary>
internal sealed class FindingsApi(IBooks books, IFindingStore findings, ReadFindingDays days) : IStation
{
    private const string List = "findings";

    /// <summary>The drawing runs nothing and fetches nothing.</summary>
    private const string ChartPolicy = "default-src 'none'; frame-ancestors 'none'";

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/findings", ListAsync).By(WorkScope.Readers).Produces<PageView<FindingView>>();
        api.MapGet("/findings/{id}", FindAsync).By(WorkScope.Readers).Produces<FindingView>();
        api.MapGet("/findings/{id}/days", DaysAsync).By(WorkScope.Readers).Produces<FindingDaysView>();
        api.MapGet("/findings/{id}/chart", ChartAsync)
            .By(WorkScope.Readers)
            .Produces<string>(StatusCodes.Status200OK, "image/svg+xml");
    }

    private async Task<IResult> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(List);
        var scope = WorkScope.Of(caller.Actor);
        var (tenant, region) = (query.Text("tenant"), query.Text("region"));
        var filter = new FindingFilter
        {
            Tenant = scope.Tenant ?? tenant,
            Provider = scope.Provider,
            Region = scope.Region ?? region,
            Kind = query.Word<FindingKind>("kind"),
            State = query.Word<FindingState>("state"),
            Pool = query.Text("pool") is { } pool ? new PoolId(pool) : null,
            System = query.Text("system"),
            Policy = query.Text("policy"),
        };
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        // Whose a finding is decides before what is asked for: of others there is nothing to list.
        var isOthers = Differs(scope.Tenant, tenant) || Differs(scope.Region, region);
        var found = isOthers
            ? new Page<Finding>([], null)
            : await books.ReadAsync((t, c) => findings.ListAsync(t, filter, page, c), cancellationToken);
        return Answers.Of(List, found, FindingView.Of);
    }

    private async Task<IResult> FindAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var found = await SeenAsync(books, findings, (caller, id), cancellationToken);
        return Answers.Of(found, FindingView.Of);
    }

    private async Task<IResult> DaysAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var found = await SeenAsync(books, findings, (caller, id), cancellationToken);
        if (found.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var course = await days.ExecuteAsync(found.Value, cancellationToken);
        return Results.Ok(
            new FindingDaysView(new(course.Window.From, course.Window.Until), course.Days, course.Thresholds)
        );
    }

    private async Task<IResult> ChartAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var found = await SeenAsync(books, findings, (caller, id), cancellationToken);
        if (found.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var course = await days.ExecuteAsync(found.Value, cancellationToken);
        caller.Http.Response.Headers.ContentSecurityPolicy = ChartPolicy;
        return Results.Text(FindingChart.Draw(found.Value, course), "image/svg+xml", System.Text.Encoding.UTF8);
    }

    /// <summary>The finding, if there is one that the caller may see.</summary>
    internal static async Task<Result<Finding>> SeenAsync(
        IBooks books,
        IFindingStore findings,
        (Caller Caller, string Id) asked,
        CancellationToken cancellationToken
    )
    {
        var found = NumberedId.TryParse(FindingId.Prefix, asked.Id, out var number)
            ? await books.ReadAsync((t, c) => findings.FindAsync(t, new FindingId(number), c), cancellationToken)
            : null;
        return
            found is { Scope: var whose }
            && WorkScope.Of(asked.Caller.Actor).Shows(whose.Provider ?? "", whose.Tenant ?? "", whose.Region)
            ? found
            : FindingRefusals.NotFound(Ids.Shown(asked.Id));
    }

    private static bool Differs(string? own, string? asked) => own is not null && asked is not null && own != asked;
}

/// <summary>The technical department's word on findings (art. 22): raising a declared zombie, closing with an opinion.</summary>
internal sealed class FindingStepsApi(IBooks books, IFindingStore findings, RaiseFinding raise, Creations creations)
    : IStation
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/findings", RaiseAsync)
            .By(OrganisationKind.TechnicalDepartment)
            .Shows(
                new RaiseBody(
                    FindingKind.Zombie,
                    "res-000042",
                    ZombieGround.DetachedFromBusiness,
                    "业务已迁往新系统，不再使用"
                )
            )
            .Produces<FindingView>(StatusCodes.Status201Created);
        api.MapPost("/findings/{id}/close", CloseAsync)
            .By(OrganisationKind.TechnicalDepartment)
            .Shows(new CloseBody("经现场核实，业务按季度运行"))
            .Produces<FindingView>();
    }

    private Task<IResult> RaiseAsync(Caller caller, RaiseBody body, CancellationToken cancellationToken)
    {
        var check = new Check();
        if (body.Kind != FindingKind.Zombie)
        {
            check.Fault("kind", body.Kind, ("zombie", "zombie"));
        }

        var declared = new ZombieDeclaration(body.Resource, body.Ground, body.Statement);
        var creation = new Creation<Finding>
        {
            Intent = caller.Wants("finding.raise", "finding", ""),
            Body = body,
            Make = (transaction, token) =>
                check.IsClean
                    ? raise.RaiseAsync(transaction, caller.Actor, declared, token)
                    : Task.FromResult<Result<Finding>>(check.Refusal("finding.invalid")),
            IdOf = made => made.Id.ToString(),
            Find = (transaction, id, token) =>
                NumberedId.TryParse(FindingId.Prefix, id, out var number)
                    ? findings.FindAsync(transaction, new FindingId(number), token)
                    : Task.FromResult<Finding?>(null),
        };
        return creations.RunAsync(caller, creation, FindingView.Of, cancellationToken);
    }

    private async Task<IResult> CloseAsync(
        Caller caller,
        string id,
        CloseBody body,
        CancellationToken cancellationToken
    )
    {
        var closed = await books.ChangeAsync(
            caller.Wants("finding.close", "finding", Ids.Shown(id)),
            async (transaction, token) =>
                NumberedId.TryParse(FindingId.Prefix, id, out var number)
                    ? await raise.CloseAsync(transaction, caller.Actor, new FindingId(number), body.Opinion, token)
                    : FindingRefusals.NotFound(Ids.Shown(id)),
            cancellationToken
        );
        return Answers.Of(closed, FindingView.Of);
    }
}
