using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei;

/// <summary>A page of a listing.</summary>
/// <param name="Items">What stands on it.</param>
/// <param name="HasNext">Whether another may follow.</param>
internal readonly record struct Page<T>(IReadOnlyList<T> Items, bool HasNext);

/// <summary>
/// Reads a listing page by page, each from the last item of the one before. A page that fails throws, and so does a
/// listing that comes back to where it was or does not end.
/// </summary>
internal static class Pages
{
    /// <summary>More pages than any project has: ten million servers.</summary>
    private const int Most = 10_000;

    public static async IAsyncEnumerable<IReadOnlyList<T>> ReadAsync<T>(
        Func<string?, Task<Page<T>>> read,
        Func<T, string> id,
        [EnumeratorCancellation] CancellationToken token
    )
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
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

            marker = id(page.Items[^1]);
            if (!seen.Add(marker))
            {
                throw new AdapterException(
                    FailureKind.Unavailable,
                    $"The listing does not go on after '{marker}': the service gave that page before."
                );
            }

            if (seen.Count > Most)
            {
                throw new AdapterException(FailureKind.Unavailable, $"The listing has not ended after {Most} pages.");
            }

            yield return page.Items;
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
