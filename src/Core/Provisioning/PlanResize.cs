using CloudManager.Core.Catalogue;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Provisioning;

/// <summary>
/// Plans what brings a resource from one size to another (art. 20): a server is stopped first where the cloud wants it so,
/// and its new size is confirmed once it was seen.
/// </summary>
/// <param name="plan">The plan it is part of.</param>
/// <param name="needsStop">Whether the pool's cloud resizes stopped servers only.</param>
internal sealed class PlanResize(Plan plan, bool needsStop)
{
    /// <summary>The last of the tasks; null if the resource is as wanted.</summary>
    /// <param name="resource">What is changed.</param>
    /// <param name="wanted">What it shall be.</param>
    /// <param name="runs">Whether it is a server that runs, and shall run on.</param>
    public Plan.Draft? Add(Resource resource, Spec wanted, bool runs)
    {
        if (resource.Kind == ItemKind.Manual)
        {
            return resource.Spec.Alone == wanted.Alone ? null : plan.Add(TaskKind.ByHand, resource, [], wanted.Alone);
        }

        if (MatchHeld.ChangeTo(resource, wanted) is not { } change)
        {
            return null;
        }

        return change == TaskKind.ResizeServer
            ? Server(TaskKind.ResizeServer, resource, wanted.Alone, runs)
            : plan.Add(change, resource, [], wanted.Alone);
    }

    /// <summary>Brings a server whose resize did not come through back to what it was.</summary>
    public Plan.Draft Revert(Resource server, Spec was) => Server(TaskKind.RevertResize, server, was.Alone, runs: true);

    private Plan.Draft Server(TaskKind change, Resource server, Spec wanted, bool runs)
    {
        var stops = needsStop && runs;
        var stop = stops ? plan.Add(TaskKind.StopServer, server, []) : null;
        var resize = plan.Add(change, server, [stop], wanted);
        var confirm = plan.Add(TaskKind.ConfirmResize, server, [resize], wanted);
        return stops ? plan.Add(TaskKind.StartServer, server, [confirm], wanted) : confirm;
    }
}
