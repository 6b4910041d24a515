using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Core.Provisioning;

/// <summary>Concludes an order whose tasks are all done, or whose clean-up is: moves its resources and ends it.</summary>
public sealed class ConcludeOrder(
    IResourceStore resources,
    ITaskStore tasks,
    IWorkOrderStore orders,
    EndWorkOrder end,
    StandingWork standing
)
{
    public async Task ExecuteAsync(ITransaction transaction, WorkOrderId id, CancellationToken cancellationToken)
    {
        var order = (await orders.FindAsync(transaction, id, cancellationToken))!;
        var own = (await resources.OfRequestAsync(transaction, order.Request, cancellationToken))
            .Where(r => r.WorkOrder == id)
            .ToList();
        var all = await tasks.OfOrderAsync(transaction, id, cancellationToken);
        await standing.Changes.SettleAsync(transaction, order, cancellationToken);
        await standing.Reclaims.LoosenAsync(transaction, all, cancellationToken);
        if (order.State == WorkOrderState.Issued)
        {
            await MoveAsync(transaction, order, own, cancellationToken);
            await end.CompleteAsync(transaction, order, cancellationToken);
            return;
        }

        if (order.EndsService)
        {
            var gone = await standing.Reclaims.RemovedAsync(transaction, order, cancellationToken);
            await end.CloseAsync(transaction, order, gone, cancellationToken);
            return;
        }

        var complete = order.State == WorkOrderState.Failing ? LineGroups.Complete(order.Lines, all, own) : [];
        await MoveAsync(transaction, order, [.. own.Where(r => complete.Contains(r.Line))], cancellationToken);
        await end.CloseAsync(transaction, order, [.. complete.Order()], cancellationToken);
    }

    private async Task MoveAsync(
        ITransaction transaction,
        WorkOrder order,
        IReadOnlyList<Resource> standing,
        CancellationToken cancellationToken
    )
    {
        var state = order.Kind == WorkOrderKind.Test ? ResourceState.Testing : ResourceState.Delivered;
        foreach (var resource in standing.Where(r => r.IsHeld && r.State != state))
        {
            await resources.SaveAsync(transaction, resource with { State = state }, cancellationToken);
        }
    }
}
