using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Requests;

namespace CloudManager.Core.WorkOrders;

/// <summary>
/// Tells the parties of a change that was given up what of it cannot be undone (art. 20): it stays, and is not charged.
/// </summary>
public sealed class TellRemaining(
    IOrganisationStore organisations,
    INotifications notifications,
    TimeProvider businessTime
)
{
    public async Task ExecuteAsync(
        ITransaction transaction,
        ServiceRequest request,
        IReadOnlyList<RequestLine> stays,
        CancellationToken cancellationToken
    )
    {
        if (stays.Count == 0)
        {
            return;
        }

        var technical = await organisations.OfKindAsync(
            transaction,
            OrganisationKind.TechnicalDepartment,
            request.Region,
            cancellationToken
        );
        var names = string.Join(", ", stays.Select(l => l.Resource));
        var receivers = technical.Select(t => t.Code).Append(request.Tenant).Concat(stays.Select(l => l.Provider));
        foreach (var organisation in receivers.Distinct())
        {
            var notification = new Notification
            {
                Organisation = organisation,
                Code = "request.notUndone",
                Subject = new("request", request.Id.ToString()),
                Text = (
                    $"变更申请 {request.Id} 已撤回，以下资源的变更无法还原，保持现状且不因此计费：{names}",
                    $"change {request.Id} was withdrawn; this of it cannot be undone, stays and is not charged: {names}"
                ),
                At = businessTime.GetUtcNow(),
            };
            await notifications.TellAsync(transaction, notification, cancellationToken);
        }
    }
}
