using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Core.Provisioning;

/// <summary>
/// Plans what change orders (变更工单, art. 20) do to resources in service, and what brings them back: a line that failed
/// keeps its size. The books follow the cloud, the bill follows the confirmation.
/// </summary>
public sealed class ChangeResources(IResourceStore resources, IPools pools)
{
    /// <summary>Takes the resources of the lines into the order and plans their new sizes.</summary>
    /// <returns>The resources by number with the last task that works on each, and those that are to be removed.</returns>
    internal async Task<ChangePlan> StartAsync(
        ITransaction transaction,
        WorkOrder order,
        Plan plan,
        CancellationToken cancellationToken
    )
    {
        var resize = ResizeOf(order.Pool, plan);
        var units = new Dictionary<string, PlanDelivery.Unit>();
        var removed = new List<Resource>();
        foreach (var (line, resource) in await resources.NamedByAsync(transaction, order.Lines, cancellationToken))
        {
            if (resource.State == ResourceState.Reclaimed)
            {
                continue;
            }

            var taken = resource with { State = ResourceState.Changing, WorkOrder = order.Id };
            await resources.SaveAsync(transaction, taken, cancellationToken);
            if (line.Remove)
            {
                removed.Add(taken);
            }
            else
            {
                units[line.Resource!] = new(taken, resize.Add(taken, line.Spec, runs: true));
            }
        }

        var wholes = order.Lines.Where(l => l.To is not null && !units.ContainsKey(l.To)).Select(l => l.To!).Distinct();
        var named = wholes.Select((w, i) => order.Lines[0] with { No = -1 - i, Resource = w });
        foreach (var (line, resource) in await resources.NamedByAsync(transaction, named, cancellationToken))
        {
            units[line.Resource!] = new(resource, null);
        }

        return new ChangePlan(units, removed);
    }

    /// <summary>Plans what brings the resources of lines that did not come through back to what they were.</summary>
    internal async Task UndoAsync(
        ITransaction transaction,
        WorkOrder order,
        IReadOnlyList<ProvisioningTask> tasks,
        Plan plan,
        CancellationToken cancellationToken
    )
    {
        var resize = ResizeOf(order.Pool, plan);
        var broken = order.Lines.Where(l => order.Kind == WorkOrderKind.Change && l.Resource is not null);
        foreach (var (line, resource) in await resources.NamedByAsync(transaction, broken, cancellationToken))
        {
            var own = tasks.Where(t => t.Resource == resource.Id && !t.CleansUp).ToList();
            if (own.TrueForAll(t => t.State == TaskState.Done))
            {
                continue;
            }

            if (
                own.Exists(t => t is { Kind: TaskKind.UnbindAddress, State: TaskState.Done })
                && resource.PartOf is not null
            )
            {
                plan.Add(TaskKind.BindAddress, resource, []);
            }

            if (own.Exists(t => t.CalledAt is not null && t.Kind is TaskKind.ResizeServer or TaskKind.ConfirmResize))
            {
                resize.Revert(resource, line.Was!);
            }
            else if (own.Exists(t => t is { Kind: TaskKind.StopServer, CalledAt: not null }))
            {
                plan.Add(TaskKind.StartServer, resource, []);
            }
            else if (own.Exists(t => t is { Kind: TaskKind.SetBandwidth, CalledAt: not null }))
            {
                plan.Add(TaskKind.SetBandwidth, resource, [], line.Was!.Alone);
            }
        }
    }

    /// <summary>Gives resources back to their tenant as they are; says what must be undone before, and what cannot be.</summary>
    internal async Task<Released> ReleaseAsync(
        ITransaction transaction,
        IReadOnlyList<RequestLine> lines,
        CancellationToken cancellationToken
    )
    {
        var (undo, stays) = (new List<RequestLine>(), new List<RequestLine>());
        foreach (var (line, resource) in await resources.NamedByAsync(transaction, lines, cancellationToken))
        {
            if (resource.State == ResourceState.Reclaimed)
            {
                stays.Add(line);
                continue;
            }

            var differs = !line.Remove && line.Was is { } was && resource.Spec.Alone != was.Alone;
            if (differs && resource.State == ResourceState.Changing && resource.Kind != ItemKind.Volume)
            {
                undo.Add(line with { Spec = line.Was!, Was = line.Spec });
                continue;
            }

            if (differs && resource.State == ResourceState.Changing)
            {
                stays.Add(line);
            }

            await BackAsync(transaction, resource, cancellationToken);
        }

        return new Released(undo, stays);
    }

    /// <summary>What an order of another kind than a change had to bring back is in service again, however it ended.</summary>
    internal async Task SettleAsync(ITransaction transaction, WorkOrder order, CancellationToken cancellationToken)
    {
        var undone = order.Lines.Where(l =>
            order.Kind == WorkOrderKind.Reclaim && l is { Resource: not null, Remove: false }
        );
        foreach (var (_, resource) in await resources.NamedByAsync(transaction, undone, cancellationToken))
        {
            await BackAsync(transaction, resource, cancellationToken);
        }
    }

    private async Task BackAsync(ITransaction transaction, Resource resource, CancellationToken cancellationToken)
    {
        if (resource.State is ResourceState.Changing or ResourceState.BackingUp or ResourceState.Cleaning)
        {
            var back = resource with { State = ResourceState.InService };
            await resources.SaveAsync(transaction, back, cancellationToken);
        }
    }

    internal PlanResize ResizeOf(PoolId pool, Plan plan) => new(plan, NeedsStop(pool));

    /// <summary>A pool that cannot be opened now says nothing of its habits; its tasks will wait or say why.</summary>
    private bool NeedsStop(PoolId pool)
    {
        try
        {
            return pools.Open(pool).Info.Limits.ResizeNeedsStop;
        }
        catch (AdapterException)
        {
            return false;
        }
    }
}

/// <summary>What an order does to resources in service.</summary>
/// <param name="Units">By number, with the last task that works on each.</param>
/// <param name="Removed">What is removed once all else is done.</param>
internal sealed record ChangePlan(
    IReadOnlyDictionary<string, PlanDelivery.Unit> Units,
    IReadOnlyList<Resource> Removed
);

/// <summary>
/// What orders do to resources in service: change them (art. 20) and reclaim them (art. 21); and what people do by hand.
/// </summary>
public sealed record StandingWork(ChangeResources Changes, ReclaimResources Reclaims, WorkByHand ByHand);
