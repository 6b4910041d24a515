using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Metering;

/// <summary>What one resource did in one stretch; no use where nothing of it can be measured.</summary>
internal readonly record struct MeasuredStretch(Resource Subject, Stretch Stretch, ServerUse? Use);

/// <summary>
/// Measures resources in service page by page and stretch by stretch, so that a province's hundred thousand never sit in
/// memory beside their samples.
/// </summary>
internal sealed class MeasureServers(IBooks books, IMeteredServers servers, IUsageSummaries summaries)
{
    /// <summary>A page of resources with the stretches of each in which it was in service, in order of both.</summary>
    public async Task<(IReadOnlyList<MeasuredStretch> Found, string? Next)> PageAsync(
        UtilisationQuery query,
        IReadOnlyList<Stretch> stretches,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        if (stretches.Count == 0)
        {
            return ([], null);
        }

        var scope = new ServiceScope(stretches[0].From, stretches[^1].Until)
        {
            Kind = query.By == UtilisationBy.Volume ? ItemKind.Volume : ItemKind.Server,
            Tenant = query.Tenant,
            Provider = query.Provider,
            Region = query.Region,
            System = query.System,
            Pool = query.Pool,
        };
        var found = await books.ReadAsync((t, c) => servers.InServiceAsync(t, scope, page, c), cancellationToken);
        var byResource = found.Items.ToDictionary(resource => resource.Id, _ => new List<MeasuredStretch>());
        foreach (var stretch in stretches)
        {
            foreach (var measured in await MeasureAsync(found.Items, stretch, cancellationToken))
            {
                byResource[measured.Subject.Id].Add(measured);
            }
        }

        return ([.. found.Items.SelectMany(resource => byResource[resource.Id])], found.Next);
    }

    /// <summary>Stretch by stretch: the store then looks at each sample for one window only.</summary>
    private async Task<IEnumerable<MeasuredStretch>> MeasureAsync(
        IReadOnlyList<Resource> resources,
        Stretch stretch,
        CancellationToken cancellationToken
    )
    {
        var meant = resources
            .Select(resource => (Resource: resource, Days: stretch.InService(resource), Server: ServerOf(resource)))
            .Where(each => !each.Days.IsEmpty)
            .ToList();
        var windows = meant
            .Where(each => each.Server is not null)
            .Select(each => new DayWindow(each.Server!.Value, each.Days.From, each.Days.Until))
            .ToList();
        var uses = new Queue<ServerUse>(
            windows.Count == 0 ? [] : await summaries.ReadAsync(windows, cancellationToken)
        );
        return
        [
            .. meant.Select(each => new MeasuredStretch(
                each.Resource,
                stretch,
                each.Server is null ? null : uses.Dequeue()
            )),
        ];
    }

    /// <summary>Whose samples tell of it: of a volume those of the server it is attached to.</summary>
    private static ResourceId? ServerOf(Resource resource) =>
        resource.Kind == ItemKind.Server ? resource.Id : resource.PartOf;
}
