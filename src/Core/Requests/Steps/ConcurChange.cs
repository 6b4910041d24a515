using CloudManager.Core.Kernel;

namespace CloudManager.Core.Requests.Steps;

/// <summary>会签同意 (art. 20): the technical department consents to the change; it may say otherwise until the approval.</summary>
public sealed class ConcurChange : IRequestStep
{
    public RequestAction Action => RequestAction.Concur;

    public Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken) =>
        Task.FromResult<Result<ServiceRequest>>(step.Request with { Concurred = true });
}

/// <summary>会签不同意 (art. 20): the technical department does not consent; the authority cannot approve meanwhile.</summary>
public sealed class DissentChange : IRequestStep
{
    public RequestAction Action => RequestAction.Dissent;

    public Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken) =>
        Task.FromResult<Result<ServiceRequest>>(step.Request with { Concurred = false });
}
