using CloudManager.Api.Resources;
using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Api.WorkOrders;
using CloudManager.Core.Forecasts;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;

namespace CloudManager.Api.Forecasts;

/// <summary>When disks fill and pools run out (预测, art. 16, 22): a tenant its own disks, a provider its pools.</summary>
internal sealed class ForecastsApi(
    IBooks books,
    IResourceStore resources,
    IPools pools,
    ReadDiskForecasts disks,
    ReadPoolForecasts readPools
) : IStation
{
    private const string List = "forecasts";

    /// <summary>A tenant is not told how full the pools are.</summary>
    private static readonly OrganisationKind[] PoolReaders =
    [
        OrganisationKind.Provider,
        OrganisationKind.Authority,
        OrganisationKind.TechnicalDepartment,
        OrganisationKind.ServiceAgency,
    ];

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/forecasts", ListAsync).By(WorkScope.Readers).Produces<PageView<ForecastRowView>>();
        api.MapGet("/resources/{id}/forecast", OfResourceAsync).By(WorkScope.Readers).Produces<ResourceForecastView>();
        api.MapGet("/pools/{id}/forecast", OfPoolAsync).By(PoolReaders).Produces<PoolForecastView>();
    }

    private async Task<IResult> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(List);
        var (of, before) = (query.Word<ForecastOf>("of"), query.Day("before"));
        if (!query.Has("of"))
        {
            query.Fault("of", null, ("disk 或 pool", "disk or pool"));
        }

        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        return of == ForecastOf.Disk
            ? await DisksAsync(caller.Actor, before, page, cancellationToken)
            : Answers.Of(List, await PoolsAsync(caller.Actor, before, page, cancellationToken), row => row);
    }

    private async Task<IResult> DisksAsync(
        Actor actor,
        DateOnly? before,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var scope = WorkScope.Of(actor);
        var today = disks.Today;
        var asked = new ServiceScope(today.AddDays(-1), today)
        {
            Tenant = scope.Tenant,
            Provider = scope.Provider,
            Region = scope.Region,
        };
        return Answers.Of(List, await disks.PageAsync(new(asked, before), page, cancellationToken), ForecastRowView.Of);
    }

    /// <summary>Pools are few: all that the caller may know of, in order of id.</summary>
    private async Task<Page<ForecastRowView>> PoolsAsync(
        Actor actor,
        DateOnly? before,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<ForecastRowView>();
        foreach (
            var pool in pools.Declared.Where(p => Shows(actor, p)).OrderBy(p => p.Id.Value, StringComparer.Ordinal)
        )
        {
            var forecast = await readPools.OfAsync(pool, cancellationToken);
            rows.AddRange(
                forecast
                    .Parts.Where(p =>
                        before is null ? p.Forecast.Points.Count > 0 : p.Forecast.Crossings.Any(c => c.Day < before)
                    )
                    .Select(p => ForecastRowView.Of(pool, p))
            );
        }

        var rest = rows.Where(r => page.After is null || string.CompareOrdinal(r.Key, page.After) > 0).ToList();
        return rest.Count <= page.Limit ? new(rest, null) : new(rest[..page.Limit], rest[page.Limit - 1].Key);
    }

    private async Task<IResult> OfResourceAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var found = await ResourcesApi.SeenAsync(books, resources, (caller, id), cancellationToken);
        if ((query.Refusal ?? found.Refusal) is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var forecast = (await disks.OfAsync([found.Value], cancellationToken))[0].Forecast;
        return Results.Ok(new ResourceForecastView(found.Value.Id.ToString(), "disk", ForecastView.Of(forecast)));
    }

    private async Task<IResult> OfPoolAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        if (!pools.TryFind(new PoolId(id), out var pool) || !Shows(caller.Actor, pool))
        {
            return Answers.Refused(
                new NotFound("pool.notFound", ($"没有资源池 {Ids.Shown(id)}", $"there is no pool {Ids.Shown(id)}"))
            );
        }

        return Results.Ok(PoolForecastView.Of(await readPools.OfAsync(pool, cancellationToken)));
    }

    private static bool Shows(Actor actor, Pool pool)
    {
        var scope = WorkScope.Of(actor);
        return scope.Tenant is null && scope.Shows(pool.Provider, "", pool.Region);
    }
}

/// <summary>What is forecast.</summary>
internal enum ForecastOf
{
    /// <summary>The disks of servers.</summary>
    Disk,

    /// <summary>Cores, memory and storage of pools.</summary>
    Pool,
}
