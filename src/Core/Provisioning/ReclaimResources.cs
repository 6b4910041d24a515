using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Core.Provisioning;

/// <summary>
/// Reclaims what a tenant deregisters (云资源注销, art. 21(2)): nothing is deleted before the clean-up is confirmed; then
/// parts go before wholes, what belongs to a server and is not deregistered is loosened from it and stays.
/// </summary>
public sealed class ReclaimResources(IResourceStore resources, WritePlans plans) : IReclaiming
{
    /// <summary>The tenant may back up what the order is for; no task is planned yet.</summary>
    internal Task BeginAsync(ITransaction transaction, WorkOrder order, CancellationToken cancellationToken) =>
        MoveAsync(transaction, order, ResourceState.InService, ResourceState.BackingUp, cancellationToken);

    public Task BackedUpAsync(ITransaction transaction, WorkOrder order, CancellationToken cancellationToken) =>
        MoveAsync(transaction, order, ResourceState.BackingUp, ResourceState.Cleaning, cancellationToken);

    public async Task RemoveAsync(ITransaction transaction, WorkOrder order, CancellationToken cancellationToken)
    {
        await BackedUpAsync(transaction, order, cancellationToken);
        var named = await resources.NamedByAsync(transaction, order.Lines, cancellationToken);
        var standing = named.Select(n => n.Resource).Where(r => r.State == ResourceState.Cleaning).ToList();
        var ids = standing.Select(r => r.Id).ToHashSet();
        var servers = standing.Where(r => r.Kind == ItemKind.Server).Select(r => r.Id).ToHashSet();
        var filter = new ResourceFilter { Tenant = order.Tenant, System = order.System };
        var staying = (await resources.AllAsync(transaction, filter, cancellationToken))
            .Where(r => r.PartOf is { } whole && servers.Contains(whole) && !ids.Contains(r.Id) && r.IsHeld)
            .ToList();
        var plan = plans.Begin(order);
        PlanRemoval.Of(standing, plan, [], staying);
        // The order waits for the provider's evidence and statement too.
        plan.Add(TaskKind.ByHand, null, []);
        await plans.AddAsync(transaction, plan, cleansUp: false, cancellationToken);
    }

    /// <summary>The numbers of the lines whose resource is gone.</summary>
    internal async Task<IReadOnlyList<int>> RemovedAsync(
        ITransaction transaction,
        WorkOrder order,
        CancellationToken cancellationToken
    )
    {
        var named = await resources.NamedByAsync(transaction, order.Lines, cancellationToken);
        return [.. named.Where(n => n.Resource.State == ResourceState.Reclaimed).Select(n => n.Line.No)];
    }

    /// <summary>What stays of a server that is gone belongs to nothing any more.</summary>
    internal async Task LoosenAsync(
        ITransaction transaction,
        IReadOnlyList<ProvisioningTask> tasks,
        CancellationToken cancellationToken
    )
    {
        var deleted = tasks
            .Where(t => t is { Does: TaskKind.DeleteServer, State: TaskState.Done })
            .Select(t => t.Resource);
        var loosened = tasks.Where(t => t.Does is TaskKind.DetachVolume or TaskKind.UnbindAddress);
        var gone = deleted.ToHashSet();
        foreach (var id in loosened.Select(t => t.Resource!.Value).Distinct())
        {
            var part = (await resources.FindAsync(transaction, id, cancellationToken))!;
            if (part.IsHeld && gone.Contains(part.PartOf))
            {
                await resources.SaveAsync(transaction, part with { PartOf = null }, cancellationToken);
            }
        }
    }

    private async Task MoveAsync(
        ITransaction transaction,
        WorkOrder order,
        ResourceState from,
        ResourceState to,
        CancellationToken cancellationToken
    )
    {
        foreach (var (_, resource) in await resources.NamedByAsync(transaction, order.Lines, cancellationToken))
        {
            var state = resource.State == from ? to : resource.State;
            if (state != ResourceState.Reclaimed)
            {
                var taken = resource with { State = state, WorkOrder = order.Id };
                await resources.SaveAsync(transaction, taken, cancellationToken);
            }
        }
    }
}
