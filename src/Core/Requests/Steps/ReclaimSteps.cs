using CloudManager.Core.Kernel;

namespace CloudManager.Core.Requests.Steps;

/// <summary>回收工单 (art. 21(2)): the technical department has the providers help with backup, clean-up and reclaim.</summary>
public sealed class IssueReclaimOrder(IWorkOrderDesk desk, AdjustLines adjust) : IRequestStep
{
    public RequestAction Action => RequestAction.IssueReclaimOrder;

    public async Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken)
    {
        // What was approved, and no more: a whole system may have got new resources since.
        var approved = step.Request.Lines.Select(l => l.AsInput());
        var examined = await adjust.ReplaceAsync(step, [.. approved], cancellationToken);
        return examined.Refusal is not null
            ? examined
            : await IssueOrders.TakeAsync(
                desk,
                step with
                {
                    Request = examined.Value with { WholeSystem = step.Request.WholeSystem },
                },
                cancellationToken
            );
    }
}

/// <summary>The tenant confirms that its data are backed up (art. 21(2)).</summary>
public sealed class ConfirmBackup(IReclaimDesk desk) : IRequestStep
{
    public RequestAction Action => RequestAction.ConfirmBackup;

    public async Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken)
    {
        await desk.BackedUpAsync(step.Transaction, step.Request.Id, cancellationToken);
        return step.Request;
    }
}

/// <summary>The tenant confirms the clean-up (art. 21(2)): only now the platform deletes anything.</summary>
public sealed class ConfirmCleaned(IReclaimDesk desk) : IRequestStep
{
    public RequestAction Action => RequestAction.ConfirmCleaned;

    public async Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken)
    {
        await desk.CleanedAsync(step.Transaction, step.Request.Id, cancellationToken);
        return step.Request;
    }
}

/// <summary>
/// The tenant confirms the end (art. 21(2), 40): service ends on the day it names, never before the reclaim was ordered nor
/// after it was done; without a word on the day of the reclaim.
/// </summary>
public sealed class ConfirmEnd(IRequestResources resources) : IRequestStep
{
    public RequestAction Action => RequestAction.Confirm;

    public async Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken)
    {
        if (step.Transition.To != RequestState.Ended)
        {
            return step.Request;
        }

        var days = await resources.DeliveryDaysAsync(step.Transaction, step.Request.Id, cancellationToken);
        var day = step.Input.EndedOn ?? days.Completed;
        if (day < days.Ordered || day > days.Completed)
        {
            var check = new Check();
            check.Fault(
                "endedOn",
                day.ToString("yyyy-MM-dd"),
                (
                    $"{days.Ordered:yyyy-MM-dd} 至 {days.Completed:yyyy-MM-dd}",
                    $"a day from {days.Ordered:yyyy-MM-dd} to {days.Completed:yyyy-MM-dd}"
                )
            );
            return check.Refusal("request.endOutOfRange");
        }

        await resources.EndServiceAsync(step.Transaction, step.Request.Id, step.Input.EndedOn, cancellationToken);
        return step.Request with { EndedOn = day };
    }
}
