using CloudManager.Core.Kernel;

namespace CloudManager.Core.Requests.Steps;

/// <summary>异议: the tenant disputes the delivery; the technical department decides.</summary>
public sealed class DisputeDelivery : IRequestStep
{
    public RequestAction Action => RequestAction.Dispute;

    public Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken) =>
        Task.FromResult<Result<ServiceRequest>>(step.Request with { Disputed = true });
}

/// <summary>The technical department decides: a dispute over the delivery, or the completion day.</summary>
public sealed class DecideDispute(IRequestResources resources) : IRequestStep
{
    public RequestAction Action => RequestAction.Decide;

    public async Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken)
    {
        if (step.Request.State is RequestState.Delivered or RequestState.Changed)
        {
            return step.Request with { Disputed = false };
        }

        var days = await resources.DeliveryDaysAsync(step.Transaction, step.Request.Id, cancellationToken);
        var day = step.Input.CompletedOn ?? step.Request.CompletedOn!.Value;
        if (CompletionDay.Refuse(day, days, China.Day(step.Now)) is { } refusal)
        {
            return refusal;
        }

        await resources.EnterServiceAsync(step.Transaction, step.Request.Id, step.Input.CompletedOn, cancellationToken);
        return step.Request with { CompletedOn = day, ProposedCompletion = null };
    }
}
