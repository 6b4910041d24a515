using System.Collections.Concurrent;
using CloudManager.Adapters.OpenInterface.Contract;
using CloudManager.Core.Kernel;

namespace CloudManager.Api.OpenInterface;

/// <summary>
/// Listings in pages: in the order of the identifiers, each page after the last of the one before. The client's part of a
/// listing is kept for a minute, so that its pages need not each list the whole pool; a page that comes later lists again.
/// </summary>
internal sealed class Snapshots(MachineClock clock)
{
    public const int PageSize = 1000;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, object Items)> _kept = new();

    public async Task<PageOf<T>> PageAsync<T>(
        HttpContext http,
        string name,
        Func<IAsyncEnumerable<T>> list,
        Func<T, string> id,
        CancellationToken token
    )
    {
        var (limit, after) = Asked(http);
        foreach (var (old, kept) in _kept)
        {
            if (clock.Now - kept.At > Kept)
            {
                _kept.TryRemove(old, out _);
            }
        }

        if (after is null || !_kept.TryGetValue(name, out var known) || known.Items is not List<T> items)
        {
            items = await list().ToListAsync(token);
            items.Sort((one, other) => string.CompareOrdinal(id(one), id(other)));
        }

        var rest = items.Where(it => string.CompareOrdinal(id(it), after) > 0).Take(limit + 1).ToList();
        if (rest.Count <= limit)
        {
            _kept.TryRemove(name, out _);
            return new PageOf<T>(rest, null);
        }

        _kept[name] = (clock.Now, items);
        return new PageOf<T>(rest[..limit], id(rest[limit - 1]));
    }

    private static (int Limit, string? After) Asked(HttpContext http)
    {
        var query = http.Request.Query;
        var text = query["limit"].ToString();
        var limit = PageSize;
        if (text.Length > 0 && (!int.TryParse(text, out limit) || limit < 1))
        {
            throw OpenDoor.Invalid("limit: 1..1000");
        }

        var cursor = query["cursor"].ToString();
        return cursor.Length <= 2000
            ? (Math.Min(limit, PageSize), cursor.Length == 0 ? null : cursor)
            : throw OpenDoor.Invalid("cursor");
    }
}
