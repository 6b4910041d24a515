using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Core.Provisioning;

/// <summary>Writes what a look at the cloud said into the books: task, resource and, at its end, the order.</summary>
public sealed class ApplyOutcome(
    ITaskStore tasks,
    IResourceStore resources,
    IWorkOrderStore orders,
    EndWorkOrder end,
    FulfilOrder fulfil
)
{
    public async Task ExecuteAsync(
        ITransaction transaction,
        ProvisioningTask task,
        Outcome outcome,
        CancellationToken cancellationToken
    )
    {
        var resource = (await resources.FindAsync(transaction, task.Resource!.Value, cancellationToken))!;
        var after = Become(resource, task, outcome);
        if (after != resource)
        {
            await resources.SaveAsync(transaction, after, cancellationToken);
            transaction.Record(Trace(task, resource, after));
        }

        var reason = (outcome as Outcome.Failed)?.Reason;
        await tasks.SaveAsync(transaction, task with { LastError = reason ?? task.LastError }, cancellationToken);
        if (!task.IsEnded)
        {
            return;
        }

        var order = (await orders.FindAsync(transaction, task.WorkOrder, cancellationToken))!;
        if (order.State == WorkOrderState.Issued && reason is not null)
        {
            var failing = await end.FailAsync(transaction, order, reason, cancellationToken);
            await fulfil.StopAsync(transaction, failing, cancellationToken);
        }
        else if (order.State is WorkOrderState.Failing or WorkOrderState.Cancelling && !task.CleansUp)
        {
            await fulfil.CleanUpAsync(transaction, order, cancellationToken);
        }
    }

    private static Resource Become(Resource resource, ProvisioningTask task, Outcome outcome)
    {
        var (id, addresses) = outcome switch
        {
            Outcome.Settled settled => (settled.NativeId, settled.Addresses),
            Outcome.Pending pending => (pending.NativeId, (IReadOnlyList<string>)[]),
            Outcome.Failed failed => (failed.NativeId, (IReadOnlyList<string>)[]),
            _ => (null, []),
        };
        var known = resource with
        {
            NativeId = id ?? resource.NativeId,
            Addresses = addresses.Count == 0 ? resource.Addresses : addresses,
        };
        return outcome is not Outcome.Settled
            ? known
            : task.Kind switch
            {
                TaskKind.ConfirmResize or TaskKind.ExtendVolume or TaskKind.SetBandwidth => known with
                {
                    Spec = task.Wanted ?? known.Spec,
                },
                TaskKind.DeleteServer or TaskKind.DeleteVolume or TaskKind.DeleteAddress or TaskKind.DeleteNetwork =>
                    known with
                    {
                        State =
                            known.ServiceStart is not null ? ResourceState.Reclaimed
                            : task.CleansUp ? ResourceState.Failed
                            : ResourceState.Ended,
                    },
                _ => known,
            };
    }

    private static Trace Trace(ProvisioningTask task, Resource before, Resource after) =>
        new(
            $"resource.{Words.Camel(task.Kind)}",
            new("resource", after.Id.ToString()),
            new
            {
                before.State,
                NativeId = before.NativeId?.Value,
                before.Spec,
            },
            new
            {
                after.State,
                NativeId = after.NativeId?.Value,
                after.Spec,
            }
        );
}
