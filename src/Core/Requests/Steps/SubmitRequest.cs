using CloudManager.Core.Kernel;

namespace CloudManager.Core.Requests.Steps;

/// <summary>Submission (art. 19(1)): what was drafted must still be orderable on the day it is submitted.</summary>
public sealed class SubmitRequest(AdjustLines adjust) : IRequestStep
{
    public RequestAction Action => RequestAction.Submit;

    public Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken) =>
        adjust.ReplaceAsync(step, null, cancellationToken);
}

/// <summary>Submission again after a refusal in writing (art. 19(2)), with other lines where the tenant changes them.</summary>
public sealed class ResubmitRequest(AdjustLines adjust) : IRequestStep
{
    public RequestAction Action => RequestAction.Resubmit;

    public async Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken)
    {
        var adjusted = await adjust.ReplaceAsync(step, step.Input.Lines, cancellationToken);
        return adjusted.Then(request => request with { Concurred = null });
    }
}
