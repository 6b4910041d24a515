using CloudManager.Core.Organisations;

namespace CloudManager.Api.WorkOrders;

/// <summary>
/// Whose work orders and resources a caller sees: a provider and a tenant their own, the others those of their region.
/// Null members do not bound.
/// </summary>
internal sealed record WorkScope(string? Provider, string? Tenant, string? Region)
{
    public static readonly OrganisationKind[] Readers =
    [
        OrganisationKind.Tenant,
        OrganisationKind.Provider,
        OrganisationKind.Authority,
        OrganisationKind.TechnicalDepartment,
        OrganisationKind.ServiceAgency,
    ];

    public static WorkScope Of(Actor caller) =>
        caller.Organisation switch
        {
            { Kind: OrganisationKind.Provider } own => new WorkScope(own.Code, null, null),
            { Kind: OrganisationKind.Tenant } own => new WorkScope(null, own.Code, null),
            { } own => new WorkScope(null, null, caller.SeesAllRegions ? null : own.Region),
            null => throw new InvalidOperationException($"{caller.Account} belongs to no organisation."),
        };

    public bool Shows(string provider, string tenant, string region) =>
        (Provider is null || Provider == provider)
        && (Tenant is null || Tenant == tenant)
        && (Region is null || Region == region);
}
