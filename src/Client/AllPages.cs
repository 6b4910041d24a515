using System.Runtime.CompilerServices;

namespace CloudManager.Client;

/// <summary>Walks a list from its first page to its last.</summary>
public static class AllPages
{
    /// <summary>Every item, page by page; the argument of the call is the cursor, null for the first page.</summary>
    public static async IAsyncEnumerable<T> OfAsync<T>(
        Func<string?, CancellationToken, Task<Page<T>>> read,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string? cursor = null;
        do
        {
            var page = await read(cursor, cancellationToken);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            cursor = page.Next;
        } while (cursor is not null);
    }
}
