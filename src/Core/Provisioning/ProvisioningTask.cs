using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Core.Provisioning;

/// <summary>The number of a provisioning task, e.g. <c>task-000042</c>.</summary>
public readonly record struct TaskId(long Number)
{
    public const string Prefix = "task";

    public override string ToString() => NumberedId.Format(Prefix, Number);
}

/// <summary>What a task does to its resource. The order of the list is the order in which one resource is made.</summary>
public enum TaskKind
{
    CreateNetwork,
    CreateServer,
    CreateVolume,
    CreateAddress,
    AttachVolume,
    BindAddress,
    ResizeServer,

    /// <summary>Keeps the new size, once it was seen to be the ordered one.</summary>
    ConfirmResize,

    /// <summary>Gives the server its old size back.</summary>
    RevertResize,
    ExtendVolume,
    SetBandwidth,
    StartServer,
    StopServer,
    DetachVolume,
    UnbindAddress,
    DeleteAddress,
    DeleteVolume,
    DeleteServer,
    DeleteNetwork,

    /// <summary>Done by the provider's people.</summary>
    ByHand,

    /// <summary>Concludes the order once everything else is done; it makes no call.</summary>
    Conclude,
}

/// <summary>Where a task stands.</summary>
public enum TaskState
{
    /// <summary>Other tasks come first.</summary>
    Waiting,

    /// <summary>May be taken.</summary>
    Ready,

    /// <summary>The intent is on record, the call is on its way or was cut off.</summary>
    Calling,

    /// <summary>The cloud is at work; it is polled.</summary>
    Settling,

    Done,

    /// <summary>It will not pass.</summary>
    Failed,

    Cancelled,

    /// <summary>Nobody but a person can say whether the call took effect.</summary>
    NeedsPerson,
}

/// <summary>
/// Provisioning task (编排任务): one step on one resource. A row: intent first, then the call, then polling until
/// settled, then verifying that what runs is what was ordered. Its instants are machine time.
/// </summary>
public sealed record ProvisioningTask
{
    public required TaskId Id { get; init; }
    public required WorkOrderId WorkOrder { get; init; }
    public required PoolId Pool { get; init; }
    public required TaskKind Kind { get; init; }

    /// <summary>What it works on; null for the task that concludes the order.</summary>
    public ResourceId? Resource { get; init; }

    public required TaskState State { get; init; }

    /// <summary>The tasks that come first.</summary>
    public IReadOnlyList<TaskId> After { get; init; } = [];

    /// <summary>How many of them are not done yet.</summary>
    public int Blockers { get; init; }

    /// <summary>What names the creation on the provider's side, for ever; never one per try.</summary>
    public required OperationKey Key { get; init; }

    /// <summary>What the resource shall become; null for what its books say.</summary>
    public Spec? Wanted { get; init; }

    /// <summary>
    /// What people do in it on a pool where nothing is called (人工办理); null for a task of another kind and for what people do
    /// everywhere.
    /// </summary>
    public TaskKind? InsteadOf { get; init; }

    /// <summary>The paper that shows that people did it; null before, and for what is called.</summary>
    public string? Evidence { get; init; }

    /// <summary>What it does to its resource, whoever does it.</summary>
    public TaskKind Does => InsteadOf ?? Kind;

    /// <summary>Whether it removes what a failed or cancelled order made.</summary>
    public bool CleansUp { get; init; }

    /// <summary>How often the call was made.</summary>
    public int Attempts { get; init; }

    /// <summary>When the first call of all was put on record.</summary>
    public DateTimeOffset? CalledAt { get; init; }

    /// <summary>Not to be looked at before.</summary>
    public DateTimeOffset NextAt { get; init; }

    /// <summary>What the cloud said last, where it was no success.</summary>
    public Bilingual? LastError { get; init; }

    public bool IsCreate =>
        Kind is TaskKind.CreateNetwork or TaskKind.CreateServer or TaskKind.CreateVolume or TaskKind.CreateAddress;

    public bool IsDelete =>
        Kind is TaskKind.DeleteServer or TaskKind.DeleteVolume or TaskKind.DeleteAddress or TaskKind.DeleteNetwork;

    public bool IsInFlight => State is TaskState.Calling or TaskState.Settling;

    public bool IsEnded => State is TaskState.Done or TaskState.Failed or TaskState.Cancelled;
}

/// <summary>Tasks in the books.</summary>
public interface ITaskStore
{
    Task AddAsync(ITransaction transaction, IReadOnlyList<ProvisioningTask> tasks, CancellationToken cancellationToken);

    /// <summary>Saves the task and gives up its lease; a task that is done unblocks those that wait for it.</summary>
    Task SaveAsync(ITransaction transaction, ProvisioningTask task, CancellationToken cancellationToken);

    Task<ProvisioningTask?> FindAsync(ITransaction transaction, TaskId id, CancellationToken cancellationToken);

    /// <summary>All tasks of an order, oldest first.</summary>
    Task<IReadOnlyList<ProvisioningTask>> OfOrderAsync(
        ITransaction transaction,
        WorkOrderId order,
        CancellationToken cancellationToken
    );
}

/// <summary>The leases of tasks: who works on what, so that several processes can and one may die at any point.</summary>
public interface ITaskLeases
{
    /// <summary>Leases up to <paramref name="count"/> due tasks of the pool and puts those that are ready on record as calling.</summary>
    Task<IReadOnlyList<LeasedTask>> TakeAsync(PoolId pool, Lease lease, int count, CancellationToken cancellationToken);

    /// <summary>Keeps the owner's leases alive.</summary>
    Task RenewAsync(Lease lease, CancellationToken cancellationToken);

    /// <summary>When the pool's next task is due; null if none is.</summary>
    Task<DateTimeOffset?> NextDueAsync(PoolId pool, CancellationToken cancellationToken);
}

/// <summary>A worker's claim, on machine time.</summary>
public sealed record Lease(string Owner, DateTimeOffset Now, DateTimeOffset Until);

/// <summary>A leased task, its resource and the resource that one is part of.</summary>
/// <param name="Task">The task as it is on record now.</param>
/// <param name="IsFresh">Whether this lease put its first or next call on record; false if it was found calling.</param>
/// <param name="Resource">The resource as the books have it; null for the task that concludes an order.</param>
/// <param name="Whole">The server or network the resource is part of; null if none.</param>
public sealed record LeasedTask(ProvisioningTask Task, bool IsFresh, Resource? Resource, Resource? Whole)
{
    /// <summary>The key under which the resource was created, where the task deletes it; null if it was not created here.</summary>
    public OperationKey? CreatedUnder { get; init; }

    /// <summary>The resource as it shall be.</summary>
    internal Resource Target => Resource! with { Spec = Task.Wanted ?? Resource.Spec };
}
