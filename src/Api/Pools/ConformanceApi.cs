using System.Text;
using CloudManager.Adapters.Sdk.Testing.Reports;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Api.Workers;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;

namespace CloudManager.Api.Pools;

/// <summary>
/// Conformance of pools (一致性测试, art. 16): the technical department and the pool's own provider run the suite; its
/// report is what the pool is activated on.
/// </summary>
internal sealed class ConformanceApi(
    IBooks books,
    IPools pools,
    IConformanceStore runs,
    StartConformance start,
    ConformanceRuns running
) : IStation
{
    private const string List = "conformance";

    /// <summary>The page runs nothing and fetches nothing; its style is in it.</summary>
    private const string PagePolicy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly OrganisationKind[] Runners =
    [
        OrganisationKind.TechnicalDepartment,
        OrganisationKind.Provider,
    ];

    private static readonly OrganisationKind[] Readers =
    [
        .. Runners,
        OrganisationKind.Authority,
        OrganisationKind.ServiceAgency,
        OrganisationKind.Audit,
    ];

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/pools/{id}/conformance", StartAsync)
            .By(Runners)
            .Produces<ConformanceView>(StatusCodes.Status202Accepted);
        api.MapGet("/pools/{id}/conformance", ListAsync).By(Readers).Produces<PageView<ConformanceView>>();
        api.MapGet("/conformance/{id}", FindAsync).By(Readers).Produces<ConformanceView>();
        api.MapGet("/conformance/{id}/report", ReportAsync)
            .By(Readers)
            .Produces<string>(StatusCodes.Status200OK, "application/json", "application/xml", "text/html");
        api.MapPost("/conformance/{id}/stop", StopAsync)
            .By(Runners)
            .Produces<ConformanceView>(StatusCodes.Status202Accepted);
    }

    private async Task<IResult> StartAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var pool = new PoolId(id);
        var started = await books.ChangeAsync(
            caller.Wants("conformance.start", "pool", Ids.Shown(id)),
            async (transaction, token) =>
                Sees(caller.Actor, pool)
                    ? await start.ExecuteAsync(transaction, pool, caller.Actor.Account, HostProcess.Name, token)
                    : PoolRefusals.NotFound(pool),
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
        var pool = new PoolId(id);
        if ((query.Refusal ?? (Sees(caller.Actor, pool) ? null : PoolRefusals.NotFound(pool))) is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var found = await books.ReadAsync(
            (t, c) => runs.ListAsync(t, new ConformanceFilter(pool), page, c),
            cancellationToken
        );
        return Answers.Of(List, found, ConformanceView.Of);
    }

    private async Task<IResult> FindAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var found = await SeenAsync(caller, id, cancellationToken);
        return Answers.Of(found, ConformanceView.Of);
    }

    private async Task<IResult> ReportAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var format = query.Word<ConformanceFormat>("format") ?? ConformanceFormat.Json;
        if (query.Refusal is { } wrong)
        {
            return Answers.Refused(wrong);
        }

        var found = await SeenAsync(caller, id, cancellationToken);
        if (found.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var run = found.Value;
        var json = await books.ReadAsync((t, c) => runs.ReportAsync(t, run.Id, c), cancellationToken);
        return json is null ? Answers.Refused(ConformanceRefusals.NoReport(run.Id)) : Show(caller, run, json, format);
    }

    private async Task<IResult> StopAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var found = await SeenAsync(caller, id, cancellationToken);
        if (found.Refusal is { } unknown)
        {
            return Answers.Refused(unknown);
        }

        var run = found.Value;
        var stopped = await books.ChangeAsync(
            caller.Wants("conformance.stop", "conformance", $"{run.Id}"),
            (_, _) =>
                Task.FromResult<Result<ConformanceRun>>(
                    running.Stop(run.Id) ? run : ConformanceRefusals.NotRunning(run.Id)
                ),
            cancellationToken
        );
        return stopped.Refusal is { } refusal ? Answers.Refused(refusal) : Accepted(run);
    }

    private IResult Show(Caller caller, ConformanceRun run, string json, ConformanceFormat format)
    {
        switch (format)
        {
            case ConformanceFormat.Junit:
                var xml = ConformanceJUnit.Write(ConformanceJson.Read(json), run.Pool.Value);
                return Results.Text(xml, "application/xml", Encoding.UTF8);
            case ConformanceFormat.Html:
                caller.Http.Response.Headers.ContentSecurityPolicy = PagePolicy;
                var name = pools.TryFind(run.Pool, out var pool) ? pool.Name : run.Pool.Value;
                var subject = new ReportSubject($"{run.Id}", run.Pool.Value, name, run.StartedBy, run.Settings);
                return Results.Text(
                    ConformancePage.Write(ConformanceJson.Read(json), subject),
                    "text/html",
                    Encoding.UTF8
                );
            default:
                return Results.Text(json, "application/json", Encoding.UTF8);
        }
    }

    private async Task<Result<ConformanceRun>> SeenAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var run = ConformanceId.TryParse(id, out var number)
            ? await books.ReadAsync((t, c) => runs.FindAsync(t, number, c), cancellationToken)
            : null;
        return run is not null && Sees(caller.Actor, run.Pool) ? run : ConformanceRefusals.NotFound(Ids.Shown(id));
    }

    /// <summary>A provider sees its own pools only.</summary>
    private bool Sees(Actor actor, PoolId id) =>
        pools.TryFind(id, out var pool)
            ? !actor.Is(OrganisationKind.Provider) || actor.Organisation!.Code == pool.Provider
            : !actor.Is(OrganisationKind.Provider);

    private static IResult Accepted(ConformanceRun run) =>
        Results.Accepted($"/api/v1/conformance/{run.Id}", ConformanceView.Of(run));
}

/// <summary>How a conformance report is handed out.</summary>
internal enum ConformanceFormat
{
    /// <summary>The stored report itself.</summary>
    Json,

    /// <summary>JUnit XML.</summary>
    Junit,

    /// <summary>A page that holds everything it needs.</summary>
    Html,
}

/// <summary>A conformance run as the API shows it.</summary>
internal sealed record ConformanceView(
    string Id,
    string Pool,
    ConformanceState State,
    string Adapter,
    string CloudVersion,
    string Settings,
    string StartedBy,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    ConformanceProgressView Progress
)
{
    public static ConformanceView Of(ConformanceRun run) =>
        new(
            $"{run.Id}",
            run.Pool.Value,
            run.State,
            run.Adapter,
            run.CloudVersion,
            run.Settings,
            run.StartedBy,
            run.StartedAt,
            run.EndedAt,
            new(run.Done, run.Total, run.Failed, run.Check)
        );
}

/// <param name="Done">Checks that have ended.</param>
/// <param name="Total">How many there are; 0 until the run began.</param>
/// <param name="Failed">Checks that failed so far.</param>
/// <param name="Check">The check under way.</param>
internal sealed record ConformanceProgressView(int Done, int Total, int Failed, string? Check);
