using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;

namespace CloudManager.Core.WorkOrders;

/// <summary>Work orders in the books.</summary>
public interface IWorkOrderStore
{
    Task<WorkOrder?> FindAsync(ITransaction transaction, WorkOrderId id, CancellationToken cancellationToken);

    Task AddAsync(ITransaction transaction, WorkOrder order, CancellationToken cancellationToken);

    Task SaveAsync(ITransaction transaction, WorkOrder order, CancellationToken cancellationToken);

    /// <summary>The orders of a request, oldest first.</summary>
    Task<IReadOnlyList<WorkOrder>> OfRequestAsync(
        ITransaction transaction,
        RequestId request,
        CancellationToken cancellationToken
    );

    /// <summary>Orders newest first.</summary>
    Task<Page<WorkOrder>> ListAsync(
        ITransaction transaction,
        WorkOrderFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    );
}

/// <summary>Which work orders a list shows; null members do not filter.</summary>
public sealed record WorkOrderFilter
{
    public string? Provider { get; init; }
    public string? Tenant { get; init; }
    public string? Region { get; init; }
    public WorkOrderState? State { get; init; }
    public RequestId? Request { get; init; }
}

/// <summary>Turns orders into tasks on the pool. Implemented by Provisioning.</summary>
public interface IFulfilment
{
    /// <summary>Plans the order: registers the resources it needs and writes the tasks that make them.</summary>
    Task StartAsync(ITransaction transaction, WorkOrder order, CancellationToken cancellationToken);

    /// <summary>Stops what has not begun; the order ends once what it made is cleaned up.</summary>
    Task StopAsync(ITransaction transaction, WorkOrder order, CancellationToken cancellationToken);

    /// <summary>
    /// The pools in which the request holds resources that no running order will remove: of these lines, or of any if
    /// none is given.
    /// </summary>
    Task<IReadOnlyList<PoolId>> HoldsAsync(
        ITransaction transaction,
        RequestId request,
        IReadOnlyCollection<int> lines,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Gives the resources in service that these lines speak of back to their tenant as they are; what is left to be
    /// undone and what cannot be.
    /// </summary>
    Task<Released> ReleaseAsync(
        ITransaction transaction,
        IReadOnlyList<RequestLine> lines,
        CancellationToken cancellationToken
    );

    /// <summary>Takes the provider's word that what is done by hand is done, and as ordered; what became of it.</summary>
    Task<Result<ByHand>> FulfilByHandAsync(
        ITransaction transaction,
        WorkOrder order,
        Completion said,
        CancellationToken cancellationToken
    );
}

/// <summary>What became of resources that a change was given up for (art. 20).</summary>
/// <param name="ToUndo">Lines that bring back what was; their resources are not released yet.</param>
/// <param name="Stays">Lines whose change cannot be undone: a volume that grew, something that was removed.</param>
public sealed record Released(IReadOnlyList<RequestLine> ToUndo, IReadOnlyList<RequestLine> Stays);

/// <summary>Reclaims what a tenant deregisters (art. 21(2)), in the tenant's order. Implemented by Provisioning.</summary>
public interface IReclaiming
{
    /// <summary>The data are backed up: the tenant now destroys them. Nothing is deleted.</summary>
    Task BackedUpAsync(ITransaction transaction, WorkOrder order, CancellationToken cancellationToken);

    /// <summary>The clean-up is confirmed: plans the removal of all that the order is for.</summary>
    Task RemoveAsync(ITransaction transaction, WorkOrder order, CancellationToken cancellationToken);
}

/// <summary>What became of a provider's word that it is done by hand.</summary>
public enum ByHand
{
    /// <summary>It is noted; the order ends with its last task.</summary>
    Noted,

    /// <summary>There was nothing to do by hand.</summary>
    NothingByHand,
}
