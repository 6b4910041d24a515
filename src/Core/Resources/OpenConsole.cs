using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Resources;

/// <summary>
/// Opens the screen of a tenant's own server (控制台, art. 36): nobody else looks at it without the tenant's grant.
/// </summary>
public sealed class OpenConsole(IPools pools)
{
    /// <summary>A short-lived address of the server's screen. It lets whoever has it in, so nothing may keep it.</summary>
    public async Task<Result<Uri>> ExecuteAsync(Actor by, Resource resource, CancellationToken cancellationToken)
    {
        if (by.Organisation?.Code != resource.Tenant)
        {
            return ConsoleRefusals.NoGrant(resource);
        }

        if (resource.Kind != ItemKind.Server)
        {
            return ConsoleRefusals.NoServer(resource);
        }

        if (
            resource is not { NativeId: { } server }
            || resource.State is not (ResourceState.Testing or ResourceState.Delivered or ResourceState.InService)
        )
        {
            return ConsoleRefusals.WrongState(resource);
        }

        try
        {
            var cloud = pools.Open(resource.Pool);
            return cloud.Console is { } console
                ? await console.OpenAsync(server, cancellationToken)
                : ConsoleRefusals.NotOffered(resource, Reason(resource.Pool));
        }
        catch (AdapterException failure)
        {
            return ConsoleRefusals.NotOpened(resource, failure);
        }
    }

    private string? Reason(PoolId pool) => pools.Capabilities(pool).FirstOrDefault(c => c.Name == "console")?.Reason;
}
