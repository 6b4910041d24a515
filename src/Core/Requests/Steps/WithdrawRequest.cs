using CloudManager.Core.Kernel;

namespace CloudManager.Core.Requests.Steps;

/// <summary>撤回: the tenant gives the request up before delivery was ordered; its test resources are removed.</summary>
public sealed class WithdrawRequest(IWorkOrderDesk desk, IRequestResources resources) : IRequestStep
{
    public RequestAction Action => RequestAction.Withdraw;

    public async Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken)
    {
        var removed = await desk.RemoveAllAsync(step.Transaction, step.Request, step.By, cancellationToken);
        if (removed.Refusal is { } refusal)
        {
            return refusal;
        }

        if (step.Request.Type == RequestType.Change)
        {
            // What a failed change had already removed is gone: its service ends on the day it was removed.
            await resources.EndServiceAsync(step.Transaction, step.Request.Id, null, cancellationToken);
        }

        return step.Request with
        {
            Order = OrderStanding.None,
        };
    }
}
