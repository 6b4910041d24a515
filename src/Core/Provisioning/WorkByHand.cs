using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Core.Provisioning;

/// <summary>
/// Writes down what a provider's people did (人工办理, art. 19(3), (4), 20, 21): everywhere for items that no API delivers, and
/// for everything on a pool where nothing is called. What they made must be what was ordered.
/// </summary>
public sealed class WorkByHand(ITaskStore tasks, IResourceStore resources, IWorkOrderStore orders)
{
    /// <summary>All that is left to be done by hand of the order.</summary>
    internal async Task<Result<ByHand>> FulfilAsync(
        ITransaction transaction,
        WorkOrder order,
        Completion said,
        CancellationToken cancellationToken
    )
    {
        var open = await OpenAsync(transaction, order, cancellationToken);
        if (open.Count == 0)
        {
            return ByHand.NothingByHand;
        }

        var check = new Check();
        var words = Match(open, said, check);
        foreach (var (work, word, path) in words)
        {
            await ExamineAsync(transaction, work, word, (path, check), cancellationToken);
        }

        Twice(said, check);
        if (!check.IsClean)
        {
            return check.Refusal("byHand.invalid");
        }

        foreach (var work in open)
        {
            var word = words.FirstOrDefault(w => w.Work == work).Word ?? new MadeByHand();
            await DoneAsync(
                transaction,
                order,
                work,
                word with
                {
                    Evidence = word.Evidence ?? said.Evidence,
                },
                cancellationToken
            );
        }

        return ByHand.Noted;
    }

    /// <summary>One task of an order.</summary>
    internal async Task<Result<ProvisioningTask>> FulfilAsync(
        ITransaction transaction,
        (WorkOrder Order, ProvisioningTask Task) one,
        MadeByHand word,
        CancellationToken cancellationToken
    )
    {
        var resource = await resources.FindAsync(transaction, one.Task.Resource!.Value, cancellationToken);
        var work = new Work(one.Task, resource);
        var check = new Check();
        check.Text("evidence", word.Evidence, MadeRules.LongestEvidence, lines: true);
        await ExamineAsync(transaction, work, word, ("", check), cancellationToken);
        if (!check.IsClean)
        {
            return check.Refusal("byHand.invalid");
        }

        var order = one.Order with { Evidence = one.Order.Evidence ?? word.Evidence };
        await orders.SaveAsync(transaction, order, cancellationToken);
        return await DoneAsync(transaction, order, work, word, cancellationToken);
    }

    private async Task<IReadOnlyList<Work>> OpenAsync(
        ITransaction transaction,
        WorkOrder order,
        CancellationToken cancellationToken
    )
    {
        var open = new List<Work>();
        foreach (var task in await tasks.OfOrderAsync(transaction, order.Id, cancellationToken))
        {
            if (task is { Kind: TaskKind.ByHand, IsEnded: false })
            {
                var resource = task.Resource is { } id
                    ? await resources.FindAsync(transaction, id, cancellationToken)
                    : null;
                open.Add(new Work(task, resource));
            }
        }

        return open;
    }

    /// <summary>The words by what they are about; what lacks one that it needs, and what is about nothing, is a fault.</summary>
    private static List<(Work Work, MadeByHand Word, string Path)> Match(
        IReadOnlyList<Work> open,
        Completion said,
        Check check
    )
    {
        var words = new List<(Work, MadeByHand, string)>();
        var heard = new HashSet<ResourceId>();
        for (var i = 0; i < said.Resources.Count; i++)
        {
            var (word, path) = (said.Resources[i], $"resources[{i}].");
            check.OptionalText($"{path}evidence", word.Evidence, MadeRules.LongestEvidence, lines: true);
            var work = open.FirstOrDefault(w => w.Resource?.Id.ToString() == word.Resource);
            if (work?.Resource is { } resource && heard.Add(resource.Id))
            {
                words.Add((work, word, path));
                continue;
            }

            check.Fault(
                $"{path}resource",
                word.Resource,
                (
                    "本工单待人工办理的云资源，每个一行",
                    "a resource of this order that waits for people's word, each once"
                ),
                "byHand.unknownResource"
            );
        }

        foreach (var work in open.Where(w => MadeRules.NeedsWord(w.Task.Does) && !heard.Contains(w.Resource!.Id)))
        {
            check.Fault(
                "resources",
                null,
                ($"{work.Resource!.Id} 的实际交付情况", $"a row that says what really runs as {work.Resource.Id}"),
                "byHand.missing"
            );
        }

        return words;
    }

