using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Requests;

/// <summary>The number of a request, e.g. <c>req-000042</c>.</summary>
public readonly record struct RequestId(long Number)
{
    public const string Prefix = "req";

    public override string ToString() => NumberedId.Format(Prefix, Number);
}

/// <summary>What a request asks for (art. 19–21, 23, 15).</summary>
public enum RequestType
{
    /// <summary>云资源申请 (art. 19).</summary>
    Provision,

    /// <summary>云资源调整 (art. 20).</summary>
    Change,

    /// <summary>云资源注销 (art. 21).</summary>
    Deregistration,

    /// <summary>紧急发放 (art. 23).</summary>
    Emergency,

    /// <summary>目录外资源 (art. 19(1)).</summary>
    OffCatalogue,

    /// <summary>迁移 (art. 15).</summary>
    Migration,

    /// <summary>纳管 (art. 14): servers found in a pool are assigned to a system; the technical department files it.</summary>
    Takeover,
}

/// <summary>Where a request stands.</summary>
public enum RequestState
{
    Draft,
    Submitted,
    NotAccepted,
    Accepted,
    Rejected,
    Approved,
    TestOrdered,
    Testing,
    Tested,
    Advised,
    Filed,
    DeliveryOrdered,
    Delivered,
    InService,
    ChangeOrdered,
    Changed,
    BackingUp,
    Cleaning,
    Reclaimed,
    Ended,
    Withdrawn,
    Expired,
}

/// <summary>How the request's work orders stand.</summary>
public enum OrderStanding
{
    /// <summary>None is out.</summary>
    None,

    /// <summary>Providers are at work.</summary>
    Issued,

    /// <summary>At least one failed and waits for a decision.</summary>
    Failed,

    /// <summary>All are complete.</summary>
    Completed,
}

/// <summary>Service request (申请, art. 19): what a tenant wants for one of its systems, and how far it has come.</summary>
public sealed record ServiceRequest
{
    public required RequestId Id { get; init; }

    public required RequestType Type { get; init; }

    public required RequestState State { get; init; }

    /// <summary>The tenant's organisation code.</summary>
    public required string Tenant { get; init; }

    /// <summary>The region whose authority decides (art. 14, 43).</summary>
    public required string Region { get; init; }

    /// <summary>The system's code.</summary>
    public required string System { get; init; }

    public required string Reason { get; init; }

    public required IReadOnlyList<RequestLine> Lines { get; init; }

    public OrderStanding Order { get; init; }

    /// <summary>Whether the tenant disputed the delivery and nobody has decided yet.</summary>
    public bool Disputed { get; init; }

    /// <summary>Whether the technical department concurs with a change (art. 20); null until it has said.</summary>
    public bool? Concurred { get; init; }

    /// <summary>Whether a deregistration is of the whole system, whatever it has when it is submitted and approved (art. 21).</summary>
    public bool WholeSystem { get; init; }

    /// <summary>The day on which service ended, as the tenant confirmed it (art. 40).</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>Whether the tenant has confirmed that its data may be destroyed (art. 21(2)).</summary>
    public bool IsCleaned => History.Any(h => h.Action == RequestAction.ConfirmCleaned);

    /// <summary>The tenant's test report (art. 19(3)).</summary>
    public string? TestSummary { get; init; }

    /// <summary>The day on which the service was complete, as the tenant confirmed it (art. 40).</summary>
    public DateOnly? CompletedOn { get; init; }

    /// <summary>A completion day the tenant named that differs from the provider's, until agreed or decided.</summary>
    public DateOnly? ProposedCompletion { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Counts the changes; what If-Match speaks of.</summary>
    public int Version { get; init; } = 1;

    public IReadOnlyList<Deadline> Deadlines { get; init; } = [];

    public IReadOnlyList<HistoryEntry> History { get; init; } = [];
}

/// <summary>One line of a request: a quantity of one item with one spec on one pool.</summary>
public sealed record RequestLine
{
    /// <summary>Its number, from 1; kept when quantities change or lines fall away.</summary>
    public required int No { get; init; }

    /// <summary>The catalogue item's code.</summary>
    public required string Item { get; init; }

    public required ItemKind Kind { get; init; }

    public required int Quantity { get; init; }

    public required PoolId Pool { get; init; }

    /// <summary>The code of the provider that runs the pool.</summary>
    public required string Provider { get; init; }

    /// <summary>What is wanted; of a line that removes, what there is.</summary>
    public required Spec Spec { get; init; }

    /// <summary>The resource it changes or removes, e.g. <c>res-000001</c> (art. 20, 21); null for one that adds.</summary>
    public string? Resource { get; init; }

    /// <summary>Whether it removes the resource.</summary>
    public bool Remove { get; init; }

    /// <summary>What the resource was when the line was last examined; null for one that adds or removes.</summary>
    public Spec? Was { get; init; }

    /// <summary>The server in service that an added volume or address goes to, or the network an added server joins.</summary>
    public string? To { get; init; }

    /// <summary>The line as it would be asked for.</summary>
    internal LineInput AsInput() =>
        Resource is null
            ? new LineInput(Item, Quantity, Pool, Spec, No) { To = To }
            : new LineInput(null, null, null, Remove ? null : Spec, No) { Resource = Resource, Remove = Remove };
}

/// <summary>One deadline of the procedure.</summary>
/// <param name="Step">accept, review, report, grace, execute or confirm.</param>
/// <param name="StartedAt">The event it runs from.</param>
/// <param name="DueAt">Its last second.</param>
/// <param name="ClosedAt">When the step was taken or fell away; null while it runs.</param>
public sealed record Deadline(string Step, DateTimeOffset StartedAt, DateTimeOffset DueAt, DateTimeOffset? ClosedAt)
{
    /// <summary>Whether the whole of its last second was over before the step was taken, or is over now.</summary>
    public bool IsOverdue(DateTimeOffset now) => (ClosedAt ?? now) >= DueAt.AddSeconds(1);
}

/// <summary>One step of a request's history; kept for ever, also over a new submission (art. 19(2)).</summary>
/// <param name="At">When.</param>
/// <param name="By">The account; <c>platform</c> for the platform itself.</param>
/// <param name="Organisation">The organisation the account acted for; null for the platform.</param>
/// <param name="Action">What was done.</param>
/// <param name="Opinion">The opinion given with it, or what the platform has to say.</param>
public sealed record HistoryEntry(
    DateTimeOffset At,
    string By,
    string? Organisation,
    RequestAction Action,
    string? Opinion
);
