using CloudManager.Api.Trust;
using CloudManager.Api.Web;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Api.Organisations;

/// <summary>Lets callers at the systems they may know of: a tenant at its own, the others at those of their region.</summary>
internal sealed class SystemDoor(IBooks books, ISystemStore systems, IOrganisationStore organisations)
{
    public static readonly OrganisationKind[] Readers =
    [
        OrganisationKind.Tenant,
        OrganisationKind.Authority,
        OrganisationKind.TechnicalDepartment,
        OrganisationKind.ServiceAgency,
    ];

    /// <summary>The system; one that the caller may not know of is not there.</summary>
    public async Task<Result<InformationSystem>> SeenAsync(
        Caller caller,
        string code,
        CancellationToken cancellationToken
    )
    {
        var query = new Query(caller.Http.Request);
        if (query.Refusal is { } refusal)
        {
            return refusal;
        }

        var (system, tenant) = await books.ReadAsync(
            async (transaction, token) =>
            {
                var found = await systems.FindAsync(transaction, code, token);
                return (found, found is null ? null : await organisations.FindAsync(transaction, found.Tenant, token));
            },
            cancellationToken
        );
        return system is null || tenant is null || !Shows(caller.Actor, tenant)
            ? new NotFound("system.notFound", ($"没有系统 {Ids.Shown(code)}", $"there is no system {Ids.Shown(code)}"))
            : system;
    }

    private static bool Shows(Actor actor, Organisation tenant) =>
        actor.Is(OrganisationKind.Tenant)
            ? actor.Organisation!.Code == tenant.Code
            : actor.SeesAllRegions || actor.Organisation?.Region == tenant.Region;
}
