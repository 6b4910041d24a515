using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Metering;

/// <summary>
/// The utilisation report (使用率, art. 22, 25): whole days in service that are over, server by server or rolled up.
/// Servers are read page by page, so that a province's hundred thousand never sit in memory beside their samples.
/// </summary>
public sealed class ReadUtilisation(
    IBooks books,
    IMeteredServers servers,
    IUsageSummaries summaries,
    TimeProvider businessTime
) : IUtilisation
{
    private const int PageSize = 2_000;
    private static readonly UtilisationRow Nothing = new RollUp().ToRow();

    public async Task<IReadOnlyList<UtilisationRow>> ReadAsync(
        UtilisationQuery query,
        CancellationToken cancellationToken
    ) => (await ReadAsync(query, [query.By], cancellationToken))[0];

    public async Task<IReadOnlyList<IReadOnlyList<UtilisationRow>>> ReadAsync(
        UtilisationQuery query,
        IReadOnlyList<UtilisationBy> keys,
        CancellationToken cancellationToken
    )
    {
        var sums = keys.Select(by => new Sums(by)).ToList();
        await foreach (var (server, use) in ServersAsync(query, cancellationToken))
        {
            sums.ForEach(each => each.Add(server, use));
        }

        return [.. sums.Select(each => each.ToRows())];
    }

    /// <summary>The same, page by page; by resource only the page's own servers are looked at.</summary>
    public async Task<Page<UtilisationRow>> PageAsync(
        UtilisationQuery query,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        if (query.By == UtilisationBy.Resource)
        {
            var (found, next) = await PageOfServersAsync(query, page, cancellationToken);
            return new([.. found.Select(f => Alone(f.Server, f.Use))], next);
        }

        var rows = (await ReadAsync(query, cancellationToken))
            .Where(r => page.After is null || string.CompareOrdinal(KeyOf(r), page.After) > 0)
            .Take(page.Limit + 1)
            .ToList();
        return rows.Count <= page.Limit ? new(rows, null) : new(rows[..page.Limit], KeyOf(rows[page.Limit - 1]));
    }

    /// <summary>The days of the query that are over.</summary>
    public (DateOnly From, DateOnly Until) Over(UtilisationQuery query)
    {
        var today = businessTime.Today();
        var until = query.Until < today ? query.Until : today;
        return (query.From, until < query.From ? query.From : until);
    }

    private async IAsyncEnumerable<(Resource Server, ServerUse Use)> ServersAsync(
        UtilisationQuery query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var page = new PageRequest(null, PageSize);
        while (true)
        {
            var (found, next) = await PageOfServersAsync(query, page, cancellationToken);
            foreach (var each in found)
            {
                yield return each;
            }

            if (next is null)
            {
                yield break;
            }

            page = page with { After = next };
        }
    }

    private async Task<(IReadOnlyList<(Resource Server, ServerUse Use)> Found, string? Next)> PageOfServersAsync(
        UtilisationQuery query,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var (from, until) = Over(query);
        if (until <= from)
        {
            return ([], null);
        }

        var scope = new ServiceScope(from, until)
        {
            Tenant = query.Tenant,
            Provider = query.Provider,
            Region = query.Region,
        };
        var found = await books.ReadAsync((t, c) => servers.InServiceAsync(t, scope, page, c), cancellationToken);
        var windows = found.Items.Select(server => WindowOf(server, from, until)).ToList();
        var uses = await summaries.ReadAsync(windows, cancellationToken);
        return ([.. found.Items.Zip(uses)], found.Next);
    }

    private static DayWindow WindowOf(Resource server, DateOnly from, DateOnly until) =>
        new(
            server.Id,
            server.ServiceStart is { } start && start > from ? start : from,
            server.ServiceEnd is { } end && end < until ? end : until
        );

    private static UtilisationRow Alone(Resource server, ServerUse use)
    {
        var sum = new RollUp();
        sum.Add(server, use);
        return Named(UtilisationBy.Resource, sum.ToRow(), server);
    }

    private static UtilisationRow Named(UtilisationBy by, UtilisationRow row, Resource server) =>
        by switch
        {
            UtilisationBy.System => row with { System = server.System, Tenant = server.Tenant },
            UtilisationBy.Tenant => row with { Tenant = server.Tenant },
            UtilisationBy.Pool => row with { Pool = server.Pool },
            _ => row with { Resource = server.Id, System = server.System, Tenant = server.Tenant, Pool = server.Pool },
        };

    /// <summary>What a roll-up is known by.</summary>
    private static string KeyOf(UtilisationRow row) => row.System ?? row.Tenant ?? row.Pool!.Value.Value;

    /// <summary>The rows by one key, as they come together.</summary>
    private sealed class Sums(UtilisationBy by)
    {
        private readonly List<UtilisationRow> _alone = [];
        private readonly SortedDictionary<string, (Resource First, RollUp Sum)> _rollUps = new(StringComparer.Ordinal);

        public void Add(Resource server, ServerUse use)
        {
            if (by == UtilisationBy.Resource)
            {
                _alone.Add(Alone(server, use));
                return;
            }

            var key = KeyOf(Named(by, Nothing, server));
            if (!_rollUps.TryGetValue(key, out var rollUp))
            {
                _rollUps[key] = rollUp = (server, new RollUp());
            }

            rollUp.Sum.Add(server, use);
        }

        public IReadOnlyList<UtilisationRow> ToRows() =>
            [.. _alone, .. _rollUps.Values.Select(r => Named(by, r.Sum.ToRow(), r.First))];
    }
}
