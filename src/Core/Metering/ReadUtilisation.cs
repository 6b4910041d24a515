using System.Globalization;
using System.Runtime.CompilerServices;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Metering;

/// <summary>
/// The utilisation report (使用率, art. 22, 25): whole days in service that are over, server by server, volume by volume or
/// rolled up, over the whole window or step by step. Servers are read page by page.
/// </summary>
public sealed class ReadUtilisation(
    IBooks books,
    IMeteredServers servers,
    IUsageSummaries summaries,
    TimeProvider businessTime
) : IUtilisation
{
    /// <summary>The longest window, in days.</summary>
    public const int MostDays = 400;

    private const int PageSize = 2_000;
    private readonly MeasureServers _measure = new(books, servers, summaries);

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
        var sums = keys.Select(by => new UtilisationSums(by)).ToList();
        await foreach (var measured in EachAsync(query, null, PageSize, cancellationToken))
        {
            sums.ForEach(each => each.Add(measured));
        }

        return [.. sums.Select(each => each.ToRows())];
    }

    /// <summary>The same, page by page; by resource or volume only about as many are looked at as the page has.</summary>
    public async Task<Page<UtilisationRow>> PageAsync(
        UtilisationQuery query,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<(RowPlace Place, UtilisationRow Row)>(page.Limit + 1);
        await foreach (var row in RowsAsync(query, RowPlace.Of(page.After, query.Step), page.Limit, cancellationToken))
        {
            rows.Add(row);
            if (rows.Count > page.Limit)
            {
                return new(
                    [.. rows.Take(page.Limit).Select(r => r.Row)],
                    rows[page.Limit - 1].Place.ToCursor(query.Step)
                );
            }
        }

        return new([.. rows.Select(r => r.Row)], null);
    }

    /// <summary>Every row, in order, as it comes: what an export writes.</summary>
    public async IAsyncEnumerable<UtilisationRow> AllAsync(
        UtilisationQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var (_, row) in RowsAsync(query, null, PageSize, cancellationToken))
        {
            yield return row;
        }
    }

    /// <summary>The days of the query that are over.</summary>
    public (DateOnly From, DateOnly Until) Over(UtilisationQuery query)
    {
        var today = businessTime.Today();
        var until = query.Until < today ? query.Until : today;
        return (query.From, until < query.From ? query.From : until);
    }

    /// <summary>The rows after the place, with the place of each.</summary>
    private async IAsyncEnumerable<(RowPlace Place, UtilisationRow Row)> RowsAsync(
        UtilisationQuery query,
        RowPlace? after,
        int wanted,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (!UtilisationRows.IsAlone(query.By))
        {
            var sums = new UtilisationSums(query.By);
            await foreach (var measured in EachAsync(query, null, PageSize, cancellationToken))
            {
                sums.Add(measured);
            }

            foreach (var row in sums.Placed().Where(row => after is not { } place || IsAfter(row.Place, place)))
            {
                yield return row;
            }

            yield break;
        }

        var steps = Math.Max(1, Stretches(query).Count);
        var pageSize = Math.Min(PageSize, (wanted / steps) + 2);
        await foreach (var measured in EachAsync(query, after, pageSize, cancellationToken))
        {
            var number = measured.Subject.Id.Number.ToString(CultureInfo.InvariantCulture);
            var place = new RowPlace(number, measured.Stretch.From);
            if (after is not { } start || number != start.Key || place.From > start.From)
            {
                yield return (place, UtilisationRows.Alone(measured));
            }
        }
    }

    private static bool IsAfter(RowPlace row, RowPlace place)
    {
        var order = string.CompareOrdinal(row.Key, place.Key);
        return order > 0 || (order == 0 && row.From > place.From);
    }

    /// <summary>Resource by resource and stretch by stretch, from the resource of the place on.</summary>
    private async IAsyncEnumerable<MeasuredStretch> EachAsync(
        UtilisationQuery query,
        RowPlace? from,
        int pageSize,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var stretches = Stretches(query);
        var page = new PageRequest(Before(from), pageSize);
        while (true)
        {
            var (found, next) = await _measure.PageAsync(query, stretches, page, cancellationToken);
            foreach (var measured in found)
            {
                yield return measured;
            }

            if (next is null)
            {
                yield break;
            }

            page = page with { After = next };
        }
    }

    /// <summary>The key of the resource before that of the place; of a place at the end of its resource, the resource's own.</summary>
    private static string? Before(RowPlace? from) =>
        from is not { } place || !long.TryParse(place.Key, CultureInfo.InvariantCulture, out var number) ? null
        : place.From == DateOnly.MaxValue ? place.Key
        : (number - 1).ToString(CultureInfo.InvariantCulture);

    private IReadOnlyList<Stretch> Stretches(UtilisationQuery query)
    {
        var (from, until) = Over(query);
        return new Stretch(from, until).Cut(query.Step);
    }
}
