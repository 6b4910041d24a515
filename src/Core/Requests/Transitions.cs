using static CloudManager.Core.Requests.Guard;
using static CloudManager.Core.Requests.Input;
using static CloudManager.Core.Requests.Party;
using static CloudManager.Core.Requests.RequestAction;
using static CloudManager.Core.Requests.RequestState;

namespace CloudManager.Core.Requests;

/// <summary>The verbs of a request's way.</summary>
public enum RequestAction
{
    Create,
    Revise,
    Submit,
    Accept,
    NotAccept,
    Resubmit,
    Approve,
    Reject,
    IssueTestOrder,
    SubmitTestReport,
    Advise,
    FileAdvice,
    IssueDeliveryOrder,
    Confirm,
    Dispute,
    Decide,
    Agree,
    Withdraw,
    ReissueOrder,
    ChoosePool,
    AcceptPartial,

    /// <summary>云技术保障部门 consents to a change (art. 20).</summary>
    Concur,

    /// <summary>云技术保障部门 does not consent to a change (art. 20).</summary>
    Dissent,

    /// <summary>回收工单 (art. 21(2)).</summary>
    IssueReclaimOrder,

    /// <summary>The tenant confirms that its data are backed up (art. 21(2)).</summary>
    ConfirmBackup,

    /// <summary>The tenant confirms that its data may be destroyed (art. 21(2)).</summary>
    ConfirmCleaned,

    /// <summary>The platform: all work orders are complete.</summary>
    CompleteOrder,

    /// <summary>The platform: a work order failed.</summary>
    FailOrder,

    /// <summary>The platform: 30 days are over without a report (art. 19(3)).</summary>
    EndTest,

    /// <summary>The platform: the grace period is over too.</summary>
    Expire,
}

/// <summary>Who takes a step.</summary>
public enum Party
{
    /// <summary>云使用单位.</summary>
    Tenant,

    /// <summary>云主管部门.</summary>
    Authority,

    /// <summary>云技术保障部门.</summary>
    Technical,

    /// <summary>云服务商.</summary>
    Provider,

    /// <summary>The platform itself.</summary>
    Platform,
}

/// <summary>What a step takes along.</summary>
[Flags]
public enum Input
{
    None = 0,
    Opinion = 1,
    MustOpine = 2,
    Summary = 4,
    Lines = 8,
    MustLine = 16,
    CompletedOn = 32,
    Pool = 64,
    MustPool = 128,
    WorkOrder = 256,
    EndedOn = 512,
    OpinionRequired = Opinion | MustOpine,
    LinesRequired = Lines | MustLine,
    PoolRequired = Pool | MustPool,
}

/// <summary>What must hold beside the state.</summary>
public enum Guard
{
    Always,

    /// <summary>A work order failed and waits for a decision.</summary>
    OrderFailed,

    /// <summary>The tenant disputed the delivery.</summary>
    DeliveryDisputed,

    /// <summary>A completion day the tenant named waits for the provider or the technical department.</summary>
    CompletionProposed,

    /// <summary>The test's 30 days are over without a report.</summary>
    TestOverdue,

    /// <summary>The technical department has concurred with the change.</summary>
    Concurred,

    /// <summary>The tenant has not confirmed the clean-up yet.</summary>
    NotCleaned,
}

/// <summary>One row of the way: from a state, by a party, with an input, to a state, starting a deadline.</summary>
public sealed record Transition(
    RequestState From,
    RequestAction Action,
    Party By,
    Input Takes,
    RequestState To,
    string? Starts = null,
    Guard When = Always
);

/// <summary>
/// The transition tables of the request types. Everything that a request can do stands here, once: what is allowed,
/// what is refused, the actions a caller is shown, the generated tests and the drawing in docs come from these rows.
/// </summary>
public static partial class Transitions
{
    private static readonly RequestState[] Withdrawable =
    [
        Draft,
        Submitted,
        NotAccepted,
        Accepted,
        Approved,
        TestOrdered,
        Testing,
        Tested,
        Advised,
        Filed,
    ];

    /// <summary>云资源申请 (art. 19).</summary>
    public static IReadOnlyList<Transition> Provision { get; } =
    [
        new(Draft, Revise, Tenant, Input.None, Draft),
        new(Draft, Submit, Tenant, Input.None, Submitted, Deadlines.Accept),
        new(Submitted, Accept, Authority, Opinion, Accepted, Deadlines.Review),
        new(Submitted, NotAccept, Authority, OpinionRequired, NotAccepted),
        new(NotAccepted, Resubmit, Tenant, Opinion | Lines, Submitted, Deadlines.Accept),
        new(Accepted, Approve, Authority, Opinion | Lines, Approved),
        new(Accepted, Reject, Authority, OpinionRequired, Rejected),
        new(Approved, IssueTestOrder, Technical, Opinion, TestOrdered),
        new(TestOrdered, CompleteOrder, Platform, Input.None, Testing, Deadlines.Report),
        new(TestOrdered, FailOrder, Platform, Input.None, TestOrdered),
        new(Testing, SubmitTestReport, Tenant, Summary, Tested),
        new(Testing, EndTest, Platform, Input.None, Testing, Deadlines.Grace),
        new(Testing, Expire, Platform, Input.None, Expired, When: TestOverdue),
        new(Tested, Advise, Technical, Opinion | LinesRequired, Advised),
        new(Advised, FileAdvice, Technical, Opinion, Filed),
        new(Filed, IssueDeliveryOrder, Technical, Opinion, DeliveryOrdered),
        new(DeliveryOrdered, CompleteOrder, Platform, Input.None, Delivered, Deadlines.Confirm),
        new(DeliveryOrdered, FailOrder, Platform, Input.None, DeliveryOrdered),
        new(Delivered, Confirm, Tenant, Opinion | Input.CompletedOn, InService),
        new(Delivered, Dispute, Tenant, OpinionRequired, Delivered),
        new(Delivered, Decide, Technical, OpinionRequired, Delivered, When: DeliveryDisputed),
        new(InService, Agree, Provider, Opinion, InService, When: CompletionProposed),
        new(InService, Decide, Technical, OpinionRequired | Input.CompletedOn, InService, When: CompletionProposed),
        .. Mend(TestOrdered),
        new(TestOrdered, AcceptPartial, Technical, Opinion, Testing, Deadlines.Report, OrderFailed),
        .. Mend(DeliveryOrdered),
        new(DeliveryOrdered, AcceptPartial, Technical, Opinion, Delivered, Deadlines.Confirm, OrderFailed),
        .. Withdrawable.Select(s => new Transition(s, Withdraw, Tenant, Opinion, Withdrawn)),
    ];

    /// <summary>The table of a type; null while that type is not offered.</summary>
    public static IReadOnlyList<Transition>? Of(RequestType type) =>
        type switch
        {
            RequestType.Provision => Provision,
            RequestType.Change => Change,
            RequestType.Deregistration => Deregistration,
            _ => null,
        };

    /// <summary>What can be done about an order that failed (art. 19(3), (4)).</summary>
    private static Transition[] Mend(RequestState state) =>
        [
            new(state, ReissueOrder, Technical, Opinion | Input.Pool | Input.WorkOrder, state, When: OrderFailed),
            new(state, ChoosePool, Tenant, Opinion | PoolRequired | Input.WorkOrder, state, When: OrderFailed),
        ];
}
