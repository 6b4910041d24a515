using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;

namespace CloudManager.Core.WorkOrders;

/// <summary>
/// Issues one work order (工单, art. 19) on one pool, for the request's lines there, and has it planned. A reclaim order
/// without lines is for everything the request holds there.
/// </summary>
public sealed class IssueWorkOrder(
    IWorkOrderStore orders,
    IFulfilment fulfilment,
    ICounters counters,
    IPools pools,
    TimeProvider businessTime
)
{
    public async Task<WorkOrder> ExecuteAsync(
        ITransaction transaction,
        ServiceRequest request,
        WorkOrderKind kind,
        (PoolId Pool, string By) issued,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<RequestLine> lines = [.. request.Lines.Where(l => l.Pool == issued.Pool)];
        var order = new WorkOrder
        {
            Id = new(await counters.TakeAsync(transaction, WorkOrderId.Prefix, 1, cancellationToken)),
            Kind = kind,
            State = WorkOrderState.Issued,
            Request = request.Id,
            Tenant = request.Tenant,
            System = request.System,
            Region = request.Region,
            Pool = issued.Pool,
            Provider = pools.TryFind(issued.Pool, out var pool) ? pool.Provider : lines[0].Provider,
            Lines = lines,
            IssuedAt = businessTime.GetUtcNow(),
            IssuedBy = issued.By,
        };
        await orders.AddAsync(transaction, order, cancellationToken);
        transaction.Record(
            new("workOrder.issue", new("workOrder", order.Id.ToString()), null, WorkOrderFacts.Of(order))
        );
        await fulfilment.StartAsync(transaction, order, cancellationToken);
        return order;
    }
}

/// <summary>The facts of a work order that the audit trail keeps.</summary>
internal sealed record WorkOrderFacts(
    WorkOrderState State,
    string Request,
    string Pool,
    Bilingual? Reason,
    string? Evidence,
    string? Statement
)
{
    public static WorkOrderFacts Of(WorkOrder order) =>
        new(order.State, order.Request.ToString(), order.Pool.Value, order.Reason, order.Evidence, order.Statement);
}
