using CloudManager.Core.Kernel;

namespace CloudManager.Core.Requests.Steps;

/// <summary>测试报告 (art. 19(3)): the tenant's account of the test, early, in time or within the grace period.</summary>
public sealed class SubmitTestReport : IRequestStep
{
    public RequestAction Action => RequestAction.SubmitTestReport;

    public Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken) =>
        Task.FromResult<Result<ServiceRequest>>(step.Request with { TestSummary = step.Input.Summary });
}
