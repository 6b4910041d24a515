using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Core.Provisioning;

/// <summary>Opens plans of orders and writes them down as tasks.</summary>
public sealed class WritePlans(
    ITaskStore tasks,
    ICounters counters,
    Installation installation,
    ProvisioningClocks clocks,
    IPools pools
)
{
    internal Plan Begin(WorkOrder order) =>
        new(order, installation, clocks.Machine.Now) { ByHand = pools.IsByHand(order.Pool) };

    /// <summary>Business time.</summary>
    internal DateTimeOffset Now => clocks.Business.GetUtcNow();

    /// <summary>The first of so many numbers for new resources.</summary>
    internal Task<long> NumbersAsync(ITransaction transaction, int count, CancellationToken cancellationToken) =>
        counters.TakeAsync(transaction, ResourceId.Prefix, count, cancellationToken);

    internal async Task AddAsync(
        ITransaction transaction,
        Plan plan,
        bool cleansUp,
        CancellationToken cancellationToken
    )
    {
        var first = await counters.TakeAsync(transaction, TaskId.Prefix, plan.Count, cancellationToken);
        await tasks.AddAsync(transaction, plan.Rows(first, cleansUp), cancellationToken);
    }
}
