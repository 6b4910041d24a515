using System.Text;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Reports;
using CloudManager.Documents.Reports;

namespace CloudManager.Api.Reports;

/// <summary>
/// Reports (art. 25) as they were frozen. They are about the whole province, so tenants, providers and the departments of
/// a single region do not read them.
/// </summary>
internal sealed class ReportsApi(IBooks books, IReportStore reports) : IStation
{
    private const string List = "reports";

    /// <summary>A report runs nothing and fetches nothing; its style and drawings are in it.</summary>
    private const string PagePolicy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'";

    private static readonly OrganisationKind[] Readers =
    [
        OrganisationKind.Authority,
        OrganisationKind.TechnicalDepartment,
        OrganisationKind.ServiceAgency,
        OrganisationKind.Finance,
        OrganisationKind.Audit,
    ];

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/reports", ListAsync).By(Readers).Produces<PageView<ReportView>>();
        api.MapGet("/reports/{id}", FindAsync)
            .By(Readers)
            .Produces<MonthlyReport>()
            .Produces<string>(StatusCodes.Status200OK, "text/html");
    }

    private async Task<IResult> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(List);
        var filter = new ReportFilter(query.Word<ReportKind>("kind"), query.Text("period"));
        if ((query.Refusal ?? RefusePeriod(filter.Period)) is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var found = SeesProvince(caller.Actor)
            ? await books.ReadAsync((t, c) => reports.ListAsync(t, filter, page, c), cancellationToken)
            : new Page<ReportHead>([], null);
        return Answers.Of(List, found, ReportView.Of);
    }

    private async Task<IResult> FindAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var format = query.Word<ReportFormat>("format") ?? ReportFormat.Json;
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var found = SeesProvince(caller.Actor)
            ? await books.ReadAsync((t, c) => reports.FindAsync(t, id, c), cancellationToken)
            : null;
        if (found is not { } report)
        {
            return Answers.Refused(ReportRefusals.NotFound(Ids.Shown(id)));
        }

        if (format == ReportFormat.Json)
        {
            return Results.Text(report.Body, "application/json", Encoding.UTF8);
        }

        caller.Http.Response.Headers.ContentSecurityPolicy = PagePolicy;
        return Results.Text(MonthlyReportPage.Render(ReportJson.Read(report.Body)), "text/html", Encoding.UTF8);
    }

    /// <summary>Finance and audit read on the whole province, the others if their region is all of it.</summary>
    private static bool SeesProvince(Actor caller) =>
        caller.SeesAllRegions || caller.Organisation is { Kind: OrganisationKind.Finance or OrganisationKind.Audit };

    private static Refusal? RefusePeriod(string? period)
    {
        if (period is null || Month.TryParse(period, out _))
        {
            return null;
        }

        var check = new Check();
        check.Fault("period", period, ("yyyy-MM 格式的月份", "a month as yyyy-MM"));
        return check.Refusal("query.invalid");
    }
}

/// <summary>How a report is handed out.</summary>
internal enum ReportFormat
{
    /// <summary>The frozen document itself.</summary>
    Json,

    /// <summary>A page that holds everything it needs.</summary>
    Html,
}

/// <summary>A report in a list.</summary>
internal sealed record ReportView(string Id, ReportKind Kind, string Period, DateTimeOffset CreatedAt)
{
    public static ReportView Of(ReportHead head) => new(head.Id, head.Kind, head.Period, head.CreatedAt);
}
