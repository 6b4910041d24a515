using CloudManager.Adapters.Sdk;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Api.WorkOrders;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Inventory;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;

namespace CloudManager.Api.Inventory;

/// <summary>
/// Inventories (资源盘点, art. 14): what a pool holds and what of it is in the books, and the runs that looked. For those
/// who watch over pools and for the pool's own provider.
/// </summary>
internal sealed class InventoryApi(IBooks books, IPools pools, InventoryDesk desk, AcceptShrink accept) : IStation
{
    private const string List = "inventory";
    private const string RunList = "inventoryRuns";

    private static readonly OrganisationKind[] Readers =
    [
        OrganisationKind.Provider,
        OrganisationKind.Authority,
        OrganisationKind.TechnicalDepartment,
        OrganisationKind.ServiceAgency,
    ];

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/pools/{id}/inventory", ListAsync).By(Readers).Produces<PageView<InventoryView>>();
        api.MapGet("/pools/{id}/inventory/runs", RunsAsync).By(Readers).Produces<PageView<RunView>>();
        api.MapPost("/pools/{id}/inventory/runs/{run}/accept", AcceptAsync)
            .By(OrganisationKind.TechnicalDepartment)
            .Shows(new AcceptBody("机房搬迁，资源确已清退"))
            .Produces<RunView>();
    }

    private async Task<IResult> ListAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(List);
        var filter = new InventoryFilter(new(id), query.Word<ItemKind>("kind"), query.Flag("known"));
        if ((query.Refusal ?? Seen(pools, caller, id).Refusal) is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var found = await books.ReadAsync((t, c) => desk.Things.ListAsync(t, filter, page, c), cancellationToken);
        return Answers.Of(List, found, InventoryView.Of);
    }

    private async Task<IResult> RunsAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(RunList);
        if ((query.Refusal ?? Seen(pools, caller, id).Refusal) is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var found = await books.ReadAsync((t, c) => desk.Runs.ListAsync(t, new PoolId(id), page, c), cancellationToken);
        return Answers.Of(RunList, found, RunView.Of);
    }

    private async Task<IResult> AcceptAsync(
        Caller caller,
        string id,
        string run,
        AcceptBody body,
        CancellationToken cancellationToken
    )
    {
        var number = NumberedId.TryParse(RunId.Prefix, run, out var known) ? known : 0;
        var done = await books.ChangeAsync(
            caller.Wants("inventory.acceptShrink", "inventoryRun", Ids.Shown(run)),
            async (transaction, token) =>
                Seen(pools, caller, id) is { IsDone: true, Value: var pool }
                    ? await accept.ExecuteAsync(
                        transaction,
                        caller.Actor,
                        (pool, new RunId(number), body.Opinion),
                        token
                    )
                    : PoolRefusals.NotFound(new PoolId(Ids.Shown(id))),
            cancellationToken
        );
        return Answers.Of(done, RunView.Of);
    }

    /// <summary>The pool, if the caller may look into it.</summary>
    internal static Result<Pool> Seen(IPools pools, Caller caller, string id)
    {
        var scope = WorkScope.Of(caller.Actor);
        return
            pools.TryFind(new PoolId(id), out var pool)
            && (scope.Provider is null || scope.Provider == pool.Provider)
            && (scope.Region is null || scope.Region == pool.Region)
            ? pool
            : PoolRefusals.NotFound(new PoolId(Ids.Shown(id)));
    }
}

/// <param name="Opinion">Why the pool is really so much smaller.</param>
internal sealed record AcceptBody(string? Opinion = null);

/// <summary>
/// A thing in a pool as listings show it; known where the books hold it as a resource, or as made for the upper
/// installation that client names.
/// </summary>
internal sealed record InventoryView(
    ItemKind Kind,
    string NativeId,
    string Name,
    CloudState State,
    bool Known,
    string? Resource,
    string? Client,
    int? Vcpus,
    int? MemoryGiB,
    int? SizeGiB,
    int? BandwidthMbps,
    string? Type,
    IReadOnlyList<string> Addresses,
    string? AttachedTo,
    string? Key,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen
)
{
    public static InventoryView Of(InventoryEntry entry) =>
        new(
            entry.Thing.Kind,
            entry.Thing.Id.Value,
            entry.Thing.Name,
            entry.Thing.State,
            entry.Resource is not null || entry.Client is not null,
            entry.Resource?.ToString(),
            entry.Client,
            entry.Thing.Vcpus,
            entry.Thing.MemoryGiB,
            entry.Thing.SizeGiB,
            entry.Thing.BandwidthMbps,
            entry.Thing.Type,
            entry.Thing.Addresses,
            entry.Thing.AttachedTo?.Value,
            entry.Thing.Key,
            entry.FirstSeen,
            entry.LastSeen
        );
}

/// <summary>A run: what it listed, what was missing though nobody removed it, why it does not count, who accepted it.</summary>
internal sealed record RunView(
    string Id,
    string Pool,
    RunMode Mode,
    RunOutcome Outcome,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    int Servers,
    int Volumes,
    int Networks,
    int Addresses,
    int Missing,
    int Opened,
    int Closed,
    Bilingual? Reason,
    AcceptanceView? Accepted
)
{
    public static RunView Of(InventoryRun run) =>
        new(
            run.Id.ToString(),
            run.Pool.Value,
            run.Mode,
            run.Outcome,
            run.StartedAt,
            run.EndedAt,
            run.Counts.Servers,
            run.Counts.Volumes,
            run.Counts.Networks,
            run.Counts.Addresses,
            run.Missing,
            run.Findings.Opened,
            run.Findings.Closed,
            run.Reason,
            run.Accepted is { } accepted ? new(accepted.By, accepted.At, accepted.Opinion) : null
        );
}

/// <param name="By">The account.</param>
/// <param name="At">When.</param>
/// <param name="Opinion">Why.</param>
internal sealed record AcceptanceView(string By, DateTimeOffset At, string Opinion);
