using CloudManager.Core.Kernel;

namespace CloudManager.Core.Requests.Steps;

/// <summary>测试工单 (art. 19(3)): the technical department orders the test environment from the providers.</summary>
public sealed class IssueTestOrder(IWorkOrderDesk desk) : IRequestStep
{
    public RequestAction Action => RequestAction.IssueTestOrder;

    public Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken) =>
        IssueOrders.TakeAsync(desk, step, cancellationToken);
}

/// <summary>交付工单 (art. 19(4)): the technical department orders delivery after the advice was filed.</summary>
public sealed class IssueDeliveryOrder(IWorkOrderDesk desk) : IRequestStep
{
    public RequestAction Action => RequestAction.IssueDeliveryOrder;

    public Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken) =>
        IssueOrders.TakeAsync(desk, step, cancellationToken);
}

/// <summary>变更工单 (art. 20): the approval of a change issues its orders; the provider's 5 WD run from there.</summary>
public sealed class IssueChangeOrder(IWorkOrderDesk desk) : IRequestStep
{
    public RequestAction Action => RequestAction.Approve;

    public async Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken) =>
        step.Transition.To == RequestState.ChangeOrdered
            ? await IssueOrders.TakeAsync(desk, step, cancellationToken)
            : step.Request;
}

internal static class IssueOrders
{
    public static async Task<Result<ServiceRequest>> TakeAsync(
        IWorkOrderDesk desk,
        Step step,
        CancellationToken cancellationToken
    )
    {
        var ordered = step.Request with { State = step.Transition.To, Order = OrderStanding.Issued };
        var issued = await desk.IssueAsync(step.Transaction, ordered, step.By, cancellationToken);
        return issued.Then(_ => ordered);
    }
}
