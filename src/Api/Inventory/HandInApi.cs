using System.Text.Json;
using System.Text.Json.Serialization;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Inventory.Handed;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;

namespace CloudManager.Api.Inventory;

/// <summary>
/// Inventories by hand (资源盘点, art. 14): what exists in a pool whose cloud lists nothing, as CSV or JSON, with a dry run;
/// by the pool's own provider or the technical department.
/// </summary>
internal sealed class HandInApi(IPools pools, HandInInventory handIn) : IStation
{
    private static readonly JsonSerializerOptions Json = JsonRules.Create();

    public void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/pools/{id}/inventory", HandInAsync)
            .By(OrganisationKind.Provider, OrganisationKind.TechnicalDepartment)
            .Accepts<HandedBody>("application/json", CsvBody.MediaType)
            .TakesFiles()
            .Produces<HandedInView>();

    private async Task<IResult> HandInAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var (isDryRun, day) = (query.Flag("dryRun") == true, query.Day("day"));
        var pool = InventoryApi.Seen(pools, caller, id);
        if ((query.Refusal ?? pool.Refusal) is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var check = new Check();
        var rows = await RowsAsync(caller.Http.Request, check, cancellationToken);
        if (rows.Refusal is { } unreadable)
        {
            return Answers.Refused(unreadable);
        }

        var done = await handIn.ExecuteAsync(
            pool.Value,
            new HandedList(day, rows.Value, isDryRun),
            check,
            caller.Wants("inventory.handIn", "pool", pool.Value.Id.Value),
            cancellationToken
        );
        return Answers.Of(done, d => HandedInView.Of(d, isDryRun));
    }

    private static async Task<Result<IReadOnlyList<HandedRow>>> RowsAsync(
        HttpRequest request,
        Check check,
        CancellationToken cancellationToken
    )
    {
        if (!request.HasJsonContentType())
        {
            var text = await CsvBody.ReadAsync(request, cancellationToken);
            return text.Refusal is { } refusal ? refusal : Result.Of(HandedFile.Read(text.Value, check));
        }

        try
        {
            var body = await JsonSerializer.DeserializeAsync<HandedBody>(request.Body, Json, cancellationToken);
            return Result.Of<IReadOnlyList<HandedRow>>([.. body?.Items.Select((item, i) => item.Read(i)) ?? []]);
        }
        catch (JsonException fault)
        {
            throw new BadHttpRequestException("the body", StatusCodes.Status400BadRequest, fault);
        }
    }
}

/// <param name="Items">Everything that exists.</param>
internal sealed record HandedBody(IReadOnlyList<HandedItemBody> Items);

/// <summary>One thing that exists in a pool.</summary>
/// <param name="Kind">server, volume, network or publicAddress.</param>
/// <param name="NativeId">The provider's identifier.</param>
/// <param name="Name">Its name there; absent: names are not compared.</param>
/// <param name="State">active, stopped or error; absent: active.</param>
/// <param name="Vcpus">A server's cores.</param>
/// <param name="MemoryGiB">A server's memory.</param>
/// <param name="SizeGiB">A volume's size.</param>
/// <param name="BandwidthMbps">A public address's bandwidth.</param>
/// <param name="Addresses">A server's addresses, a public address's own, a network's range.</param>
/// <param name="AttachedTo">The server it is attached or bound to.</param>
/// <param name="Type">A volume's type.</param>
internal sealed record HandedItemBody(
    string Kind,
    string NativeId,
    string? Name = null,
    string? State = null,
    int? Vcpus = null,
    int? MemoryGiB = null,
    int? SizeGiB = null,
    int? BandwidthMbps = null,
    IReadOnlyList<string>? Addresses = null,
    string? AttachedTo = null,
    string? Type = null
)
{
    public HandedRow Read(int index) =>
        new()
        {
            Path = $"items[{index}]",
            Kind = Kind,
            NativeId = NativeId,
            Name = Name,
            State = State,
            Vcpus = Vcpus,
            MemoryGiB = MemoryGiB,
            SizeGiB = SizeGiB,
            BandwidthMbps = BandwidthMbps,
            Addresses = Addresses ?? [],
            AttachedTo = AttachedTo,
            Type = Type,
        };
}

/// <param name="DryRun">Whether nothing was written.</param>
/// <param name="Rows">How many things the list holds.</param>
/// <param name="Run">The run that held it against the books; absent in a dry run.</param>
/// <param name="Faults">What is wrong with it, by row.</param>
internal sealed record HandedInView(
    bool DryRun,
    int Rows,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RunView? Run,
    IReadOnlyList<ProblemField> Faults
)
{
    public static HandedInView Of(HandedIn done, bool isDryRun) =>
        new(
            isDryRun,
            done.Rows,
            done.Run is { } run ? RunView.Of(run) : null,
            [.. done.Faults.Select(ProblemField.Of)]
        );
}
