using CloudManager.Core.Kernel;

namespace CloudManager.Core.Requests.Steps;

/// <summary>The platform: all of the request's orders are complete.</summary>
public sealed class CompleteOrder : IRequestStep
{
    public RequestAction Action => RequestAction.CompleteOrder;

    public Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken) =>
        Task.FromResult<Result<ServiceRequest>>(step.Request with { Order = OrderStanding.Completed });
}

/// <summary>The platform: one of the request's orders failed for good.</summary>
public sealed class FailOrder : IRequestStep
{
    public RequestAction Action => RequestAction.FailOrder;

    public Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken) =>
        Task.FromResult<Result<ServiceRequest>>(step.Request with { Order = OrderStanding.Failed });
}
