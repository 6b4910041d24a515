using System.Text.Json.Serialization;
using CloudManager.Client.Requests;
using Refit;

namespace CloudManager.Client.WorkOrders;

/// <summary>Work orders (工单, art. 19).</summary>
public interface IWorkOrdersApi
{
    [Get("/api/v1/work-orders")]
    Task<Page<WorkOrder>> ListAsync([Query] WorkOrderQuery query, CancellationToken cancellationToken);

    [Get("/api/v1/work-orders/{id}")]
    Task<WorkOrder> FindAsync(string id, CancellationToken cancellationToken);

    [Post("/api/v1/work-orders/{id}/complete")]
    Task<WorkOrder> CompleteAsync(string id, [Body] Evidence body, CancellationToken cancellationToken);

    [Post("/api/v1/work-orders/{id}/fail")]
    Task<WorkOrder> FailAsync(string id, [Body] FailureReason body, CancellationToken cancellationToken);
}

/// <summary>Provisioning tasks (编排任务) that wait for a person.</summary>
public interface ITasksApi
{
    /// <summary>What people did in one task of a pool that nothing can call.</summary>
    [Post("/api/v1/tasks/{id}/complete")]
    Task<WorkOrderTask> CompleteAsync(string id, [Body] MadeByHand body, CancellationToken cancellationToken);

    [Post("/api/v1/tasks/{id}/settle")]
    Task<WorkOrderTask> SettleAsync(string id, [Body] PersonsWord body, CancellationToken cancellationToken);
}

/// <summary>What a person found out about a task.</summary>
/// <param name="Outcome">retry, absent, found or failed.</param>
/// <param name="Evidence">What shows it.</param>
/// <param name="NativeId">The cloud's identifier of what was found.</param>
public sealed record PersonsWord(string Outcome, string Evidence, string? NativeId = null);

/// <summary>Which work orders a list shows; null members do not filter.</summary>
public sealed record WorkOrderQuery : PageQuery
{
    public string? State { get; init; }
    public string? Request { get; init; }
}

/// <summary>What shows that an order was fulfilled by hand.</summary>
/// <param name="Text">The evidence, which the API calls <c>evidence</c>.</param>
/// <param name="Statement">That what was destroyed cannot be recovered (art. 21(2)); for a deregistration only.</param>
/// <param name="Resources">What really runs, where people do everything; else null.</param>
public sealed record Evidence(
    [property: JsonPropertyName("evidence")] string Text,
    string? Statement = null,
    IReadOnlyList<MadeByHand>? Resources = null
);

/// <summary>What a provider's people made of one resource (人工办理).</summary>
/// <param name="Resource">The resource; null where a task is completed by its own number.</param>
/// <param name="NativeId">The provider's identifier.</param>
/// <param name="Evidence">The signed paper.</param>
public sealed record MadeByHand(
    string? Resource = null,
    string? NativeId = null,
    IReadOnlyList<string>? Addresses = null,
    int? Vcpus = null,
    int? MemoryGiB = null,
    int? SizeGiB = null,
    int? BandwidthMbps = null,
    string? Evidence = null
);

/// <summary>Why an order cannot be fulfilled.</summary>
public sealed record FailureReason(string Reason);

/// <summary>Work order (工单) of one request on one pool.</summary>
/// <param name="Tasks">Its tasks (编排任务), where it stands alone; null in lists.</param>
public sealed record WorkOrder(
    string Id,
    string Kind,
    string State,
    string Request,
    string Tenant,
    string System,
    string Pool,
    string Provider,
    IReadOnlyList<RequestLine> Lines,
    DateTimeOffset IssuedAt,
    string IssuedBy,
    DateTimeOffset? EndedAt,
    Bilingual? Reason = null,
    string? Evidence = null,
    string? Statement = null,
    IReadOnlyList<WorkOrderTask>? Tasks = null
);

/// <summary>Provisioning task (编排任务) of a work order.</summary>
public sealed record WorkOrderTask(
    string Id,
    string Kind,
    string? Resource,
    string State,
    int Attempts,
    Bilingual? LastError = null,
    string? InsteadOf = null,
    string? Evidence = null
);
