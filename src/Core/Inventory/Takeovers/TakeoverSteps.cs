using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Inventory.Takeovers;

/// <summary>确认 (art. 14, 40): what was taken over is in service, and charged, from the day of the tenant's confirmation.</summary>
public sealed class ConfirmTakeover(IRequestResources resources) : IRequestStep
{
    public RequestAction Action => RequestAction.Confirm;

    public async Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken)
    {
        if (step.Request.Type != RequestType.Takeover)
        {
            return step.Request;
        }

        var today = China.Day(step.Now);
        await resources.EnterServiceAsync(step.Transaction, step.Request.Id, today, cancellationToken);
        return step.Request with { CompletedOn = today, Disputed = false };
    }
}

/// <summary>撤回: the books let go of what was taken over; nothing happens to it in the cloud, where it is unknown again.</summary>
public sealed class LetGoTakeover(IResourceStore resources, INotifications notifications) : IRequestStep
{
    public RequestAction Action => RequestAction.Withdraw;

    public async Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken)
    {
        if (step.Request.Type != RequestType.Takeover)
        {
            return step.Request;
        }

        foreach (var resource in await resources.OfRequestAsync(step.Transaction, step.Request.Id, cancellationToken))
        {
            var letGo = resource with { State = ResourceState.Ended, NativeId = null };
            await resources.SaveAsync(step.Transaction, letGo, cancellationToken);
            step.Transaction.Record(
                new(
                    "resource.letGo",
                    new("resource", resource.Id.ToString()),
                    new { resource.State, NativeId = resource.NativeId?.Value },
                    new { letGo.State, NativeId = (string?)null }
                )
            );
        }

        await notifications.TellAsync(step.Transaction, TakeoverWords.LetGo(step.Request, step.Now), cancellationToken);
        return step.Request;
    }
}
