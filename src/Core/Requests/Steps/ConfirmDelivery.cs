using CloudManager.Core.Kernel;

namespace CloudManager.Core.Requests.Steps;

/// <summary>
/// 确认 (art. 19(4), 40): service starts on the day the provider completed the order, as the tenant confirms it. The
/// tenant may name another day, never before the order's day nor after the confirmation; then the provider agrees or
/// the technical department decides. Nobody confirms for the tenant.
/// </summary>
public sealed class ConfirmDelivery(IRequestResources resources) : IRequestStep
{
    public RequestAction Action => RequestAction.Confirm;

    public async Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken)
    {
        if (step.Transition.To != RequestState.InService)
        {
            return step.Request;
        }

        var days = await resources.DeliveryDaysAsync(step.Transaction, step.Request.Id, cancellationToken);
        var named = step.Input.CompletedOn ?? days.Completed;
        if (CompletionDay.Refuse(named, days, China.Day(step.Now)) is { } refusal)
        {
            return refusal;
        }

        await resources.EnterServiceAsync(step.Transaction, step.Request.Id, decided: null, cancellationToken);
        return step.Request with
        {
            CompletedOn = days.Completed,
            ProposedCompletion = named == days.Completed ? null : named,
            Disputed = false,
        };
    }
}

/// <summary>The provider agrees to the completion day that the tenant named.</summary>
public sealed class AgreeCompletion(IRequestResources resources) : IRequestStep
{
    public RequestAction Action => RequestAction.Agree;

    public async Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken)
    {
        var day = step.Request.ProposedCompletion!.Value;
        await resources.EnterServiceAsync(step.Transaction, step.Request.Id, day, cancellationToken);
        return step.Request with { CompletedOn = day, ProposedCompletion = null };
    }
}

internal static class CompletionDay
{
    public static Invalid? Refuse(DateOnly day, DeliveryDays days, DateOnly today)
    {
        if (day >= days.Ordered && day <= today)
        {
            return null;
        }

        var check = new Check();
        check.Fault(
            "completedOn",
            day.ToString("yyyy-MM-dd"),
            (
                $"{days.Ordered:yyyy-MM-dd} 至 {today:yyyy-MM-dd}",
                $"a day from {days.Ordered:yyyy-MM-dd} to {today:yyyy-MM-dd}"
            )
        );
        return check.Refusal("request.completionOutOfRange");
    }
}
