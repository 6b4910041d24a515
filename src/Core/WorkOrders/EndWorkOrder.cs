using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Requests;

namespace CloudManager.Core.WorkOrders;

/// <summary>
/// Ends work orders: completed moves the request on once all its orders are; failed tells the provider and the
/// technical department why, and the request stays where it is until somebody decides (art. 19(3), (4)).
/// </summary>
public sealed class EndWorkOrder(
    IWorkOrderStore orders,
    ActOnRequest requests,
    IOrganisationStore organisations,
    INotifications notifications,
    TimeProvider businessTime
)
{
    /// <summary>All of the order is done.</summary>
    public async Task CompleteAsync(ITransaction transaction, WorkOrder order, CancellationToken cancellationToken)
    {
        var completed = order with
        {
            State = WorkOrderState.Completed,
            EndedAt = businessTime.GetUtcNow(),
            CompletedLines = [.. order.Lines.Select(l => l.No)],
        };
        await SaveAsync(transaction, order, completed, cancellationToken);
        if (!MovesRequest(order))
        {
            return;
        }

        var all = await orders.OfRequestAsync(transaction, order.Request, cancellationToken);
        if (all.All(o => o.Kind != order.Kind || !o.IsOpen || o.State == WorkOrderState.Completed))
        {
            await PlatformAsync(transaction, order, RequestAction.CompleteOrder, null, cancellationToken);
        }
    }

    /// <summary>What a failed or cancelled order had made is cleaned up; it has ended.</summary>
    public async Task CloseAsync(
        ITransaction transaction,
        WorkOrder order,
        IReadOnlyList<int> completedLines,
        CancellationToken cancellationToken
    )
    {
        var failed = order.State == WorkOrderState.Failing;
        var closed = order with
        {
            State = failed ? WorkOrderState.Failed : WorkOrderState.Cancelled,
            EndedAt = businessTime.GetUtcNow(),
            CompletedLines = completedLines,
            IsOpen = failed,
        };
        await SaveAsync(transaction, order, closed, cancellationToken);
        if (failed)
        {
            await TellAsync(transaction, closed, cancellationToken);
        }

        if (failed && MovesRequest(order))
        {
            var reason = closed.Reason?.ToString();
            await PlatformAsync(transaction, order, RequestAction.FailOrder, reason, cancellationToken);
        }
    }

    /// <summary>Fails the order; its clean-up is under way.</summary>
    public async Task<WorkOrder> FailAsync(
        ITransaction transaction,
        WorkOrder order,
        Bilingual reason,
        CancellationToken cancellationToken
    )
    {
        var failing = order with { State = WorkOrderState.Failing, Reason = reason };
        await SaveAsync(transaction, order, failing, cancellationToken);
        return failing;
    }

    /// <summary>What is removed because a request gave it up ends on its own: the request has gone on or is over.</summary>
    private static bool MovesRequest(WorkOrder order) => order.Kind != WorkOrderKind.Reclaim || order.EndsService;

    private async Task PlatformAsync(
        ITransaction transaction,
        WorkOrder order,
        RequestAction action,
        string? opinion,
        CancellationToken cancellationToken
    )
    {
        var moved = await requests.ByPlatformAsync(transaction, order.Request, action, opinion, cancellationToken);
        if (moved.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"{order.Id} ended, but {order.Request} refused: {refusal.Code}");
        }
    }

    private async Task SaveAsync(
        ITransaction transaction,
        WorkOrder before,
        WorkOrder after,
        CancellationToken cancellationToken
    )
    {
        await orders.SaveAsync(transaction, after, cancellationToken);
        var subject = new Subject("workOrder", after.Id.ToString());
        var action = $"workOrder.{Words.Camel(after.State)}";
        transaction.Record(new(action, subject, WorkOrderFacts.Of(before), WorkOrderFacts.Of(after)));
    }

    private async Task TellAsync(ITransaction transaction, WorkOrder order, CancellationToken cancellationToken)
    {
        var technical = await organisations.OfKindAsync(
            transaction,
            OrganisationKind.TechnicalDepartment,
            order.Region,
            cancellationToken
        );
        foreach (var organisation in technical.Select(t => t.Code).Append(order.Provider))
        {
            var notification = new Notification
            {
                Organisation = organisation,
                Code = "workOrder.failed",
                Subject = new("workOrder", order.Id.ToString()),
                Text = (
                    $"工单 {order.Id}（资源池 {order.Pool}）办理失败：{order.Reason?.Zh}",
                    $"work order {order.Id} on pool {order.Pool} failed: {order.Reason?.En}"
                ),
                At = order.EndedAt!.Value,
            };
            await notifications.TellAsync(transaction, notification, cancellationToken);
        }
    }
}
