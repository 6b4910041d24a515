using System.Text.Json.Serialization;
using CloudManager.Api.Requests;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Provisioning;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Api.WorkOrders;

/// <summary>A work order; with its tasks where it stands alone.</summary>
internal sealed record WorkOrderView
{
    public required string Id { get; init; }
    public required WorkOrderKind Kind { get; init; }
    public required WorkOrderState State { get; init; }
    public required string Request { get; init; }
    public required string Tenant { get; init; }
    public required string System { get; init; }
    public required string Pool { get; init; }
    public required string Provider { get; init; }
    public required IReadOnlyList<LineView> Lines { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public required string IssuedBy { get; init; }
    public required DateTimeOffset? EndedAt { get; init; }
    public required IReadOnlyList<int> CompletedLines { get; init; }

    /// <summary>Why it failed, in words a provider understands.</summary>
    public required Bilingual? Reason { get; init; }
    public required string? Evidence { get; init; }

    /// <summary>The provider's statement that what was destroyed cannot be recovered (art. 21(2)).</summary>
    public required string? Statement { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TaskView>? Tasks { get; init; }

    public static WorkOrderView Of(WorkOrder order, IReadOnlyList<ProvisioningTask>? tasks) =>
        new()
        {
            Id = order.Id.ToString(),
            Kind = order.Kind,
            State = order.State,
            Request = order.Request.ToString(),
            Tenant = order.Tenant,
            System = order.System,
            Pool = order.Pool.Value,
            Provider = order.Provider,
            Lines = [.. order.Lines.Select(LineView.Of)],
            IssuedAt = order.IssuedAt,
            IssuedBy = order.IssuedBy,
            EndedAt = order.EndedAt,
            CompletedLines = order.CompletedLines,
            Reason = order.Reason,
            Evidence = order.Evidence,
            Statement = order.Statement,
            Tasks = tasks is null ? null : [.. tasks.Select(TaskView.Of)],
        };
}

/// <summary>
/// A provisioning task (编排任务) of a work order; of one that people do, what they do and the paper that shows it.
/// </summary>
internal sealed record TaskView(
    string Id,
    TaskKind Kind,
    string? Resource,
    TaskState State,
    int Attempts,
    Bilingual? LastError
)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TaskKind? InsteadOf { get; init; }

    /// <summary>What people shall bring it to; absent where that is what the order's line says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Spec? Wanted { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Evidence { get; init; }

    public static TaskView Of(ProvisioningTask task) =>
        new(task.Id.ToString(), task.Kind, task.Resource?.ToString(), task.State, task.Attempts, task.LastError)
        {
            InsteadOf = task.InsteadOf,
            Wanted = task.InsteadOf is null ? null : task.Wanted,
            Evidence = task.Evidence,
        };
}
