using CloudManager.Core.Requests;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Provisioning;

/// <summary>
/// Lines that refer to each other stand or fall together: a volume without its server is of no use. A failed order
/// keeps the groups that are whole, so that they can be accepted in part.
/// </summary>
internal static class LineGroups
{
    /// <summary>The numbers of the lines whose group stands whole: every task of every unit is done.</summary>
    public static HashSet<int> Complete(
        IReadOnlyList<RequestLine> lines,
        IReadOnlyList<ProvisioningTask> tasks,
        IReadOnlyList<Resource> resources
    )
    {
        var lineOf = resources.ToDictionary(r => r.Id.ToString(), r => r.Line);
        foreach (var line in lines.Where(l => l.Resource is not null))
        {
            lineOf[line.Resource!] = line.No;
        }

        var removing = lines.Where(l => l.Remove).Select(l => l.No).ToHashSet();
        var broken = tasks
            .Where(t => t is { CleansUp: false, Resource: not null } && t.State != TaskState.Done)
            .Select(t => (Kind: t.Does, Line: lineOf.GetValueOrDefault(t.Resource!.Value.ToString())))
            .Where(t => !Removes(t.Kind) || removing.Contains(t.Line))
            .Select(t => t.Line)
            .ToHashSet();
        var groupOf = lines.ToDictionary(l => l.No, l => l.No);
        foreach (var line in lines)
        {
            if (LineReferences.Target(line, lines) is { } target)
            {
                Merge(groupOf, groupOf[line.No], groupOf[target.No]);
            }
        }

        var brokenGroups = lines.Where(l => broken.Contains(l.No)).Select(l => groupOf[l.No]).ToHashSet();
        return [.. lines.Select(l => l.No).Where(no => !brokenGroups.Contains(groupOf[no]))];
    }

    /// <summary>Whether the task takes away what no line wants: a line does not stand or fall with it.</summary>
    private static bool Removes(TaskKind kind) =>
        kind
            is TaskKind.DetachVolume
                or TaskKind.UnbindAddress
                or TaskKind.DeleteServer
                or TaskKind.DeleteVolume
                or TaskKind.DeleteAddress
                or TaskKind.DeleteNetwork;

    private static void Merge(Dictionary<int, int> groupOf, int from, int into)
    {
        foreach (var no in groupOf.Where(g => g.Value == from).Select(g => g.Key).ToList())
        {
            groupOf[no] = into;
        }
    }
}
