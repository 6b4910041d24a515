using CloudManager.Core.Kernel;

namespace CloudManager.Core.Requests.Steps;

/// <summary>The technical department issues a failed order again: on its pool, or on another of the same provider.</summary>
public sealed class ReissueOrder(IWorkOrderDesk desk, AdjustLines adjust) : IRequestStep
{
    public RequestAction Action => RequestAction.ReissueOrder;

    public async Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken)
    {
        var failed = await desk.FailedAsync(step.Transaction, step.Request.Id, cancellationToken);
        var chosen = FailedOrders.Choose(failed, step.Input.WorkOrder);
        if (chosen.Refusal is { } refusal)
        {
            return refusal;
        }

        var moved = await FailedOrders.MoveAsync(adjust, step, chosen.Value, sameProvider: true, cancellationToken);
        if (moved.Refusal is not null)
        {
            return moved;
        }

        var standing = failed.Count > 1 ? OrderStanding.Failed : OrderStanding.Issued;
        var request = moved.Value with { Order = standing };
        var issued = await desk.ReissueAsync(step.Transaction, request, chosen.Value, step.By, cancellationToken);
        return issued.Then(_ => request);
    }
}

/// <summary>The tenant chooses a pool of another provider for what a failed order was for (art. 19(1)).</summary>
public sealed class ChoosePool(IWorkOrderDesk desk, AdjustLines adjust) : IRequestStep
{
    public RequestAction Action => RequestAction.ChoosePool;

    public async Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken)
    {
        var failed = await desk.FailedAsync(step.Transaction, step.Request.Id, cancellationToken);
        var chosen = FailedOrders.Choose(failed, step.Input.WorkOrder);
        return chosen.Refusal is { } refusal
            ? refusal
            : await FailedOrders.MoveAsync(adjust, step, chosen.Value, sameProvider: false, cancellationToken);
    }
}

/// <summary>The technical department goes on with the lines that were completed; the rest is cancelled.</summary>
public sealed class AcceptPartial(IWorkOrderDesk desk) : IRequestStep
{
    public RequestAction Action => RequestAction.AcceptPartial;

    public async Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken)
    {
        var kept = await desk.KeepCompletedAsync(step.Transaction, step.Request, step.By, cancellationToken);
        return kept.Then(lines => step.Request with { Lines = lines, Order = OrderStanding.Completed });
    }
}

internal static class FailedOrders
{
    public static Result<FailedOrder> Choose(IReadOnlyList<FailedOrder> failed, string? workOrder)
    {
        var chosen = workOrder is null
            ? failed is [var only]
                ? only
                : null
            : failed.FirstOrDefault(f => f.WorkOrder == workOrder);
        if (chosen is not null)
        {
            return chosen;
        }

        var check = new Check();
        var names = string.Join(", ", failed.Select(f => f.WorkOrder));
        check.Fault("workOrder", workOrder, ($"失败的工单之一：{names}", $"one of the failed orders: {names}"));
        return check.Refusal("request.whichOrder");
    }

    /// <summary>Moves the failed order's lines to the pool that was named, if one was.</summary>
    public static async Task<Result<ServiceRequest>> MoveAsync(
        AdjustLines adjust,
        Step step,
        FailedOrder failed,
        bool sameProvider,
        CancellationToken cancellationToken
    )
    {
        if (step.Input.Pool is not { } pool)
        {
            return step.Request;
        }

        var inputs = step.Request.Lines.Select(l =>
            l.AsInput() with
            {
                Pool = failed.LineNumbers.Contains(l.No) ? pool : l.Pool,
            }
        );
        var moved = await adjust.ReplaceAsync(step, [.. inputs], cancellationToken);
        if (moved.Refusal is not null)
        {
            return moved;
        }

        var before = step.Request.Lines.First(l => failed.LineNumbers.Contains(l.No)).Provider;
        var after = moved.Value.Lines.First(l => failed.LineNumbers.Contains(l.No)).Provider;
        if (before == after == sameProvider)
        {
            return moved;
        }

        var check = new Check();
        check.Fault(
            "pool",
            pool.Value,
            sameProvider
                ? ($"云服务商 {before} 的资源池", $"a pool of provider {before}")
                : ($"{before} 以外云服务商的资源池", $"a pool of another provider than {before}")
        );
        return check.Refusal("request.wrongProvider");
    }
}
