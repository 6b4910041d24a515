using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Provisioning;
using CloudManager.Core.Resources;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Provisioning;

/// <summary>One row of the table provisioning_task.</summary>
internal sealed class TaskRow
{
    public const string Columns = """
        id, work_order, pool, kind, resource, state, blockers, operation_key, wanted, cleans_up, attempts, called_at,
        next_at, last_error, fresh, instead_of, evidence
        """;

    public long Id { get; init; }
    public long WorkOrder { get; init; }
    public string Pool { get; init; } = "";
    public string Kind { get; init; } = "";
    public long? Resource { get; init; }
    public string State { get; init; } = "";
    public int Blockers { get; init; }
    public string OperationKey { get; init; } = "";
    public string? Wanted { get; init; }
    public bool CleansUp { get; init; }
    public int Attempts { get; init; }
    public long? CalledAt { get; init; }
    public long NextAt { get; init; }
    public string? LastError { get; init; }
    public bool Fresh { get; init; }
    public string? InsteadOf { get; init; }
    public string? Evidence { get; init; }

    public static TaskRow Of(ProvisioningTask task) =>
        new()
        {
            Id = task.Id.Number,
            WorkOrder = task.WorkOrder.Number,
            Pool = task.Pool.Value,
            Kind = task.Kind.ToString(),
            Resource = task.Resource?.Number,
            State = task.State.ToString(),
            Blockers = task.Blockers,
            OperationKey = task.Key.Value,
            Wanted = Json.WriteOrNull(task.Wanted),
            CleansUp = task.CleansUp,
            Attempts = task.Attempts,
            CalledAt = task.CalledAt?.ToUnixTimeMilliseconds(),
            NextAt = task.NextAt.ToUnixTimeMilliseconds(),
            LastError = Json.WriteOrNull(task.LastError),
            InsteadOf = task.InsteadOf?.ToString(),
            Evidence = task.Evidence,
        };

    public ProvisioningTask ToTask() =>
        new()
        {
            Id = new(Id),
            WorkOrder = new(WorkOrder),
            Pool = new(Pool),
            Kind = Enum.Parse<TaskKind>(Kind),
            Resource = Resource is { } resource ? new ResourceId(resource) : null,
            State = Enum.Parse<TaskState>(State),
            Blockers = Blockers,
            Key = new OperationKey(OperationKey),
            Wanted = Wanted is null ? null : Json.Read<Spec>(Wanted),
            CleansUp = CleansUp,
            Attempts = Attempts,
            CalledAt = CalledAt is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null,
            NextAt = DateTimeOffset.FromUnixTimeMilliseconds(NextAt),
            LastError = LastError is null ? null : Json.Read<Bilingual>(LastError),
            InsteadOf = InsteadOf is null ? null : Enum.Parse<TaskKind>(InsteadOf),
            Evidence = Evidence,
        };
}
