using static CloudManager.Core.Requests.Guard;
using static CloudManager.Core.Requests.Input;
using static CloudManager.Core.Requests.Party;
using static CloudManager.Core.Requests.RequestAction;
using static CloudManager.Core.Requests.RequestState;

namespace CloudManager.Core.Requests;

/// <content>云资源注销 (art. 21).</content>
public static partial class Transitions
{
    /// <summary>
    /// 云资源注销 (art. 21): nothing is deleted before the tenant confirmed its backup and then the clean-up; the provider
    /// completes with evidence and its statement; service ends on the day the tenant confirms.
    /// </summary>
    public static IReadOnlyList<Transition> Deregistration { get; } =
    [
        new(Draft, Revise, Tenant, Input.None, Draft),
        new(Draft, Submit, Tenant, Input.None, Submitted, Deadlines.Review),
        new(Submitted, NotAccept, Authority, OpinionRequired, NotAccepted),
        new(NotAccepted, Resubmit, Tenant, Opinion | Lines, Submitted, Deadlines.Review),
        new(Submitted, Approve, Authority, Opinion, Approved),
        new(Submitted, Reject, Authority, OpinionRequired, Rejected),
        new(Approved, IssueReclaimOrder, Technical, Opinion, BackingUp),
        new(BackingUp, FailOrder, Platform, Input.None, BackingUp),
        new(BackingUp, ReissueOrder, Technical, Opinion | Input.WorkOrder, BackingUp, When: OrderFailed),
        new(BackingUp, ConfirmBackup, Tenant, Opinion, Cleaning),
        new(Cleaning, ConfirmCleaned, Tenant, Opinion, Cleaning, When: NotCleaned),
        new(Cleaning, CompleteOrder, Platform, Input.None, Reclaimed, Deadlines.Confirm),
        new(Cleaning, FailOrder, Platform, Input.None, Cleaning),
        new(Cleaning, ReissueOrder, Technical, Opinion | Input.WorkOrder, Cleaning, When: OrderFailed),
        new(Reclaimed, Confirm, Tenant, Opinion | Input.EndedOn, Ended),
        new(Draft, Withdraw, Tenant, Opinion, Withdrawn),
        new(Submitted, Withdraw, Tenant, Opinion, Withdrawn),
        new(NotAccepted, Withdraw, Tenant, Opinion, Withdrawn),
        new(Approved, Withdraw, Tenant, Opinion, Withdrawn),
        new(BackingUp, Withdraw, Tenant, Opinion, Withdrawn),
        new(Cleaning, Withdraw, Tenant, Opinion, Withdrawn, When: NotCleaned),
    ];
}
