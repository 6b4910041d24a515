using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;

namespace CloudManager.Core.WorkOrders;

/// <summary>Tells a deregistration's reclaim orders (回收工单, art. 21(2)) what its tenant has confirmed.</summary>
public sealed class ReclaimDesk(IWorkOrderStore orders, IReclaiming reclaiming) : IReclaimDesk
{
    public Task BackedUpAsync(ITransaction transaction, RequestId request, CancellationToken cancellationToken) =>
        EachAsync(
            transaction,
            request,
            o => reclaiming.BackedUpAsync(transaction, o, cancellationToken),
            cancellationToken
        );

    public Task CleanedAsync(ITransaction transaction, RequestId request, CancellationToken cancellationToken) =>
        EachAsync(
            transaction,
            request,
            o => reclaiming.RemoveAsync(transaction, o, cancellationToken),
            cancellationToken
        );

    /// <summary>An order that failed meanwhile does it once it is issued again.</summary>
    private async Task EachAsync(
        ITransaction transaction,
        RequestId request,
        Func<WorkOrder, Task> tell,
        CancellationToken cancellationToken
    )
    {
        var all = await orders.OfRequestAsync(transaction, request, cancellationToken);
        foreach (var order in all.Where(o => o is { EndsService: true, State: WorkOrderState.Issued }))
        {
            await tell(order);
        }
    }
}
