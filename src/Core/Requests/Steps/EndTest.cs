using CloudManager.Core.Kernel;

namespace CloudManager.Core.Requests.Steps;

/// <summary>30 days are over without a report (art. 19(3)): the test resources are stopped and kept for the grace period.</summary>
public sealed class EndTest(IRequestResources resources) : IRequestStep
{
    public RequestAction Action => RequestAction.EndTest;

    public async Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken)
    {
        await resources.StopTestAsync(step.Transaction, step.Request, cancellationToken);
        return step.Request;
    }
}

/// <summary>The grace period is over too: the request expires and its test resources are removed.</summary>
public sealed class ExpireTest(IWorkOrderDesk desk) : IRequestStep
{
    public RequestAction Action => RequestAction.Expire;

    public async Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken)
    {
        var removed = await desk.RemoveAllAsync(step.Transaction, step.Request, step.By, cancellationToken);
        return removed.Then(_ => step.Request with { Order = OrderStanding.None });
    }
}
