using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Provisioning;

/// <summary>
/// Takes one leased task one step further: makes its call, or finds out what became of a call that was cut off, or
/// looks how far the cloud has come; then writes down what it saw.
/// </summary>
public sealed class WorkTask(
    IBooks books,
    IPools pools,
    ITaskStore tasks,
    ApplyOutcome apply,
    ConcludeOrder conclude,
    MachineClock clock
)
{
    public async Task ExecuteAsync(LeasedTask leased, CancellationToken cancellationToken)
    {
        if (leased.Task.Kind == TaskKind.Conclude)
        {
            await ConcludeAsync(leased.Task, cancellationToken);
            return;
        }

        var (task, outcome) = await AdvanceAsync(leased, cancellationToken);
        await books.KeepAsync(
            Origin.Platform,
            async (transaction, token) =>
            {
                await apply.ExecuteAsync(transaction, task, outcome, token);
                return Done.Now;
            },
            cancellationToken
        );
    }

    private Task ConcludeAsync(ProvisioningTask task, CancellationToken cancellationToken) =>
        books.KeepAsync(
            Origin.Platform,
            async (transaction, token) =>
            {
                await tasks.SaveAsync(transaction, task with { State = TaskState.Done }, token);
                await conclude.ExecuteAsync(transaction, task.WorkOrder, token);
                return Done.Now;
            },
            cancellationToken
        );

    private async Task<(ProvisioningTask Task, Outcome Outcome)> AdvanceAsync(
        LeasedTask leased,
        CancellationToken cancellationToken
    )
    {
        var task = leased.Task;
        try
        {
            var outcome = await LookOrCallAsync(leased, cancellationToken);
            return (Next(task, outcome), outcome);
        }
        catch (AdapterException failure)
        {
            return Next(leased, failure);
        }
    }

    private async Task<Outcome> LookOrCallAsync(LeasedTask leased, CancellationToken cancellationToken)
    {
        var task = leased.Task;
        pools.TryFind(task.Pool, out var pool);
        var cloud = pools.Open(task.Pool);
        if (task.State == TaskState.Settling)
        {
            return await CloudSteps.LookAsync(cloud, leased, cancellationToken);
        }

        if (!leased.IsFresh && task.IsCreate)
        {
            var found = await CloudSteps.FindAsync(cloud, leased, cancellationToken);
            if (found is not Outcome.Absent || !MayCallAgain(task, cloud.Info.Limits))
            {
                return found;
            }
        }

        var called = await CloudSteps.CallAsync(cloud, pool!, leased, cancellationToken);
        return called is Outcome.Pending { NativeId: null }
            ? await CloudSteps.LookAsync(cloud, leased, cancellationToken)
            : called;
    }

    /// <summary>A call that was cut off is made again only where a listing can no longer miss it and the cloud itself keeps keys of its kind unique.</summary>
    private bool MayCallAgain(ProvisioningTask task, CloudLimits limits) =>
        limits.KeepsKeysOf(CreationOf(task.Kind)) && clock.Now - task.CalledAt >= limits.SettleTime;

    private static CreationKinds CreationOf(TaskKind kind) =>
        kind switch
        {
            TaskKind.CreateServer => CreationKinds.Servers,
            TaskKind.CreateVolume => CreationKinds.Volumes,
            TaskKind.CreateNetwork => CreationKinds.Networks,
            TaskKind.CreateAddress => CreationKinds.Addresses,
            _ => CreationKinds.None,
        };

    private ProvisioningTask Next(ProvisioningTask task, Outcome outcome) =>
        outcome switch
        {
            Outcome.Settled => task with { State = TaskState.Done, LastError = null },
            Outcome.Failed => task with { State = task.CleansUp ? TaskState.NeedsPerson : TaskState.Failed },
            Outcome.Absent => Unfound(task),
            _ => task with { State = TaskState.Settling, NextAt = clock.Now + Backoff.Poll(clock.Now - task.CalledAt) },
        };

    /// <summary>Nothing under its key: wait until a listing must show it, then ask a person.</summary>
    private ProvisioningTask Unfound(ProvisioningTask task)
    {
        var settle = pools.Open(task.Pool).Info.Limits.SettleTime;
        return clock.Now - task.CalledAt < settle
            ? task with
            {
                NextAt = clock.Now + Backoff.Poll(clock.Now - task.CalledAt),
            }
            : task with
            {
                State = TaskState.NeedsPerson,
                LastError = (
                    "调用中断后在云平台上查不到结果，请人工核实后处理",
                    "the call was cut off and the cloud shows nothing under its key; a person must look"
                ),
            };
    }

    private (ProvisioningTask Task, Outcome Outcome) Next(LeasedTask leased, AdapterException failure)
    {
        var task = leased.Task;
        var words = FailureWords.Of(task.Kind, leased.Resource!, failure);
        if (failure.IsTransient || (failure.Kind == FailureKind.Conflict && task.Attempts < Backoff.MaxConflicts))
        {
            // Only "nothing was done" lets the next try be a fresh one; otherwise it is looked for first.
            var state =
                task.State == TaskState.Calling && !failure.IsUncertain && leased.IsFresh
                    ? TaskState.Ready
                    : task.State;
            var wait = failure.RetryAfter ?? Backoff.After(task.Attempts);
            var again = task with
            {
                State = state,
                NextAt = clock.Now + wait,
                LastError = words,
                Attempts = task.Attempts + 1,
            };
            return (again, new Outcome.Pending(null));
        }

        var ended = task with { State = task.CleansUp ? TaskState.NeedsPerson : TaskState.Failed };
        return (ended, new Outcome.Failed(words, null));
    }
}

/// <summary>How long to wait, on machine time.</summary>
internal static class Backoff
{
    /// <summary>How often a conflict is taken as "not yet" before it is taken as a no.</summary>
    public const int MaxConflicts = 10;

    /// <summary>Before the next try after a failure: 0.2 s doubling to 60 s.</summary>
    public static TimeSpan After(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(60, 0.2 * Math.Pow(2, Math.Clamp(attempts, 0, 10))));

    /// <summary>
    /// Before the next look: a quarter of the time it has taken so far, 0.1 s to 5 s. Each look costs the cloud too: Nova asks
    /// Neutron twice to show one server.
    /// </summary>
    public static TimeSpan Poll(TimeSpan? sinceCall) =>
        TimeSpan.FromSeconds(Math.Clamp((sinceCall ?? TimeSpan.Zero).TotalSeconds / 4, 0.1, 5));
}
