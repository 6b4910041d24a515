using CloudManager.Core.Kernel;

namespace CloudManager.Core.Requests.Steps;

/// <summary>调整建议 (art. 19(4)): the technical department's lines after the test; larger, smaller or the same.</summary>
public sealed class AdviseLines(AdjustLines adjust) : IRequestStep
{
    public RequestAction Action => RequestAction.Advise;

    public Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken) =>
        adjust.ReplaceAsync(step, step.Input.Lines, cancellationToken);
}
