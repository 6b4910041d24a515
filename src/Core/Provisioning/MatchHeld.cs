using CloudManager.Core.Catalogue;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Provisioning;

/// <summary>
/// Finds, for the units of a line, the resources of the test that fit (art. 19(4)): the same first, then what can be
/// brought to it. A volume never shrinks.
/// </summary>
internal static class MatchHeld
{
    /// <summary>Takes at most the line's quantity out of what is free, best fit first.</summary>
    public static IReadOnlyList<Resource> Take(RequestLine line, List<Resource> free)
    {
        var wanted = line.Spec.Alone;
        var fits = free.Where(r => r.Item == line.Item && CanBecome(r, wanted))
            .OrderBy(r => r.Spec.Alone == wanted ? 0 : 1)
            .ThenBy(r => r.Line == line.No ? 0 : 1)
            .ThenBy(r => r.Id.Number)
            .Take(line.Quantity)
            .ToList();
        foreach (var taken in fits)
        {
            free.Remove(taken);
        }

        return fits;
    }

    /// <summary>The task that brings the resource to the wanted spec; null if it is there already.</summary>
    public static TaskKind? ChangeTo(Resource resource, Spec wanted) =>
        resource.Spec.Alone == wanted.Alone
            ? null
            : resource.Kind switch
            {
                ItemKind.Server => TaskKind.ResizeServer,
                ItemKind.Volume => TaskKind.ExtendVolume,
                ItemKind.PublicAddress => TaskKind.SetBandwidth,
                _ => null,
            };

    private static bool CanBecome(Resource resource, Spec wanted) =>
        resource.Kind switch
        {
            ItemKind.Server => resource.Spec.Image == wanted.Image && resource.Spec.SizeGiB == wanted.SizeGiB,
            ItemKind.Volume => resource.Spec.SizeGiB <= wanted.SizeGiB,
            ItemKind.PublicAddress => true,
            _ => resource.Spec.Alone == wanted,
        };
}