    private static void Twice(Completion said, Check check)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < said.Resources.Count; i++)
        {
            if (said.Resources[i].NativeId is { } native && !seen.Add(native))
            {
                MadeRules.Used($"resources[{i}].nativeId", native, null, check);
            }
        }
    }

    private async Task ExamineAsync(
        ITransaction transaction,
        Work work,
        MadeByHand word,
        (string Path, Check Check) to,
        CancellationToken cancellationToken
    )
    {
        var resource = work.Resource!;
        new MadeRules(work.Task, resource, to.Path, to.Check).Examine(word);
        if (word.NativeId is { Length: > 0 } native && !native.Contains('\0', StringComparison.Ordinal))
        {
            var filter = new ResourceFilter { Pool = resource.Pool, NativeId = new NativeId(native) };
            var page = await resources.ListAsync(transaction, filter, new PageRequest(null, 10), cancellationToken);
            if (page.Items.FirstOrDefault(r => r.Id != resource.Id) is { } other)
            {
                MadeRules.Used($"{to.Path}nativeId", native, other.Id, to.Check);
            }
        }
    }

    private async Task<ProvisioningTask> DoneAsync(
        ITransaction transaction,
        WorkOrder order,
        Work work,
        MadeByHand word,
        CancellationToken cancellationToken
    )
    {
        var done = work.Task with { State = TaskState.Done, Evidence = word.Evidence };
        await tasks.SaveAsync(transaction, done, cancellationToken);
        if (work.Resource is { } resource)
        {
            var after = Become(resource, done, word, order);
            await resources.SaveAsync(transaction, after, cancellationToken);
            transaction.Record(
                new(
                    "resource.byHand",
                    new("resource", resource.Id.ToString()),
                    ByHandFacts.Of(resource, done, null),
                    ByHandFacts.Of(after, done, done.Evidence)
                )
            );
        }

        return done;
    }

    private static Resource Become(Resource resource, ProvisioningTask task, MadeByHand word, WorkOrder order)
    {
        if (task.InsteadOf is null)
        {
            return OfManualItem(resource, task, order);
        }

        var known = resource with
        {
            NativeId = word.NativeId is { Length: > 0 } native ? new NativeId(native) : resource.NativeId,
            Addresses = word.Addresses is { Count: > 0 } addresses ? addresses : resource.Addresses,
            Spec = task.Wanted ?? resource.Spec,
        };
        return MadeRules.Deletes(task.Does)
            ? known with
            {
                State =
                    known.ServiceStart is not null ? ResourceState.Reclaimed
                    : task.CleansUp ? ResourceState.Failed
                    : ResourceState.Ended,
            }
            : known;
    }

    /// <summary>An item that no API delivers (安全服务, 迁移服务 …).</summary>
    private static Resource OfManualItem(Resource resource, ProvisioningTask task, WorkOrder order)
    {
        var line = order.Lines.FirstOrDefault(l => l.Resource == resource.Id.ToString());
        return resource.State switch
        {
            ResourceState.Changing when line is { Remove: true } => resource with { State = ResourceState.Reclaimed },
            ResourceState.Cleaning when line is { Remove: true } => resource with { State = ResourceState.Reclaimed },
            ResourceState.Cleaning => resource with { State = ResourceState.Ended },
            _ => resource with { Spec = task.Wanted ?? resource.Spec },
        };
    }

    /// <summary>A task that waits for people's word; what it is about, null for one that is about the order.</summary>
    private sealed record Work(ProvisioningTask Task, Resource? Resource);

    /// <summary>What the audit trail keeps of work by hand.</summary>
    private sealed record ByHandFacts(
        TaskKind Did,
        ResourceState State,
        string? NativeId,
        IReadOnlyList<string> Addresses,
        Spec Spec,
        string? Evidence
    )
    {
        public static ByHandFacts Of(Resource resource, ProvisioningTask task, string? evidence) =>
            new(task.Does, resource.State, resource.NativeId?.Value, resource.Addresses, resource.Spec, evidence);
    }
}
