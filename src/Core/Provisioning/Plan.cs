using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Resources;
using CloudManager.Core.WorkOrders;

namespace CloudManager.Core.Provisioning;

/// <summary>The name of this installation in operation keys, so that two of them never mistake each other's work.</summary>
public sealed record Installation(string Id);

/// <summary>
/// A plan under construction: tasks in dependency order (network → server → volume → attach → address), numbered from
/// a given start. Where nothing is called, people do with each resource what its tasks would have done, in one.
/// </summary>
internal sealed class Plan(WorkOrder order, Installation installation, DateTimeOffset now)
{
    /// <summary>What weighs most of the tasks that people do in one, the first first.</summary>
    private static readonly TaskKind[] Weightiest =
    [
        TaskKind.CreateNetwork,
        TaskKind.CreateServer,
        TaskKind.CreateVolume,
        TaskKind.CreateAddress,
        TaskKind.DeleteAddress,
        TaskKind.DeleteVolume,
        TaskKind.DeleteServer,
        TaskKind.DeleteNetwork,
        TaskKind.ResizeServer,
        TaskKind.RevertResize,
        TaskKind.ExtendVolume,
        TaskKind.SetBandwidth,
        TaskKind.AttachVolume,
        TaskKind.BindAddress,
        TaskKind.DetachVolume,
        TaskKind.UnbindAddress,
        TaskKind.StartServer,
    ];

    private readonly List<Draft> _drafts = [];

    /// <summary>Whether the provider's people do everything on the pool (人工办理).</summary>
    public bool ByHand { get; init; }

    /// <summary>Adds a task; it comes after the given ones.</summary>
    public Draft Add(TaskKind kind, Resource? resource, IEnumerable<Draft?> after, Spec? wanted = null)
    {
        if (ByHand && resource is not null && kind != TaskKind.ByHand)
        {
            return AddByHand(kind, resource, wanted);
        }

        var draft = new Draft(kind, resource?.Id, [.. after.OfType<Draft>().Distinct()], wanted);
        _drafts.Add(draft);
        return draft;
    }

    /// <summary>People see for themselves what comes first: their tasks wait for nothing but their word.</summary>
    private Draft AddByHand(TaskKind kind, Resource resource, Spec? wanted)
    {
        if (_drafts.Find(d => d.Resource == resource.Id) is { } known)
        {
            known.InsteadOf = Weight(kind) > Weight(known.InsteadOf!.Value) ? kind : known.InsteadOf;
            known.Wanted = wanted ?? known.Wanted;
            return known;
        }

        var draft = new Draft(TaskKind.ByHand, resource.Id, [], wanted) { InsteadOf = kind };
        _drafts.Add(draft);
        return draft;
    }

    private static int Weight(TaskKind kind) =>
        Array.IndexOf(Weightiest, kind) is >= 0 and var place ? Weightiest.Length - place : 0;

    /// <summary>The tasks so far.</summary>
    public IReadOnlyList<Draft> Drafts => _drafts;

    /// <summary>How many tasks there are, the concluding one included.</summary>
    public int Count => _drafts.Count + 1;

    /// <summary>The tasks as rows, the concluding one last.</summary>
    public IReadOnlyList<ProvisioningTask> Rows(long firstNumber, bool cleansUp)
    {
        for (var i = 0; i < _drafts.Count; i++)
        {
            _drafts[i].Id = new TaskId(firstNumber + i);
        }

        var conclude = new Draft(TaskKind.Conclude, null, [.. _drafts], null)
        {
            Id = new TaskId(firstNumber + _drafts.Count),
        };
        return [.. _drafts.Append(conclude).Select(d => Row(d, cleansUp))];
    }

    private ProvisioningTask Row(Draft draft, bool cleansUp)
    {
        // What people do by hand waits for their word: one blocker more than there are tasks before it.
        var blockers = draft.After.Count + (draft.Kind == TaskKind.ByHand ? 1 : 0);
        return new ProvisioningTask
        {
            Id = draft.Id,
            WorkOrder = order.Id,
            Pool = order.Pool,
            Kind = draft.Kind,
            Resource = draft.Resource,
            State = blockers == 0 ? TaskState.Ready : TaskState.Waiting,
            After = [.. draft.After.Select(a => a.Id)],
            Blockers = blockers,
            Key = new OperationKey($"cm-{installation.Id}-{draft.Id}"),
            Wanted = draft.Wanted,
            InsteadOf = draft.InsteadOf,
            CleansUp = cleansUp,
            NextAt = now,
        };
    }

    /// <summary>A task that has no number yet.</summary>
    internal sealed class Draft(TaskKind kind, ResourceId? resource, IReadOnlyList<Draft> after, Spec? wanted)
    {
        public TaskId Id { get; set; }
        public TaskKind Kind { get; } = kind;
        public ResourceId? Resource { get; } = resource;
        public IReadOnlyList<Draft> After { get; } = after;
        public Spec? Wanted { get; set; } = wanted;
        public TaskKind? InsteadOf { get; set; }
    }
}
