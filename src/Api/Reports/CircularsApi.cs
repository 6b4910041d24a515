using System.Text;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Reports;
using CloudManager.Core.Reports.Circulars;
using CloudManager.Documents.Reports;

namespace CloudManager.Api.Reports;

/// <summary>
/// Circulars (使用效率通报, art. 22(1)): the authority and the technical department see the drafts of their region, a tenant
/// its own once it is issued.
/// </summary>
internal sealed class CircularsApi(IBooks books, ICircularStore circulars, IssueCircular issue) : IStation
{
    private const string List = "circulars";

    /// <summary>It runs nothing and fetches nothing; its style is in it.</summary>
    private const string PagePolicy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'";

    private static readonly OrganisationKind[] Readers =
    [
        OrganisationKind.Tenant,
        OrganisationKind.Authority,
        OrganisationKind.TechnicalDepartment,
    ];

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/circulars", ListAsync).By(Readers).Produces<PageView<CircularView>>();
        api.MapGet("/circulars/{id}", FindAsync)
            .By(Readers)
            .Produces<CircularDocument>()
            .Produces<string>(StatusCodes.Status200OK, "text/html");
        api.MapPost("/circulars/{id}/issue", IssueAsync)
            .By(OrganisationKind.Authority)
            .Shows(new IssueBody("请各单位对照整改"))
            .Produces<CircularView>();
    }

    private async Task<IResult> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(List);
        var (month, tenant) = (query.Month("month"), query.Text("tenant"));
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var actor = caller.Actor;
        var isTenant = actor.Is(OrganisationKind.Tenant);
        if (isTenant && tenant is not null && tenant != actor.Organisation!.Code)
        {
            return Answers.Of(List, new Page<CircularHead>([], null), CircularView.Of);
        }

        var filter = new CircularFilter
        {
            Month = month?.ToString(),
            Tenant = isTenant ? actor.Organisation!.Code : tenant,
            Region = isTenant || actor.SeesAllRegions ? null : actor.Organisation!.Region,
            OnlyIssued = isTenant,
        };
        var found = await books.ReadAsync((t, c) => circulars.ListAsync(t, filter, page, c), cancellationToken);
        return Answers.Of(List, found, CircularView.Of);
    }

    private async Task<IResult> FindAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var format = query.Word<ReportFormat>("format") ?? ReportFormat.Json;
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var found = await books.ReadAsync((t, c) => circulars.FindAsync(t, id, c), cancellationToken);
        if (found is null || !Shows(caller.Actor, found.Head))
        {
            return Answers.Refused(CircularRefusals.NotFound(Ids.Shown(id)));
        }

        var content = ReportJson.ReadAs<CircularContent>(found.Body);
        if (format == ReportFormat.Json)
        {
            var document = new CircularDocument(CircularView.Of(found.Head), content);
            return Results.Text(ReportJson.Write(document), "application/json", Encoding.UTF8);
        }

        caller.Http.Response.Headers.ContentSecurityPolicy = PagePolicy;
        return Results.Text(CircularPage.Render(content, found.Head), "text/html", Encoding.UTF8);
    }

    private async Task<IResult> IssueAsync(
        Caller caller,
        string id,
        IssueBody? body,
        CancellationToken cancellationToken
    )
    {
        var intent = caller.Wants("circular.issue", "circular", Ids.Shown(id));
        var issued = await books.ChangeAsync(
            intent,
            (t, c) => issue.ExecuteAsync(t, caller.Actor, (id, body?.Opinion), c),
            cancellationToken
        );
        return Answers.Of(issued, CircularView.Of);
    }

    private static bool Shows(Actor actor, CircularHead head) =>
        actor.Is(OrganisationKind.Tenant)
            ? actor.Organisation!.Code == head.Tenant && head.IssuedAt is not null
            : actor.SeesAllRegions || actor.Organisation?.Region == head.Region;
}

/// <param name="Opinion">What the authority says with it; at most 2,000 characters.</param>
internal sealed record IssueBody(string? Opinion = null);

/// <summary>A circular in a list.</summary>
internal sealed record CircularView(
    string Id,
    string Month,
    string Tenant,
    DateTimeOffset CreatedAt,
    DateTimeOffset? IssuedAt,
    string? IssuedBy,
    string? Opinion
)
{
    public static CircularView Of(CircularHead head) =>
        new(head.Id, head.Month, head.Tenant, head.CreatedAt, head.IssuedAt, head.IssuedBy, head.Opinion);
}

/// <summary>A circular: its issue, and what it says as it was frozen.</summary>
internal sealed record CircularDocument(CircularView Circular, CircularContent Content);
