using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Core.Provisioning;

/// <summary>What a person of the provider found out about a task that nobody else can decide.</summary>
public enum PersonsFinding
{
    /// <summary>Nothing stands in the way any more: the call is made again under the same key.</summary>
    Retry,

    /// <summary>Nothing is there: what was to be made is made again, what was to be removed is removed.</summary>
    Absent,

    /// <summary>What was to be made is there under the named identifier.</summary>
    Found,

    /// <summary>It will not pass; the order fails with the evidence as its reason.</summary>
    Failed,
}

/// <summary>A person's word about a task.</summary>
/// <param name="Outcome">What was found out.</param>
/// <param name="NativeId">The cloud's identifier of what was found; otherwise null.</param>
/// <param name="Evidence">What shows it, 1 to 4,000 characters.</param>
public sealed record PersonsWord(PersonsFinding Outcome, NativeId? NativeId, string Evidence);

/// <summary>Goes on with a task that waits for a person, as the pool's own provider says.</summary>
public sealed class SettleTask(IBooks books, IPools pools, TaskBooks records, MachineClock clock)
{
    public async Task<Result<ProvisioningTask>> ExecuteAsync(
        (Actor By, Intent Intent) caller,
        TaskId id,
        PersonsWord word,
        CancellationToken cancellationToken
    )
    {
        var read = await books.ReadAsync((t, c) => OpenAsync(t, caller.By, id, word, c), cancellationToken);
        Refusal? refusal = read.Refusal;
        if (read.IsDone && word.NativeId is { } found)
        {
            refusal = await AdoptingFound.ExamineAsync(
                pools.Open(read.Value.Task.Pool),
                read.Value,
                found,
                cancellationToken
            );
        }

        return await books.ChangeAsync<ProvisioningTask>(
            caller.Intent,
            async (transaction, token) =>
            {
                if (refusal is not null)
                {
                    return refusal;
                }

                // Somebody may have been faster while the cloud was asked.
                var open = await OpenAsync(transaction, caller.By, id, word, token);
                return open.Refusal is { } gone ? gone : await SettleAsync(transaction, open.Value, word, token);
            },
            cancellationToken
        );
    }

    private async Task<Result<OpenTask>> OpenAsync(
        ITransaction transaction,
        Actor by,
        TaskId id,
        PersonsWord word,
        CancellationToken cancellationToken
    )
    {
        var task = await records.Tasks.FindAsync(transaction, id, cancellationToken);
        var order = task is null
            ? null
            : await records.Orders.FindAsync(transaction, task.WorkOrder, cancellationToken);
        if (task is null || order is null || order.Provider != by.Organisation?.Code)
        {
            return TaskRefusals.NotFound(id.ToString());
        }

        if (TaskRefusals.Examine(word) is { } fault)
        {
            return fault;
        }

        if (task.State != TaskState.NeedsPerson)
        {
            return TaskRefusals.WrongState(task);
        }

        if (!Fits(task, word.Outcome))
        {
            return TaskRefusals.NotFitting(task, word.Outcome);
        }

        var resource = (await records.Resources.FindAsync(transaction, task.Resource!.Value, cancellationToken))!;
        return
            word.NativeId is { } found
            && await IsKnownAsync(transaction, resource, found, cancellationToken) is { } other
            ? TaskRefusals.Known(found, other)
            : new OpenTask(task, order, resource);
    }

    /// <summary>What a clean-up is to remove must go: it can only be tried again or be gone already.</summary>
    private static bool Fits(ProvisioningTask task, PersonsFinding finding) =>
        finding switch
        {
            PersonsFinding.Retry => true,
            PersonsFinding.Absent => task.IsCreate
                || task.IsDelete
                || task.Kind is TaskKind.DetachVolume or TaskKind.UnbindAddress,
            _ => task.IsCreate,
        };

    private async Task<ResourceId?> IsKnownAsync(
        ITransaction transaction,
        Resource resource,
        NativeId found,
        CancellationToken cancellationToken
    )
    {
        var filter = new ResourceFilter { Pool = resource.Pool, NativeId = found };
        var page = await records.Resources.ListAsync(transaction, filter, new PageRequest(null, 10), cancellationToken);
        return page.Items.FirstOrDefault(r => r.Kind == resource.Kind && r.Id != resource.Id)?.Id;
    }

    private async Task<ProvisioningTask> SettleAsync(
        ITransaction transaction,
        OpenTask open,
        PersonsWord word,
        CancellationToken cancellationToken
    )
    {
        var (task, order, resource) = open;
        var (after, outcome) = Decide(task, order, resource, word);
        transaction.Record(
            new(
                "task.settle",
                new("task", task.Id.ToString()),
                new { task.State, NativeId = resource.NativeId?.Value },
                new
                {
                    after.State,
                    word.Outcome,
                    NativeId = (word.NativeId ?? resource.NativeId)?.Value,
                    word.Evidence,
                }
            )
        );
        await records.Apply.ExecuteAsync(transaction, after, outcome, cancellationToken);
        return after;
    }

    private (ProvisioningTask After, Outcome Outcome) Decide(
        ProvisioningTask task,
        WorkOrder order,
        Resource resource,
        PersonsWord word
    )
    {
        if (word.Outcome == PersonsFinding.Failed)
        {
            return (task with { State = TaskState.Failed }, new Outcome.Failed((word.Evidence, word.Evidence), null));
        }

        if (word.Outcome == PersonsFinding.Found)
        {
            return (task with { State = TaskState.Settling, NextAt = clock.Now }, new Outcome.Pending(word.NativeId));
        }

        if (task.IsCreate)
        {
            // What an order that ended early did not make is not made any more.
            return order.State == WorkOrderState.Issued
                ? (Again(task), new Outcome.Absent())
                : (task with { State = TaskState.Cancelled }, new Outcome.Absent());
        }

        return word.Outcome == PersonsFinding.Absent
            ? (task with { State = TaskState.Done, LastError = null }, new Outcome.Settled(resource.NativeId, []))
            : (Again(task), new Outcome.Absent());
    }

    /// <summary>A fresh call under the same key: a listing has its time to show it again.</summary>
    private ProvisioningTask Again(ProvisioningTask task) =>
        task with
        {
            State = TaskState.Ready,
            CalledAt = null,
            NextAt = clock.Now,
        };
}

/// <summary>What a task is written in: itself, its order, its resource, and what its end leads to.</summary>
public sealed record TaskBooks(ITaskStore Tasks, IWorkOrderStore Orders, IResourceStore Resources, ApplyOutcome Apply);

/// <summary>A task that waits for a person, its order and what it works on.</summary>
internal sealed record OpenTask(ProvisioningTask Task, WorkOrder Order, Resource Resource);
