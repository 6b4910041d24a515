using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Resources;

/// <summary>What changes and deregistrations may speak of (art. 20, 21).</summary>
public sealed class StandingResources(IResourceStore resources) : IStandingResources
{
    public async Task<IReadOnlyList<StandingResource>> OfSystemAsync(
        ITransaction transaction,
        (string Tenant, string System) of,
        CancellationToken cancellationToken
    )
    {
        var filter = new ResourceFilter { Tenant = of.Tenant, System = of.System };
        var all = await resources.AllAsync(transaction, filter, cancellationToken);
        return [.. all.Where(r => r.IsHeld || r.ServiceStart is not null && r.State != ResourceState.Ended).Select(Of)];
    }

    private static StandingResource Of(Resource resource) =>
        new()
        {
            Id = resource.Id.ToString(),
            Kind = resource.Kind,
            Item = resource.Item,
            Pool = resource.Pool,
            Provider = resource.Provider,
            Spec = resource.Spec,
            State = Words.Camel(resource.State),
            InService = resource.State == ResourceState.InService,
            PartOf = resource.PartOf?.ToString(),
        };
}
