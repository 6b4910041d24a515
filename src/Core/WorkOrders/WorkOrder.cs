using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;

namespace CloudManager.Core.WorkOrders;

/// <summary>The number of a work order, e.g. <c>wo-000042</c>.</summary>
public readonly record struct WorkOrderId(long Number)
{
    public const string Prefix = "wo";

    public override string ToString() => NumberedId.Format(Prefix, Number);
}

/// <summary>What a work order is for (art. 19–21).</summary>
public enum WorkOrderKind
{
    /// <summary>测试工单 (art. 19(3)).</summary>
    Test,

    /// <summary>交付工单 (art. 19(4)).</summary>
    Delivery,

    /// <summary>变更工单 (art. 20).</summary>
    Change,

    /// <summary>回收工单 (art. 21); also removes the resources of a test that was given up.</summary>
    Reclaim,
}

/// <summary>Where a work order stands.</summary>
public enum WorkOrderState
{
    /// <summary>The provider or the platform is at work.</summary>
    Issued,

    /// <summary>It failed; what it made is being cleaned up.</summary>
    Failing,

    Failed,

    /// <summary>It was given up; what it made is being cleaned up.</summary>
    Cancelling,

    Cancelled,

    Completed,
}

/// <summary>Work order (工单, art. 19): what a provider has to do on one pool for one request.</summary>
public sealed record WorkOrder
{
    public required WorkOrderId Id { get; init; }
    public required WorkOrderKind Kind { get; init; }
    public required WorkOrderState State { get; init; }
    public required RequestId Request { get; init; }
    public required string Tenant { get; init; }
    public required string System { get; init; }
    public required string Region { get; init; }
    public required PoolId Pool { get; init; }

    /// <summary>The code of the provider that fulfils it.</summary>
    public required string Provider { get; init; }

    public required IReadOnlyList<RequestLine> Lines { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The account that issued it; <c>platform</c> for the platform.</summary>
    public required string IssuedBy { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The lines whose units all stand, known once the order has ended.</summary>
    public IReadOnlyList<int> CompletedLines { get; init; } = [];

    /// <summary>Why it failed, in words a provider understands.</summary>
    public Bilingual? Reason { get; init; }

    /// <summary>What the provider says it did, for what is done by hand.</summary>
    public string? Evidence { get; init; }

    /// <summary>The provider's statement that what was destroyed cannot be recovered (不可恢复声明, art. 21(2)).</summary>
    public string? Statement { get; init; }

    /// <summary>
    /// Whether it reclaims what a tenant deregisters (art. 21); other reclaim orders remove what a request gave up.
    /// </summary>
    public bool EndsService =>
        Kind == WorkOrderKind.Reclaim && Lines.Count > 0 && Lines.All(l => l is { Resource: not null, Remove: true });

    /// <summary>Whether it counts: at work, completed, or failed and waiting for a decision.</summary>
    public bool IsOpen { get; init; } = true;

    /// <summary>Whether work is still being done for it.</summary>
    public bool IsAtWork => State is WorkOrderState.Issued or WorkOrderState.Failing or WorkOrderState.Cancelling;
}
