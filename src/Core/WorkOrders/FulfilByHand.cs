using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Core.WorkOrders;

/// <summary>
/// The provider's own hand on its work order: what no API delivers is completed with evidence; an order that cannot be
/// done is failed with a reason.
/// </summary>
public sealed class FulfilByHand(IWorkOrderStore orders, IFulfilment fulfilment, EndWorkOrder end)
{
    /// <summary>Completes what is done by hand.</summary>
    public async Task<Result<WorkOrder>> CompleteAsync(
        ITransaction transaction,
        Actor by,
        WorkOrderId id,
        string evidence,
        CancellationToken cancellationToken
    )
    {
        var found = await FindAsync(transaction, by, id, ("evidence", evidence), cancellationToken);
        if (found.Refusal is not null)
        {
            return found;
        }

        var order = found.Value with { Evidence = evidence };
        await orders.SaveAsync(transaction, order, cancellationToken);
        var outcome = await fulfilment.FulfilByHandAsync(transaction, order, cancellationToken);
        return outcome == ByHand.NothingByHand
            ? WorkOrderRefusals.NothingByHand(order)
            : (await orders.FindAsync(transaction, id, cancellationToken))!;
    }

    /// <summary>Fails the order; what it made is cleaned up.</summary>
    public async Task<Result<WorkOrder>> FailAsync(
        ITransaction transaction,
        Actor by,
        WorkOrderId id,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var found = await FindAsync(transaction, by, id, ("reason", reason), cancellationToken);
        if (found.Refusal is not null)
        {
            return found;
        }

        var failing = await end.FailAsync(transaction, found.Value, (reason, reason), cancellationToken);
        await fulfilment.StopAsync(transaction, failing, cancellationToken);
        return (await orders.FindAsync(transaction, id, cancellationToken))!;
    }

    private async Task<Result<WorkOrder>> FindAsync(
        ITransaction transaction,
        Actor by,
        WorkOrderId id,
        (string Field, string Text) said,
        CancellationToken cancellationToken
    )
    {
        var order = await orders.FindAsync(transaction, id, cancellationToken);
        if (order is null || order.Provider != by.Organisation?.Code)
        {
            return WorkOrderRefusals.NotFound(id.ToString());
        }

        if (order.State != WorkOrderState.Issued)
        {
            return WorkOrderRefusals.WrongState(order);
        }

        var check = new Check();
        check.Text(said.Field, said.Text, 4000, lines: true);
        return check.IsClean ? order : check.Refusal();
    }
}
