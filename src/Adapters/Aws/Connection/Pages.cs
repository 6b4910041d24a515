using System.Runtime.CompilerServices;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws;

/// <summary>A page of a listing.</summary>
/// <param name="Items">What stands on it; the SDK has null for none.</param>
/// <param name="Next">The token of the next page; null or empty on the last.</param>
internal readonly record struct Page<T>(IReadOnlyList<T>? Items, string? Next);

/// <summary>
/// Reads a listing page by page. The SDK's own paginators go on for ever where a service repeats a token; these do not:
/// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html#api-pagination
/// </summary>
internal static class Pages
{
    /// <summary>Ten million things at a thousand a page.</summary>
    public const int Most = 10_000;

    /// <summary>The most that a describe gives at once.</summary>
    public const int Size = 1_000;

    public static async IAsyncEnumerable<IReadOnlyList<T>> ReadAsync<T>(
        string action,
        Func<string?, Task<Page<T>>> read,
        [EnumeratorCancellation] CancellationToken token
    )
    {
        var seen = new HashSet<string>();
        string? next = null;
        do
        {
            token.ThrowIfCancellationRequested();
            var page = await read(next);
            next = string.IsNullOrEmpty(page.Next) ? null : page.Next;
            if (next is not null && (!seen.Add(next) || seen.Count >= Most))
            {
                throw new AdapterException(
                    FailureKind.Unavailable,
                    seen.Count >= Most
                        ? $"{action} does not end: {Most} pages were read and it names another."
                        : $"{action} does not go on: it names a page again that was read before."
                );
            }

            if (page.Items is { Count: > 0 } items)
            {
                yield return items;
            }
        } while (next is not null);
    }

    /// <summary>The same, item by item.</summary>
    public static async IAsyncEnumerable<T> EachAsync<T>(
        string action,
        Func<string?, Task<Page<T>>> read,
        [EnumeratorCancellation] CancellationToken token
    )
    {
        await foreach (var page in ReadAsync(action, read, token))
        {
            foreach (var item in page)
            {
                yield return item;
            }
        }
    }
}
