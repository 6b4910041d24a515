using System.Collections.Concurrent;

namespace CloudManager.Adapters.OpenStack.Metering;

/// <summary>What servers were allocated, and when: what their use is a percentage of. A flavour is asked for once.</summary>
internal sealed class InstanceSizes(IGnocchi gnocchi)
{
    private readonly ConcurrentDictionary<string, FlavourSize?> _flavours = new();

    /// <summary>The sizes of those servers that Gnocchi knows.</summary>
    public async Task<IReadOnlyDictionary<string, SizeHistory>> ReadAsync(
        IReadOnlyList<string> servers,
        SlotWindow window,
        CancellationToken token
    )
    {
        var now = await gnocchi.InstancesAsync(servers, history: false, token);
        var changed = now.Where(i => i.From > SlotWindow.Start(window.First)).Select(i => i.Id).ToList();
        var history = changed.Count == 0 ? [] : await gnocchi.InstancesAsync(changed, history: true, token);
        var sizes = new Dictionary<string, SizeHistory>(StringComparer.OrdinalIgnoreCase);
        foreach (var instance in now.Concat(history).GroupBy(i => i.Id, StringComparer.OrdinalIgnoreCase))
        {
            var steps = new List<(DateTimeOffset, FlavourSize?)>();
            InstanceRevision[] revisions = [.. instance.DistinctBy(i => i.From).OrderBy(i => i.From)];
            foreach (var revision in revisions)
            {
                steps.Add((revision.From, await FlavourAsync(FlavourId(revision, revisions), token)));
            }

            sizes[instance.Key] = new SizeHistory(steps);
        }

        return sizes;
    }

    /// <summary>
    /// Nova's first notification of a server carries the number that the flavour has in its database for the id, later ones
    /// the id; the name is the same. So the last id under that name counts.
    /// </summary>
    private static string? FlavourId(InstanceRevision revision, IEnumerable<InstanceRevision> all) =>
        revision.FlavourName is { } name ? all.Last(r => r.FlavourName == name).FlavourId : revision.FlavourId;

    private async Task<FlavourSize?> FlavourAsync(string? id, CancellationToken token)
    {
        if (id is null)
        {
            return null;
        }

        if (!_flavours.TryGetValue(id, out var size))
        {
            _flavours[id] = size = await gnocchi.FlavourAsync(id, token);
        }

        return size;
    }
}

/// <summary>One server's sizes from instants on, in their order.</summary>
internal sealed class SizeHistory(IReadOnlyList<(DateTimeOffset From, FlavourSize? Size)> steps)
{
    /// <summary>The size at the instant; before the first that is known, the first.</summary>
    public FlavourSize? At(DateTimeOffset instant)
    {
        var size = steps[0].Size;
        foreach (var step in steps)
        {
            if (step.From > instant)
            {
                break;
            }

            size = step.Size;
        }

        return size;
    }
}
