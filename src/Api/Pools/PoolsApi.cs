using System.Text.Json.Serialization;
using CloudManager.Api.Catalogue;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;

namespace CloudManager.Api.Pools;

/// <summary>Resource pools (资源池, art. 14–16): seen by all, a provider's page its own; the technical department opens and closes them.</summary>
internal sealed class PoolsApi(IBooks books, IPools pools, PoolStanding standing, PoolHealth health) : IStation
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/pools", ListAsync).ByAnyone().Produces<PageView<PoolView>>();
        api.MapGet("/pools/{id}", FindAsync).ByAnyone().Produces<PoolView>();
        api.MapPost(
                "/pools/{id}/activate",
                (Caller c, string id, CancellationToken t) => SetAsync(c, id, PoolStatus.Active, t)
            )
            .By(OrganisationKind.TechnicalDepartment)
            .Produces<PoolView>();
        api.MapPost(
                "/pools/{id}/suspend",
                (Caller c, string id, CancellationToken t) => SetAsync(c, id, PoolStatus.Suspended, t)
            )
            .By(OrganisationKind.TechnicalDepartment)
            .Produces<PoolView>();
        api.MapPost("/pools/{id}/reopen", ReopenAsync)
            .By(OrganisationKind.TechnicalDepartment, OrganisationKind.Provider)
            .Produces<PoolView>();
    }

    private async Task<IResult> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var known = await books.ReadAsync(KnownAsync, cancellationToken);
        var views = await Task.WhenAll(pools.Declared.Select(p => ShowAsync(caller, p, known, cancellationToken)));
        return Results.Ok(new PageView<PoolView>(views, Next: null));
    }

    private async Task<IResult> FindAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var own = caller.Actor.Is(OrganisationKind.Provider) ? caller.Actor.Organisation!.Code : null;
        if (!pools.TryFind(new PoolId(id), out var pool) || (own is not null && own != pool.Provider))
        {
            return Answers.Refused(PoolRefusals.NotFound(new PoolId(id)));
        }

        var known = await books.ReadAsync(KnownAsync, cancellationToken);
        var offers = await books.ReadAsync((t, c) => standing.Offers.OfTodayAsync(t, pool, c), cancellationToken);
        var view = await ShowAsync(caller, pool, known, cancellationToken);
        return Results.Ok(view with { Items = ItemOfferView.Of(offers) });
    }

    private async Task<IResult> SetAsync(
        Caller caller,
        string id,
        PoolStatus status,
        CancellationToken cancellationToken
    )
    {
        var action = status == PoolStatus.Active ? "pool.activate" : "pool.suspend";
        var set = await books.ChangeAsync(
            caller.Wants(action, "pool", id.Length > 40 ? id[..40] : id),
            (transaction, token) =>
                status == PoolStatus.Active
                    ? standing.Activate.ExecuteAsync(transaction, new PoolId(id), token)
                    : standing.Set.ExecuteAsync(transaction, new PoolId(id), status, null, token),
            cancellationToken
        );
        return set.Refusal is { } refusal ? Answers.Refused(refusal) : await FindAsync(caller, id, cancellationToken);
    }

    private async Task<IResult> ReopenAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var own = caller.Actor.Is(OrganisationKind.Provider) ? caller.Actor.Organisation!.Code : null;
        var pool = new PoolId(id);
        var reopened = await books.ChangeAsync(
            caller.Wants("pool.reopen", "pool", Ids.Shown(id)),
            (transaction, _) => Task.FromResult(standing.Reopen.Execute(transaction, pool, own)),
            cancellationToken
        );
        if (reopened.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        health.Forget(pool);
        return await FindAsync(caller, id, cancellationToken);
    }

    private async Task<KnownPools> KnownAsync(ITransaction transaction, CancellationToken cancellationToken) =>
        new(
            await standing.Statuses.AllAsync(transaction, cancellationToken),
            await standing.Statuses.EvidenceAsync(transaction, cancellationToken)
        );

    private async Task<PoolView> ShowAsync(
        Caller caller,
        Pool pool,
        KnownPools known,
        CancellationToken cancellationToken
    ) =>
        new(
            pool.Id.Value,
            pool.Name,
            pool.Provider,
            pool.Region,
            pool.Kind,
            pool.Adapter,
            known.Statuses.GetValueOrDefault(pool.Id, PoolStatus.Registered),
            known.Evidence.GetValueOrDefault(pool.Id),
            [.. pools.Capabilities(pool.Id).Select(CapabilityView.Of)],
            (await health.OfAsync(pool, cancellationToken)).For(caller.Actor, pool)
        );

    private sealed record KnownPools(
        IReadOnlyDictionary<PoolId, PoolStatus> Statuses,
        IReadOnlyDictionary<PoolId, string> Evidence
    );
}

/// <summary>Where the pools stand in the books, and what changes it.</summary>
internal sealed record PoolStanding(
    IPoolStatusStore Statuses,
    ActivatePool Activate,
    SetPoolStatus Set,
    ReadOffers Offers,
    ReopenPool Reopen
);

/// <summary>
/// A resource pool as the API shows it, with the evidence it was activated on: the number of a conformance run, or
/// <c>seeded</c>; null before.
/// </summary>
internal sealed record PoolView(
    string Id,
    string Name,
    string Provider,
    string Region,
    PoolKind Kind,
    string Adapter,
    PoolStatus Status,
    string? Evidence,
    IReadOnlyList<CapabilityView> Capabilities,
    HealthView Health
)
{
    /// <summary>What of the catalogue in force can be ordered there, else why not; where the pool stands alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ItemOfferView>? Items { get; init; }
}
