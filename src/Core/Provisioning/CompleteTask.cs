using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Core.Provisioning;

/// <summary>
/// Completes one task that people do (人工办理, art. 19(3), (4), 20), as the pool's own provider says; the order ends with its
/// last task.
/// </summary>
public sealed class CompleteTask(ITaskStore tasks, IWorkOrderStore orders, WorkByHand byHand)
{
    public async Task<Result<ProvisioningTask>> ExecuteAsync(
        ITransaction transaction,
        Actor by,
        TaskId id,
        MadeByHand word,
        CancellationToken cancellationToken
    )
    {
        var task = await tasks.FindAsync(transaction, id, cancellationToken);
        var order = task is null ? null : await orders.FindAsync(transaction, task.WorkOrder, cancellationToken);
        if (task is null || order is null || order.Provider != by.Organisation?.Code)
        {
            return TaskRefusals.NotFound(id.ToString());
        }

        if (task.Kind != TaskKind.ByHand || task.Resource is null)
        {
            return TaskRefusals.NotByHand(task);
        }

        return task.IsEnded || !order.IsAtWork
            ? TaskRefusals.HasEnded(task)
            : await byHand.FulfilAsync(transaction, (order, task), word, cancellationToken);
    }
}
