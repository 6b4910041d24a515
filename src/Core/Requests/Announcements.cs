using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Core.Requests;

/// <summary>
/// Tells the parties of a change or a deregistration whose turn it is (art. 20, 21): each step of theirs starts with a
/// notification.
/// </summary>
public sealed class Announcements(IOrganisationStore organisations, INotifications notifications)
{
    private const string Turn = "request.yourTurn";

    public async Task ExecuteAsync(
        ITransaction transaction,
        ServiceRequest request,
        HistoryEntry step,
        CancellationToken cancellationToken
    )
    {
        if (
            request.Type is not (RequestType.Change or RequestType.Deregistration)
            || Of(request, step.Action) is not { } said
        )
        {
            return;
        }

        foreach (var receiver in await ReceiversAsync(transaction, request, said.To, cancellationToken))
        {
            var notification = new Notification
            {
                Organisation = receiver,
                Code = Turn,
                Subject = new("request", request.Id.ToString()),
                Text = ($"申请 {request.Id}：{said.Text.Zh}", $"request {request.Id}: {said.Text.En}"),
                At = step.At,
            };
            await notifications.TellAsync(transaction, notification, cancellationToken);
        }
    }

    /// <summary>Whose turn it is after the step, and for what; null where nobody waits for it.</summary>
    private static Said? Of(ServiceRequest request, RequestAction action) =>
        request.Type == RequestType.Change ? OfChange(request.State, action) : OfEnd(request.State, action);

    private static Said? OfChange(RequestState state, RequestAction action) =>
        action switch
        {
            RequestAction.Submit or RequestAction.Resubmit => new(
                [Party.Technical, Party.Authority],
                ("变更申请待会签和审核（第二十条）", "a change waits for consent and review (art. 20)")
            ),
            RequestAction.Dissent => new(
                [Party.Authority, Party.Tenant],
                ("云技术保障部门会签不同意", "the technical department does not consent")
            ),
            RequestAction.Approve => new(
                [Party.Provider],
                (
                    "变更工单已下达，须在 5 个工作日内完成",
                    "the change is ordered, to be carried out within 5 working days"
                )
            ),
            RequestAction.CompleteOrder or RequestAction.AcceptPartial when state == RequestState.Changed => new(
                [Party.Tenant],
                ("变更已完成，请确认", "the change is done and waits for confirmation")
            ),
            _ => null,
        };

    private static Said? OfEnd(RequestState state, RequestAction action) =>
        action switch
        {
            RequestAction.Submit or RequestAction.Resubmit => new(
                [Party.Authority],
                ("注销申请待审核（第二十一条）", "a deregistration waits for review (art. 21)")
            ),
            RequestAction.Approve => new(
                [Party.Technical],
                ("注销已审核，待下达回收工单", "the deregistration is approved; its reclaim is to be ordered")
            ),
            RequestAction.IssueReclaimOrder => new(
                [Party.Tenant, Party.Provider],
                ("回收工单已下达，请备份数据", "the reclaim is ordered: data are to be backed up")
            ),
            RequestAction.ConfirmCleaned => new(
                [Party.Provider],
                (
                    "数据清理已确认，请提交回收证明和不可恢复声明",
                    "the clean-up is confirmed: evidence and statement are due"
                )
            ),
            RequestAction.CompleteOrder when state == RequestState.Reclaimed => new(
                [Party.Tenant],
                ("云资源已回收，请确认服务终止", "all is reclaimed; the end of service waits for confirmation")
            ),
            _ => null,
        };

    private async Task<IReadOnlyList<string>> ReceiversAsync(
        ITransaction transaction,
        ServiceRequest request,
        IReadOnlyList<Party> parties,
        CancellationToken cancellationToken
    )
    {
        var receivers = new List<string>();
        foreach (var party in parties)
        {
            receivers.AddRange(
                party switch
                {
                    Party.Tenant => [request.Tenant],
                    Party.Provider => request.Lines.Select(l => l.Provider).Distinct(),
                    Party.Authority => await OfKindAsync(OrganisationKind.Authority),
                    _ => await OfKindAsync(OrganisationKind.TechnicalDepartment),
                }
            );
        }

        return receivers;

        async Task<IEnumerable<string>> OfKindAsync(OrganisationKind kind) =>
            (await organisations.OfKindAsync(transaction, kind, request.Region, cancellationToken)).Select(o => o.Code);
    }

    /// <summary>Who is told what.</summary>
    private sealed record Said(IReadOnlyList<Party> To, Bilingual Text);
}
