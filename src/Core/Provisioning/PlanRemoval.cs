using CloudManager.Core.Catalogue;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Provisioning;

/// <summary>Plans the removal of resources: parts before the whole they belong to, addresses first, networks last.</summary>
internal static class PlanRemoval
{
    /// <summary>Adds the tasks that remove these resources, each after <paramref name="after"/>.</summary>
    /// <param name="resources">What is removed.</param>
    /// <param name="plan">The plan it is part of.</param>
    /// <param name="after">What comes first.</param>
    /// <param name="staying">What belongs to a server that is removed and stays: it is only loosened.</param>
    public static void Of(
        IReadOnlyList<Resource> resources,
        Plan plan,
        IReadOnlyList<Plan.Draft> after,
        IReadOnlyList<Resource>? staying = null
    )
    {
        var loosened = new Dictionary<ResourceId, List<Plan.Draft>>();
        foreach (var part in staying ?? [])
        {
            Loosen(part, plan, after, loosened);
        }

        foreach (var part in resources.Where(r => r.Kind is ItemKind.PublicAddress or ItemKind.Volume))
        {
            RemovePart(part, plan, after, loosened);
        }

        var removed = new Dictionary<ResourceId, List<Plan.Draft>>();
        foreach (var server in resources.Where(r => r.Kind == ItemKind.Server))
        {
            var draft = plan.Add(
                TaskKind.DeleteServer,
                server,
                after.Concat(loosened.GetValueOrDefault(server.Id) ?? [])
            );
            if (server.PartOf is { } network)
            {
                Add(removed, network, draft);
            }
        }

        foreach (var network in resources.Where(r => r.Kind == ItemKind.Network))
        {
            plan.Add(TaskKind.DeleteNetwork, network, after.Concat(removed.GetValueOrDefault(network.Id) ?? []));
        }

        foreach (var service in resources.Where(r => r.Kind == ItemKind.Manual))
        {
            plan.Add(TaskKind.ByHand, service, after);
        }
    }

    private static void RemovePart(
        Resource part,
        Plan plan,
        IReadOnlyList<Plan.Draft> after,
        Dictionary<ResourceId, List<Plan.Draft>> loosened
    )
    {
        var kind = part.Kind == ItemKind.Volume ? TaskKind.DeleteVolume : TaskKind.DeleteAddress;
        plan.Add(kind, part, part.PartOf is null ? after : [Loosen(part, plan, after, loosened)]);
    }

    private static Plan.Draft Loosen(
        Resource part,
        Plan plan,
        IReadOnlyList<Plan.Draft> after,
        Dictionary<ResourceId, List<Plan.Draft>> loosened
    )
    {
        var kind = part.Kind == ItemKind.Volume ? TaskKind.DetachVolume : TaskKind.UnbindAddress;
        var loosen = plan.Add(kind, part, after);
        Add(loosened, part.PartOf!.Value, loosen);
        return loosen;
    }

    private static void Add(Dictionary<ResourceId, List<Plan.Draft>> lists, ResourceId key, Plan.Draft draft)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists[key] = list = [];
        }

        list.Add(draft);
    }
}
