using static CloudManager.Core.Requests.Guard;
using static CloudManager.Core.Requests.Input;
using static CloudManager.Core.Requests.Party;
using static CloudManager.Core.Requests.RequestAction;
using static CloudManager.Core.Requests.RequestState;

namespace CloudManager.Core.Requests;

/// <content>云资源调整 (art. 20).</content>
public static partial class Transitions
{
    /// <summary>
    /// 云资源调整 (art. 20): the authority decides together with the technical department within one 5 WD from submission;
    /// the order issues itself at approval and the provider's 5 WD run from there.
    /// </summary>
    public static IReadOnlyList<Transition> Change { get; } =
    [
        new(Draft, Revise, Tenant, Input.None, Draft),
        new(Draft, Submit, Tenant, Input.None, Submitted, Deadlines.Review),
        new(Submitted, NotAccept, Authority, OpinionRequired, NotAccepted),
        new(NotAccepted, Resubmit, Tenant, Opinion | Lines, Submitted, Deadlines.Review),
        new(Submitted, Concur, Technical, Opinion, Submitted),
        new(Submitted, Dissent, Technical, OpinionRequired, Submitted),
        new(Submitted, Approve, Authority, Opinion | Lines, ChangeOrdered, Deadlines.Execute, Concurred),
        new(Submitted, Reject, Authority, OpinionRequired, Rejected),
        new(ChangeOrdered, CompleteOrder, Platform, Input.None, Changed, Deadlines.Confirm),
        new(ChangeOrdered, FailOrder, Platform, Input.None, ChangeOrdered),
        new(ChangeOrdered, ReissueOrder, Technical, Opinion | Input.WorkOrder, ChangeOrdered, When: OrderFailed),
        new(ChangeOrdered, AcceptPartial, Technical, Opinion, Changed, Deadlines.Confirm, OrderFailed),
        new(ChangeOrdered, Withdraw, Tenant, Opinion, Withdrawn, When: OrderFailed),
        new(Changed, Confirm, Tenant, Opinion | Input.CompletedOn, InService),
        new(Changed, Dispute, Tenant, OpinionRequired, Changed),
        new(Changed, Decide, Technical, OpinionRequired, Changed, When: DeliveryDisputed),
        new(InService, Agree, Provider, Opinion, InService, When: CompletionProposed),
        new(InService, Decide, Technical, OpinionRequired | Input.CompletedOn, InService, When: CompletionProposed),
        new(Draft, Withdraw, Tenant, Opinion, Withdrawn),
        new(Submitted, Withdraw, Tenant, Opinion, Withdrawn),
        new(NotAccepted, Withdraw, Tenant, Opinion, Withdrawn),
    ];
}
