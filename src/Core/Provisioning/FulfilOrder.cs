using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Core.Provisioning;

/// <summary>Turns work orders into resources and tasks, and stops them.</summary>
public sealed class FulfilOrder(IResourceStore resources, ITaskStore tasks, WritePlans plans, StandingWork standing)
    : IFulfilment
{
    public async Task StartAsync(ITransaction transaction, WorkOrder order, CancellationToken cancellationToken)
    {
        if (order.EndsService)
        {
            await standing.Reclaims.BeginAsync(transaction, order, cancellationToken);
            return;
        }

        var all = await resources.OfRequestAsync(transaction, order.Request, cancellationToken);
        var held = all.Where(r => r.Pool == order.Pool && IsSettled(r)).ToList();
        var plan = plans.Begin(order);
        var change = await standing.Changes.StartAsync(transaction, order, plan, cancellationToken);
        if (order.Kind == WorkOrderKind.Reclaim)
        {
            var lines = order.Lines.Where(l => l.Resource is null).Select(l => l.No).ToHashSet();
            var leftover = held.Where(r => IsOf(r, lines)).ToList();
            PlanRemoval.Of(leftover, plan, []);
            await CleanAsync(transaction, leftover, order, cancellationToken);
        }
        else
        {
            await DeliverAsync(transaction, order, (plan, change.Units), held, cancellationToken);
        }

        PlanRemoval.Of(change.Removed, plan, [.. plan.Drafts]);
        await plans.AddAsync(transaction, plan, cleansUp: false, cancellationToken);
    }

    public async Task StopAsync(ITransaction transaction, WorkOrder order, CancellationToken cancellationToken)
    {
        // What may have been made and is not known must not be forgotten: a person says what became of it.
        var open = await tasks.OfOrderAsync(transaction, order.Id, cancellationToken);
        foreach (var task in open.Where(t => !t.IsEnded && !t.IsInFlight && t.State != TaskState.NeedsPerson))
        {
            await tasks.SaveAsync(transaction, task with { State = TaskState.Cancelled }, cancellationToken);
        }

        await CleanUpAsync(transaction, order, cancellationToken);
    }

    public async Task<IReadOnlyList<PoolId>> HoldsAsync(
        ITransaction transaction,
        RequestId request,
        IReadOnlyCollection<int> lines,
        CancellationToken cancellationToken
    )
    {
        var all = await resources.OfRequestAsync(transaction, request, cancellationToken);
        return [.. all.Where(r => IsSettled(r) && IsOf(r, lines)).Select(r => r.Pool).Distinct()];
    }

    public Task<Result<ByHand>> FulfilByHandAsync(
        ITransaction transaction,
        WorkOrder order,
        Completion said,
        CancellationToken cancellationToken
    ) => standing.ByHand.FulfilAsync(transaction, order, said, cancellationToken);

    public Task<Released> ReleaseAsync(
        ITransaction transaction,
        IReadOnlyList<RequestLine> lines,
        CancellationToken cancellationToken
    ) => standing.Changes.ReleaseAsync(transaction, lines, cancellationToken);

    /// <summary>
    /// Once nothing of a stopped order is in flight any more, plans the removal of what it made: all of it if it was
    /// cancelled; if it failed, all but the groups of lines that stand whole. What it was to remove is removed either way.
    /// </summary>
    internal async Task CleanUpAsync(ITransaction transaction, WorkOrder order, CancellationToken cancellationToken)
    {
        var all = await tasks.OfOrderAsync(transaction, order.Id, cancellationToken);
        if (all.Any(t => t.IsInFlight || t.State == TaskState.NeedsPerson || t is { CleansUp: true, IsEnded: false }))
        {
            return;
        }

        var plan = plans.Begin(order);
        if (!order.EndsService)
        {
            var made = await MadeByAsync(transaction, order, all, cancellationToken);
            PlanRemoval.Of([.. made.Where(r => r.NativeId is not null)], plan, []);
            await CleanAsync(transaction, made, order, cancellationToken);
            await standing.Changes.UndoAsync(transaction, order, all, plan, cancellationToken);
        }

        await plans.AddAsync(transaction, plan, cleansUp: true, cancellationToken);
    }

    private async Task<IReadOnlyList<Resource>> MadeByAsync(
        ITransaction transaction,
        WorkOrder order,
        IReadOnlyList<ProvisioningTask> all,
        CancellationToken cancellationToken
    )
    {
        var kept = order.State == WorkOrderState.Failing ? LineGroups.Complete(order.Lines, all, await Of()) : [];
        return
        [
            .. (await Of()).Where(r =>
                r.State == ResourceState.Cleaning || (r.State == ResourceState.Provisioning && !kept.Contains(r.Line))
            ),
        ];

        async Task<IReadOnlyList<Resource>> Of() =>
            [
                .. (await resources.OfRequestAsync(transaction, order.Request, cancellationToken)).Where(r =>
                    r.WorkOrder == order.Id
                ),
            ];
    }

    private async Task DeliverAsync(
        ITransaction transaction,
        WorkOrder order,
        (Plan Plan, IReadOnlyDictionary<string, PlanDelivery.Unit> Standing) into,
        IReadOnlyList<Resource> held,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<RequestLine> lines = [.. order.Lines.Where(l => l.Resource is null)];
        var count = PlanDelivery.NewCount(lines, held);
        var next = await plans.NumbersAsync(transaction, count, cancellationToken);
        var resize = standing.Changes.ResizeOf(order.Pool, into.Plan);
        var delivery = new PlanDelivery(into.Plan, lines, l => Register(order, l, new ResourceId(next++)), resize)
        {
            Standing = into.Standing,
        };
        delivery.Make(held);
        foreach (var resource in delivery.Touched)
        {
            var known = held.Any(h => h.Id == resource.Id);
            var taken = resource with { WorkOrder = order.Id };
            await (
                known
                    ? resources.SaveAsync(transaction, taken, cancellationToken)
                    : resources.AddAsync(transaction, taken, cancellationToken)
            );
        }

        await CleanAsync(transaction, delivery.Removed, order, cancellationToken);
    }

    private Resource Register(WorkOrder order, RequestLine line, ResourceId id) =>
        new()
        {
            Id = id,
            Kind = line.Kind,
            Tenant = order.Tenant,
            System = order.System,
            Region = order.Region,
            Pool = order.Pool,
            Provider = order.Provider,
            Item = line.Item,
            Spec = line.Spec.Alone,
            State = ResourceState.Provisioning,
            Request = order.Request,
            Line = line.No,
            WorkOrder = order.Id,
            CreatedAt = plans.Now,
        };

    /// <summary>Marks what is to be removed; what never came to exist in the cloud has failed.</summary>
    private async Task CleanAsync(
        ITransaction transaction,
        IReadOnlyList<Resource> leftover,
        WorkOrder order,
        CancellationToken cancellationToken
    )
    {
        foreach (var resource in leftover)
        {
            var exists = resource.NativeId is not null || resource.Kind == Catalogue.ItemKind.Manual;
            var state = exists ? ResourceState.Cleaning : ResourceState.Failed;
            var marked = resource with { State = state, WorkOrder = order.Id };
            await resources.SaveAsync(transaction, marked, cancellationToken);
        }
    }

    /// <summary>Whether it is of one of the lines; of any if none is given.</summary>
    private static bool IsOf(Resource resource, IReadOnlyCollection<int> lines) =>
        lines.Count == 0 || lines.Contains(resource.Line);

    /// <summary>Held and not in the making: what a new order may promote or must remove.</summary>
    private static bool IsSettled(Resource resource) =>
        resource.State is ResourceState.Testing or ResourceState.TestEnded or ResourceState.Delivered;
}

/// <summary>The two clocks of provisioning: tasks run on machine time, resources are dated in business time.</summary>
public sealed record ProvisioningClocks(TimeProvider Business, MachineClock Machine);
