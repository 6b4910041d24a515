using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack;

/// <summary>A page of a listing.</summary>
/// <param name="Items">What stands on it.</param>
/// <param name="HasNext">Whether the service says that another follows.</param>
internal readonly record struct Page<T>(IReadOnlyList<T> Items, bool HasNext);

/// <summary>
/// A link to a further page; its address is not followed, as it may be the inner one of a service behind a proxy:
/// https://specs.openstack.org/openstack/api-wg/guidelines/pagination_filter_sort.html
/// </summary>
internal sealed record PageLink(string Rel);

/// <summary>Reads a listing page by page, each from the last item of the one before. A page that fails throws.</summary>
internal static class Pages
{
    public static bool HasNext(this IReadOnlyList<PageLink> links) => links.Any(link => link.Rel == "next");

    public static async IAsyncEnumerable<IReadOnlyList<T>> ReadAsync<T>(
        Func<string?, Task<Page<T>>> read,
        Func<T, string> id,
        [EnumeratorCancellation] CancellationToken token
    )
    {
        string? marker = null;
        Page<T> page;
        do
        {
            token.ThrowIfCancellationRequested();
            page = await read(marker);
            if (page.Items.Count == 0)
            {
                yield break;
            }

            var last = id(page.Items[^1]);
            if (last == marker)
            {
                throw new AdapterException(
                    FailureKind.Unavailable,
                    $"The listing does not go on after '{last}': the service gave the same page again."
                );
            }

            yield return page.Items;
            marker = last;
        } while (page.HasNext);
    }

    /// <summary>The same, item by item.</summary>
    public static async IAsyncEnumerable<T> EachAsync<T>(
        Func<string?, Task<Page<T>>> read,
        Func<T, string> id,
        [EnumeratorCancellation] CancellationToken token
    )
    {
        await foreach (var page in ReadAsync(read, id, token))
        {
            foreach (var item in page)
            {
                yield return item;
            }
        }
    }
}
