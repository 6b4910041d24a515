using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;

namespace CloudManager.Api.Catalogue;

/// <summary>The service catalogue (服务目录, art. 11), read by all.</summary>
internal sealed class CatalogueApi(IBooks books, CatalogueDesk catalogue, TimeProvider businessTime) : IStation
{
    public void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/catalogue/items", ItemsAsync).ByAnyone().Produces<EditionView>();

    private async Task<IResult> ItemsAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var code = query.Text("edition");
        var day = query.Day("day") ?? businessTime.Today();
        var pool = Asked(query);
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var view = await books.ReadAsync((t, token) => ViewAsync(t, (code, day), pool, token), cancellationToken);
        return view is null
            ? Answers.Refused(
                new NotFound("catalogue.notFound", ("没有此目录版本", "there is no such edition, or none in force"))
            )
            : Results.Ok(view);
    }

    private Pool? Asked(Query query)
    {
        if (query.Text("pool") is not { } id)
        {
            return null;
        }

        if (!catalogue.Pools.TryFind(new PoolId(id), out var pool))
        {
            var all = string.Join(", ", catalogue.Pools.Declared.Select(p => p.Id.Value));
            query.Fault("pool", id, ("已登记的资源池", $"one of {all}"));
        }

        return pool;
    }

    private async Task<EditionView?> ViewAsync(
        ITransaction transaction,
        (string? Code, DateOnly Day) asked,
        Pool? pool,
        CancellationToken cancellationToken
    )
    {
        var edition = asked.Code is null
            ? await catalogue.Editions.InForceAsync(transaction, asked.Day, cancellationToken)
            : await catalogue.Editions.FindAsync(transaction, asked.Code, cancellationToken);
        if (edition is null)
        {
            return null;
        }

        var live = await catalogue.Contracts.LiveAsync(transaction, asked.Day, cancellationToken);
        var offers = pool is null
            ? null
            : await catalogue.Offers.OfEditionAsync(transaction, (edition, live), pool, cancellationToken);
        return EditionView.Of(edition, live, offers);
    }
}

/// <summary>What the catalogue is read from, and what of it the pools offer.</summary>
internal sealed record CatalogueDesk(
    ICatalogueStore Editions,
    IContractStore Contracts,
    IPools Pools,
    ReadOffers Offers
);

/// <summary>Catalogue editions (目录版本, art. 11), published by the authority.</summary>
internal sealed class EditionsApi(ICatalogueStore catalogue, PublishEdition publish, Creations creations) : IStation
{
    private static readonly EditionBody Sample = new(
        "2027",
        new DateOnly(2027, 1, 1),
        [
            new ItemBody(
                "ecs-general",
                "通用型云服务器",
                "General server",
                "compute",
                ItemKind.Server,
                [new ComponentBody("vcpu", "元/核/月", "45.0000")]
            ),
        ]
    );

    public void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/catalogue/editions", PublishAsync)
            .By(OrganisationKind.Authority)
            .Shows(Sample)
            .Produces<EditionView>(StatusCodes.Status201Created);

    private Task<IResult> PublishAsync(Caller caller, EditionBody body, CancellationToken cancellationToken)
    {
        var check = new Check();
        var wanted = body.Read(check);
        var creation = new Creation<CatalogueEdition>
        {
            Intent = caller.Wants("catalogue.publish", "catalogue", ""),
            Body = body,
            Make = async (transaction, token) =>
                check.IsClean ? await publish.ExecuteAsync(transaction, wanted, token) : check.Refusal(),
            IdOf = made => made.Code,
            Find = catalogue.FindAsync,
        };
        return creations.RunAsync(caller, creation, made => EditionView.Of(made, []), cancellationToken);
    }
}

/// <summary>Provider contracts (采购合同, art. 12, 13): recorded by the technical department.</summary>
internal sealed class ContractsApi(
    IContractStore contracts,
    IOrganisationStore organisations,
    SignContract sign,
    Creations creations,
    TimeProvider businessTime
) : IStation
{
    private static readonly ContractBody Sample = new(
        "XZY-2026-C",
        "provider-a",
        new DateOnly(2026, 1, 1),
        new DateOnly(2029, 1, 1),
        [new PriceBody("ecs-general", "vcpu", "39.6675")]
    );

    public void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/contracts", SignAsync)
            .By(OrganisationKind.TechnicalDepartment, OrganisationKind.Authority)
            .Shows(Sample)
            .Produces<ContractView>(StatusCodes.Status201Created);

    private Task<IResult> SignAsync(Caller caller, ContractBody body, CancellationToken cancellationToken)
    {
        var creation = new Creation<Contract>
        {
            Intent = caller.Wants("contract.sign", "contract", ""),
            Body = body,
            Make = (transaction, token) => MakeAsync(transaction, body, token),
            IdOf = made => made.Number,
            Find = contracts.FindAsync,
        };
        return creations.RunAsync(caller, creation, ContractView.Of, cancellationToken);
    }

    private async Task<Result<Contract>> MakeAsync(
        ITransaction transaction,
        ContractBody body,
        CancellationToken cancellationToken
    )
    {
        var check = new Check();
        var wanted = body.Read(check);
        var provider = await organisations.FindAsync(transaction, body.Provider, cancellationToken);
        if (provider is not { Kind: OrganisationKind.Provider })
        {
            check.Fault(
                "provider",
                body.Provider,
                ("已登记云服务商的代码", "the code of a registered provider"),
                "organisation.notFound"
            );
        }

        return check.IsClean
            ? await sign.ExecuteAsync(transaction, wanted, businessTime.Today(), cancellationToken)
            : check.Refusal();
    }
}
