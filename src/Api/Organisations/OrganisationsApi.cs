using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Api.Organisations;

/// <summary>Organisations (单位, art. 5–10): the system administrator's.</summary>
internal sealed class OrganisationsApi(
    IBooks books,
    IOrganisationStore organisations,
    RegisterOrganisation register,
    Creations creations
) : IStation
{
    private const string List = "organisations";

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/organisations", ListAsync).ByRole(Role.Sysadmin).Produces<PageView<OrganisationView>>();
        api.MapPost("/organisations", RegisterAsync)
            .ByRole(Role.Sysadmin)
            .Shows(new OrganisationView("tenant-c", "省教育厅", OrganisationKind.Tenant, "430000"))
            .Produces<OrganisationView>(StatusCodes.Status201Created);
    }

    private async Task<IResult> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(List);
        return query.Refusal is { } refusal
            ? Answers.Refused(refusal)
            : Answers.Of(
                List,
                await books.ReadAsync((t, c) => organisations.ListAsync(t, page, c), cancellationToken),
                OrganisationView.Of
            );
    }

    private Task<IResult> RegisterAsync(Caller caller, OrganisationView body, CancellationToken cancellationToken)
    {
        var wanted = new Organisation(body.Code, body.Name, body.Kind, body.Region);
        var creation = new Creation<Organisation>
        {
            Intent = caller.Wants("organisation.register", "organisation", ""),
            Body = body,
            Make = (transaction, token) => register.ExecuteAsync(transaction, wanted, token),
            IdOf = made => made.Code,
            Find = organisations.FindAsync,
        };
        return creations.RunAsync(caller, creation, OrganisationView.Of, cancellationToken);
    }
}

internal sealed record OrganisationView(string Code, string Name, OrganisationKind Kind, string Region)
{
    public static OrganisationView Of(Organisation organisation) =>
        new(organisation.Code, organisation.Name, organisation.Kind, organisation.Region);
}
