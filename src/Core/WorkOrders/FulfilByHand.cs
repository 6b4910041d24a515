using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Core.WorkOrders;

/// <summary>What a provider says when it has done its part of an order.</summary>
/// <param name="Evidence">What shows it.</param>
/// <param name="Statement">That what was destroyed cannot be recovered (art. 21(2)); for a deregistration only.</param>
public sealed record Completion(string Evidence, string? Statement)
{
    /// <summary>What its people made or changed, where nothing is called (人工办理).</summary>
    public IReadOnlyList<MadeByHand> Resources { get; init; } = [];
}

/// <summary>What a provider's people made of one resource (人工办理, art. 19(3), (4), 20): what really runs, and the paper.</summary>
public sealed record MadeByHand
{
    /// <summary>The resource, e.g. <c>res-000042</c>.</summary>
    public string? Resource { get; init; }

    /// <summary>The provider's own identifier of it, 1 to 200 characters, used by nothing else in the pool.</summary>
    public string? NativeId { get; init; }

    /// <summary>A server's private addresses; a public address's own.</summary>
    public IReadOnlyList<string>? Addresses { get; init; }

    public int? Vcpus { get; init; }
    public int? MemoryGiB { get; init; }
    public int? SizeGiB { get; init; }
    public int? BandwidthMbps { get; init; }

    /// <summary>The signed paper, as a text reference; null for that of the whole order.</summary>
    public string? Evidence { get; init; }
}

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
        Completion said,
        CancellationToken cancellationToken
    )
    {
        var found = await FindAsync(transaction, by, id, ("evidence", said.Evidence, false), cancellationToken);
        if (found.Refusal is not null)
        {
            return found;
        }

        if (ExamineStatement(found.Value, said.Statement) is { } fault)
        {
            return fault;
        }

        var order = found.Value with { Evidence = said.Evidence, Statement = said.Statement };
        await orders.SaveAsync(transaction, order, cancellationToken);
        var outcome = await fulfilment.FulfilByHandAsync(transaction, order, said, cancellationToken);
        return outcome.Refusal is { } refusal ? refusal
            : outcome.Value == ByHand.NothingByHand ? NothingToDo(order)
            : (await orders.FindAsync(transaction, id, cancellationToken))!;
    }

    private static Conflict NothingToDo(WorkOrder order) =>
        order.EndsService && order.State == WorkOrderState.Issued ? WorkOrderRefusals.NotCleaned(order)
        : order.State == WorkOrderState.Issued ? WorkOrderRefusals.NothingByHand(order)
        : WorkOrderRefusals.WrongState(order);

    /// <summary>Fails the order; what it made is cleaned up.</summary>
    public async Task<Result<WorkOrder>> FailAsync(
        ITransaction transaction,
        Actor by,
        WorkOrderId id,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var found = await FindAsync(transaction, by, id, ("reason", reason, true), cancellationToken);
        if (found.Refusal is not null)
        {
            return found;
        }

        var failing = await end.FailAsync(transaction, found.Value, (reason, reason), cancellationToken);
        await fulfilment.StopAsync(transaction, failing, cancellationToken);
        return (await orders.FindAsync(transaction, id, cancellationToken))!;
    }

    /// <summary>Art. 21(2): who reclaims states that nothing can be recovered; nobody else has anything to state.</summary>
    private static Invalid? ExamineStatement(WorkOrder order, string? statement)
    {
        var check = new Check();
        if (order.EndsService)
        {
            check.Text("statement", statement, 4000, lines: true);
        }
        else if (statement is not null)
        {
            check.Fault(
                "statement",
                statement,
                ("不填：仅注销回收工单使用", "absent: only for the reclaim of a deregistration")
            );
        }

        return check.IsClean
            ? null
            : check.Refusal(order.EndsService ? "workOrder.statementRequired" : "input.invalid");
    }

    private async Task<Result<WorkOrder>> FindAsync(
        ITransaction transaction,
        Actor by,
        WorkOrderId id,
        (string Field, string Text, bool OnlyIssued) said,
        CancellationToken cancellationToken
    )
    {
        var order = await orders.FindAsync(transaction, id, cancellationToken);
        if (order is null || order.Provider != by.Organisation?.Code)
        {
            return WorkOrderRefusals.NotFound(id.ToString());
        }

        // What a failed order made is removed by hand too, where nothing is called.
        if (said.OnlyIssued ? order.State != WorkOrderState.Issued : !order.IsAtWork)
        {
            return WorkOrderRefusals.WrongState(order);
        }

        var check = new Check();
        check.Text(said.Field, said.Text, 4000, lines: true);
        return check.IsClean ? order : check.Refusal();
    }
}
