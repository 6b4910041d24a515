using CloudManager.Core.Catalogue;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Provisioning;

/// <summary>Plans the removal of resources: parts before the whole they belong to, addresses first, networks last.</summary>
internal static class PlanRemoval
{
    /// <summary>Adds the tasks that remove these resources, each after <paramref name="after"/>.</summary>
    public static void Of(IReadOnlyList<Resource> resources, Plan plan, IReadOnlyList<Plan.Draft> after)
    {
        var loosened = new Dictionary<ResourceId, List<Plan.Draft>>();
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
        var volume = part.Kind == ItemKind.Volume;
        var before = after;
        if (part.PartOf is { } whole)
        {
            var loosen = plan.Add(volume ? TaskKind.DetachVolume : TaskKind.UnbindAddress, part, after);
            Add(loosened, whole, loosen);
            before = [loosen];
        }

        plan.Add(volume ? TaskKind.DeleteVolume : TaskKind.DeleteAddress, part, before);
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
