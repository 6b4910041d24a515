using static CloudManager.Core.Requests.Guard;
using static CloudManager.Core.Requests.Input;
using static CloudManager.Core.Requests.Party;
using static CloudManager.Core.Requests.RequestAction;
using static CloudManager.Core.Requests.RequestState;

namespace CloudManager.Core.Requests;

/// <content>纳管 (art. 14).</content>
public static partial class Transitions
{
    /// <summary>
    /// 纳管 (art. 14): the technical department assigns servers found in a pool to a system, with the paper that proves it;
    /// they are measured at once and charged from the day the tenant confirms.
    /// </summary>
    public static IReadOnlyList<Transition> Takeover { get; } =
    [
        new(Delivered, Confirm, Tenant, Opinion, InService),
        new(Delivered, Dispute, Tenant, OpinionRequired, Delivered),
        new(Delivered, Decide, Technical, OpinionRequired, Delivered, When: DeliveryDisputed),
        new(Delivered, Withdraw, Technical, OpinionRequired, Withdrawn),
    ];
}
