using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;

namespace CloudManager.Core.WorkOrders;

/// <summary>Issues a request's work orders (art. 19(3), (4), 20, 21), one per pool, and mends them after a failure.</summary>
public sealed class WorkOrderDesk(
    IWorkOrderStore orders,
    IFulfilment fulfilment,
    IReclaiming reclaiming,
    IssueWorkOrder issue,
    TellRemaining tell
) : IWorkOrderDesk
{
    public async Task<Result<Done>> IssueAsync(
        ITransaction transaction,
        ServiceRequest request,
        string by,
        CancellationToken cancellationToken
    )
    {
        var held = await fulfilment.HoldsAsync(transaction, request.Id, [], cancellationToken);
        foreach (var pool in request.Lines.Select(l => l.Pool).Union(held))
        {
            await issue.ExecuteAsync(transaction, request, KindOf(request), (pool, by), cancellationToken);
        }

        return Done.Now;
    }

    public async Task<IReadOnlyList<FailedOrder>> FailedAsync(
        ITransaction transaction,
        RequestId request,
        CancellationToken cancellationToken
    )
    {
        var all = await orders.OfRequestAsync(transaction, request, cancellationToken);
        return
        [
            .. all.Where(IsWaiting)
                .Select(o => new FailedOrder(o.Id.ToString(), o.Pool, [.. o.Lines.Select(l => l.No)], o.Reason!)),
        ];
    }

    public async Task<Result<Done>> ReissueAsync(
        ITransaction transaction,
        ServiceRequest request,
        FailedOrder failed,
        string by,
        CancellationToken cancellationToken
    )
    {
        var all = await orders.OfRequestAsync(transaction, request.Id, cancellationToken);
        var old = all.First(o => o.Id.ToString() == failed.WorkOrder);
        await orders.SaveAsync(transaction, old with { IsOpen = false }, cancellationToken);
        foreach (var pool in request.Lines.Where(l => failed.LineNumbers.Contains(l.No)).Select(l => l.Pool).Distinct())
        {
            var order = await issue.ExecuteAsync(transaction, request, old.Kind, (pool, by), cancellationToken);
            if (order.EndsService && request.IsCleaned)
            {
                await reclaiming.RemoveAsync(transaction, order, cancellationToken);
            }
        }

        var held = await fulfilment.HoldsAsync(transaction, request.Id, [], cancellationToken);
        foreach (var pool in held.Where(p => request.Lines.All(l => l.Pool != p)))
        {
            await issue.ExecuteAsync(transaction, request, WorkOrderKind.Reclaim, (pool, by), cancellationToken);
        }

        return Done.Now;
    }

    public async Task<Result<IReadOnlyList<RequestLine>>> KeepCompletedAsync(
        ITransaction transaction,
        ServiceRequest request,
        string by,
        CancellationToken cancellationToken
    )
    {
        var all = await orders.OfRequestAsync(transaction, request.Id, cancellationToken);
        var current = all.Where(o => o.Kind == KindOf(request) && o.IsOpen).ToList();
        if (current.Exists(o => o.IsAtWork))
        {
            return WorkOrderRefusals.OthersAtWork();
        }

        var kept = current.SelectMany(o => o.CompletedLines).ToHashSet();
        if (kept.Count == 0)
        {
            return RequestRefusals.NothingCompleted();
        }

        foreach (var order in current.Where(IsWaiting))
        {
            await orders.SaveAsync(transaction, order with { IsOpen = false }, cancellationToken);
        }

        List<RequestLine> cancelled = [.. request.Lines.Where(l => !kept.Contains(l.No))];
        await fulfilment.ReleaseAsync(transaction, cancelled, cancellationToken);
        List<RequestLine> added = [.. cancelled.Where(l => l.Resource is null)];
        if (added.Count > 0)
        {
            await ReclaimAsync(transaction, request with { Lines = added }, by, cancellationToken);
        }

        return Result.Of<IReadOnlyList<RequestLine>>([.. request.Lines.Where(l => kept.Contains(l.No))]);
    }

    public async Task<Result<Done>> RemoveAllAsync(
        ITransaction transaction,
        ServiceRequest request,
        string by,
        CancellationToken cancellationToken
    )
    {
        var all = await orders.OfRequestAsync(transaction, request.Id, cancellationToken);
        if (request.Type == RequestType.Change && all.Any(o => o.IsAtWork))
        {
            return WorkOrderRefusals.OthersAtWork();
        }

        if (all.Count == 0)
        {
            // Nothing was ordered: what its lines name is in service, or in the hands of another request.
            return Done.Now;
        }

        foreach (var order in all)
        {
            if (order.State == WorkOrderState.Issued)
            {
                var cancelling = order with { State = WorkOrderState.Cancelling };
                await orders.SaveAsync(transaction, cancelling, cancellationToken);
                await fulfilment.StopAsync(transaction, cancelling, cancellationToken);
            }
            else if (IsWaiting(order))
            {
                await orders.SaveAsync(transaction, order with { IsOpen = false }, cancellationToken);
            }
        }

        var released = await fulfilment.ReleaseAsync(transaction, request.Lines, cancellationToken);
        await tell.ExecuteAsync(transaction, request, released.Stays, cancellationToken);
        await ReclaimAsync(transaction, request with { Lines = released.ToUndo }, by, cancellationToken);
        return Done.Now;
    }

    /// <summary>
    /// Has removed what the request still holds of these lines, or all it holds if there are none or if they only say what
    /// is to be as it was.
    /// </summary>
    private async Task ReclaimAsync(
        ITransaction transaction,
        ServiceRequest request,
        string by,
        CancellationToken cancellationToken
    )
    {
        var lines = request.Lines.Where(l => l.Resource is null).Select(l => l.No).ToHashSet();
        var held = await fulfilment.HoldsAsync(transaction, request.Id, lines, cancellationToken);
        foreach (var pool in request.Lines.Where(l => l.Resource is not null).Select(l => l.Pool).Union(held))
        {
            await issue.ExecuteAsync(transaction, request, WorkOrderKind.Reclaim, (pool, by), cancellationToken);
        }
    }

    private static WorkOrderKind KindOf(ServiceRequest request) =>
        request.State switch
        {
            RequestState.TestOrdered => WorkOrderKind.Test,
            RequestState.ChangeOrdered => WorkOrderKind.Change,
            RequestState.BackingUp or RequestState.Cleaning => WorkOrderKind.Reclaim,
            _ => WorkOrderKind.Delivery,
        };

    private static bool IsWaiting(WorkOrder order) => order is { State: WorkOrderState.Failed, IsOpen: true };
}
