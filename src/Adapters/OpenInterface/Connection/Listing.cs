using System.Runtime.CompilerServices;
using CloudManager.Adapters.OpenInterface.Contract;

namespace CloudManager.Adapters.OpenInterface.Connection;

/// <summary>Reads listings page by page. A page that fails, repeats its cursor or leads nowhere throws.</summary>
internal static class Listing
{
    /// <summary>The most pages of one listing: a million things at ten a page.</summary>
    private const int MostPages = 100_000;

    private const int LongestCursor = 2_000;

    public static async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync<T>(
        Func<string?, Task<PageOf<T>>> read,
        int most,
        [EnumeratorCancellation] CancellationToken token
    )
    {
        string? cursor = null;
        for (var pages = 0; ; pages++)
        {
            Fit.Unless(pages < MostPages, $"a listing went on for {MostPages} pages");
            var page = await read(cursor);
            Fit.Unless(page.Items.Count <= most, $"a page has {page.Items.Count} items, {most} were asked for");
            Fit.Unless(page.Items.All(item => item is not null), "a page holds null");
            yield return page.Items;
            if (page.Next is null)
            {
                yield break;
            }

            Fit.Unless(page.Items.Count > 0, "a page without items says that another follows");
            Fit.Unless(
                page.Next.Length is > 0 and <= LongestCursor,
                "the cursor of the next page has a strange length"
            );
            Fit.Unless(page.Next != cursor, "a listing does not go on: a page names itself as the next");
            cursor = page.Next;
            token.ThrowIfCancellationRequested();
        }
    }

    public static async IAsyncEnumerable<T> EachAsync<T>(
        this ProviderDoor door,
        (string Service, string Kind, string? Since) what,
        Action<T> check,
        [EnumeratorCancellation] CancellationToken token
    )
    {
        var api = await door.ClientAsync<ICollectionApi>(what.Service, token);
        var limit = door.Described!.Limits.PageSize;
        var pages = PagesAsync(
            async cursor => Answers.Read<PageOf<T>>(await api.ListAsync(what.Kind, limit, cursor, what.Since, token)),
            limit,
            token
        );
        await foreach (var page in pages)
        {
            foreach (var item in page)
            {
                check(item);
                yield return item;
            }
        }
    }
}
