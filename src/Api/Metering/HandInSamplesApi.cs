using System.Text.Json.Serialization;
using CloudManager.Api.Inventory;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Metering;
using CloudManager.Core.Metering.Handed;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;

namespace CloudManager.Api.Metering;

/// <summary>
/// Samples by hand (采样, art. 22): what a pool's people measured where its cloud measures nothing, as CSV with a dry run; by
/// the pool's own provider or the technical department.
/// </summary>
internal sealed class HandInSamplesApi(IPools pools, HandInSamples handIn) : IStation
{
    public void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/pools/{id}/samples", HandInAsync)
            .By(OrganisationKind.Provider, OrganisationKind.TechnicalDepartment)
            .Accepts<string>(CsvBody.MediaType)
            .TakesFiles()
            .Produces<SamplesInView>();

    private async Task<IResult> HandInAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var isDryRun = query.Flag("dryRun") == true;
        var pool = InventoryApi.Seen(pools, caller, id);
        if ((query.Refusal ?? pool.Refusal) is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var text = await CsvBody.ReadAsync(caller.Http.Request, cancellationToken);
        if (text.Refusal is { } unreadable)
        {
            return Answers.Refused(unreadable);
        }

        var intent = caller.Wants("samples.handIn", "pool", pool.Value.Id.Value);
        var done = await handIn.ExecuteAsync(pool.Value, text.Value, isDryRun, intent, cancellationToken);
        return Answers.Of(done, d => SamplesInView.Of(d, isDryRun));
    }
}

/// <param name="DryRun">Whether nothing was written.</param>
/// <param name="Rows">How many rows the file has.</param>
/// <param name="Taken">How many are new.</param>
/// <param name="Known">How many were known already, hold no value, or are of a time before their server was ordered.</param>
/// <param name="SetAsideCount">How many values or rows were not taken.</param>
/// <param name="SetAside">The first hundred of them, by line.</param>
/// <param name="Faults">What could not be read, by line.</param>
internal sealed record SamplesInView(
    bool DryRun,
    int Rows,
    int Taken,
    int Known,
    int SetAsideCount,
    IReadOnlyList<LeftLineView> SetAside,
    IReadOnlyList<ProblemField> Faults
)
{
    private const int MostShown = 100;

    public static SamplesInView Of(SamplesIn done, bool isDryRun) =>
        new(
            isDryRun,
            done.Rows,
            done.Taken,
            done.Known,
            done.SetAside.Count,
            [.. done.SetAside.Take(MostShown).Select(LeftLineView.Of)],
            [.. done.Faults.Select(ProblemField.Of)]
        );
}

/// <param name="Line">Where it stands.</param>
/// <param name="Server">The identifier.</param>
/// <param name="Metric">Which value; absent for the whole row.</param>
/// <param name="Reason">Why it was not taken.</param>
internal sealed record LeftLineView(
    int Line,
    string Server,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Metric? Metric,
    SetAsideReason Reason
)
{
    public static LeftLineView Of(LeftLine left) =>
        new(left.Line, left.Value.Server, left.Value.Metric, left.Value.Reason);
}
