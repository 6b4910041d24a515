using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Core.Requests.Steps;

/// <summary>备案 (art. 19(4)): the advice is filed; the authority is notified, its consent is not asked.</summary>
public sealed class FileAdvice(IOrganisationStore organisations, INotifications notifications) : IRequestStep
{
    public RequestAction Action => RequestAction.FileAdvice;

    public async Task<Result<ServiceRequest>> TakeAsync(Step step, CancellationToken cancellationToken)
    {
        var authorities = await organisations.OfKindAsync(
            step.Transaction,
            OrganisationKind.Authority,
            step.Request.Region,
            cancellationToken
        );
        foreach (var authority in authorities)
        {
            var notification = new Notification
            {
                Organisation = authority.Code,
                Code = "request.adviceFiled",
                Subject = new("request", step.Request.Id.ToString()),
                Text = (
                    $"申请 {step.Request.Id} 的资源调整建议已报备案（第十九条第四项）",
                    $"the adjustment advice on request {step.Request.Id} is filed (art. 19(4))"
                ),
                At = step.Now,
            };
            await notifications.TellAsync(step.Transaction, notification, cancellationToken);
        }

        return step.Request;
    }
}
