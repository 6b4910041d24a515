using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Api.Organisations;

/// <summary>Information systems (政务信息系统, art. 3, 4): a tenant's own; those who decide see all.</summary>
internal sealed class SystemsApi(IBooks books, ISystemStore systems, RegisterSystem register, Creations creations)
    : IStation
{
    private const string List = "systems";

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/systems", ListAsync)
            .By(
                OrganisationKind.Tenant,
                OrganisationKind.Authority,
                OrganisationKind.TechnicalDepartment,
                OrganisationKind.ServiceAgency
            )
            .Produces<PageView<SystemView>>();
        api.MapPost("/systems", RegisterAsync)
            .By(OrganisationKind.Tenant)
            .Shows(new SystemBody("a-payroll", "工资统发系统", 2, false))
            .Produces<SystemView>(StatusCodes.Status201Created);
    }

    private async Task<IResult> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var query = new Query(caller.Http.Request);
        var page = query.Page(List);
        if (query.Refusal is { } refusal)
        {
            return Answers.Refused(refusal);
        }

        var tenant = caller.Actor.Is(OrganisationKind.Tenant) ? caller.Actor.Organisation!.Code : null;
        var found = await books.ReadAsync((t, c) => systems.ListAsync(t, tenant, page, c), cancellationToken);
        return Answers.Of(List, found, SystemView.Of);
    }

    private Task<IResult> RegisterAsync(Caller caller, SystemBody body, CancellationToken cancellationToken)
    {
        var wanted = new InformationSystem
        {
            Code = body.Code,
            Name = body.Name,
            Tenant = caller.Actor.Organisation!.Code,
            ProtectionLevel = body.ProtectionLevel,
            Hosting = body.Hosting,
            Plan = body.Plan,
            Environment = body.Environment,
        };
        var creation = new Creation<InformationSystem>
        {
            Intent = caller.Wants("system.register", "system", ""),
            Body = body,
            Make = (transaction, token) => register.ExecuteAsync(transaction, wanted, body.Classified, token),
            IdOf = made => made.Code,
            Find = systems.FindAsync,
        };
        return creations.RunAsync(caller, creation, SystemView.Of, cancellationToken);
    }
}

internal sealed record SystemBody(
    string Code,
    string Name,
    int ProtectionLevel,
    bool Classified,
    Hosting Hosting = Hosting.Cloud,
    string? Plan = null,
    SystemEnvironment Environment = SystemEnvironment.Production
);

internal sealed record SystemView(
    string Code,
    string Name,
    string Tenant,
    int ProtectionLevel,
    bool Classified,
    Hosting Hosting,
    string? Plan,
    SystemEnvironment Environment
)
{
    /// <summary>A classified system is never registered (art. 3).</summary>
    public static SystemView Of(InformationSystem system) =>
        new(
            system.Code,
            system.Name,
            system.Tenant,
            system.ProtectionLevel,
            Classified: false,
            system.Hosting,
            system.Plan,
            system.Environment
        );
}
