using CloudManager.Api.Billing;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Inventory.Takeovers;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Requests;

namespace CloudManager.Api.Inventory;

/// <summary>Taking over in bulk (纳管, art. 14): a CSV file, with a dry run that shows what it would do.</summary>
internal sealed class TakeoverImportApi(IBooks books, ImportTakeovers import) : IStation
{
    public void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/takeovers/import", ImportAsync)
            .By(OrganisationKind.TechnicalDepartment)
            .Accepts<string>(CsvBody.MediaType)
            .Produces<ImportView>();

    private async Task<IResult> ImportAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var isDryRun = query.Flag("dryRun") == true;
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var text = await CsvBody.ReadAsync(caller.Http.Request, cancellationToken);
        if (text.Refusal is { } unreadable)
        {
            return Answers.Refused(unreadable);
        }

        if (isDryRun)
        {
            var examined = await books.ReadAsync(
                (t, token) => import.ExamineAsync(t, caller.Actor, text.Value, token),
                cancellationToken
            );
            return Answers.Of(examined, ImportView.Of);
        }

        var done = await books.ChangeAsync(
            caller.Wants("takeover.import", "request", ""),
            (t, token) => import.ExecuteAsync(t, caller.Actor, text.Value, token),
            cancellationToken
        );
        return Answers.Of(done, ImportView.Of);
    }
}

/// <param name="DryRun">Whether nothing was written.</param>
/// <param name="Rows">What each row would do; empty once it is done.</param>
/// <param name="Faults">Everything that is wrong, by line.</param>
/// <param name="Requests">The requests that were made, one per system.</param>
internal sealed record ImportView(
    bool DryRun,
    IReadOnlyList<ImportRowView> Rows,
    IReadOnlyList<ProblemField> Faults,
    IReadOnlyList<string> Requests
)
{
    public static ImportView Of(ExaminedFile file) =>
        new(DryRun: true, [.. file.Rows.Select(ImportRowView.Of)], [.. file.Faults.Select(ProblemField.Of)], []);

    public static ImportView Of(IReadOnlyList<ServiceRequest> requests) =>
        new(DryRun: false, [], [], [.. requests.Select(r => r.Id.ToString())]);
}

/// <param name="Line">The line it begins on.</param>
/// <param name="Pool">Where the server is.</param>
/// <param name="NativeId">The cloud's identifier of the server.</param>
/// <param name="System">The system it is for.</param>
/// <param name="Item">The catalogue item of the server.</param>
/// <param name="Paper">The paper that proves it.</param>
/// <param name="Taken">The server and what comes with it; empty if the row has faults.</param>
/// <param name="MonthlyPrice">Yuan for a whole month at today's contract prices; null if the row has faults.</param>
/// <param name="Faults">What is wrong with the row.</param>
internal sealed record ImportRowView(
    int Line,
    string Pool,
    string NativeId,
    string System,
    string Item,
    string Paper,
    IReadOnlyList<TakenView> Taken,
    string? MonthlyPrice,
    IReadOnlyList<ProblemField> Faults
)
{
    public static ImportRowView Of(ExaminedRow row) =>
        new(
            row.Row.Line,
            row.Row.Server.Pool.Value,
            row.Row.Server.NativeId.Value,
            row.Row.System,
            row.Row.Server.Item,
            row.Row.Paper,
            [.. row.Plan?.All.Select(TakenView.Of) ?? []],
            row.Plan is { } plan ? Yuan.Amount(plan.All.Sum(t => t.MonthlyPrice)) : null,
            [.. row.Faults.Select(ProblemField.Of)]
        );
}

/// <param name="Kind">The kind of thing.</param>
/// <param name="NativeId">The cloud's identifier.</param>
/// <param name="Name">Its name in the cloud.</param>
/// <param name="Item">The catalogue item it is charged as.</param>
/// <param name="Spec">The size it is charged at.</param>
/// <param name="MonthlyPrice">Yuan for a whole month.</param>
internal sealed record TakenView(
    ItemKind Kind,
    string NativeId,
    string Name,
    string Item,
    Spec Spec,
    string MonthlyPrice
)
{
    public static TakenView Of(TakenThing taken) =>
        new(
            taken.Thing.Kind,
            taken.Thing.Id.Value,
            taken.Thing.Name,
            taken.Item,
            taken.Spec,
            Yuan.Amount(taken.MonthlyPrice)
        );
}
