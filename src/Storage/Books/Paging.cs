using System.Globalization;
using CloudManager.Core.Kernel;

namespace CloudManager.Storage.Books;

/// <summary>Pages by key: one more row than asked for tells whether there is a next page.</summary>
internal static class Paging
{
    /// <summary>The number after which the page starts.</summary>
    public static long After(PageRequest page, long beginning) =>
        long.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : beginning;

    public static Page<T> Cut<T>(IReadOnlyList<T> items, PageRequest page, Func<T, object> key)
    {
        if (items.Count <= page.Limit)
        {
            return new Page<T>(items, null);
        }

        var shown = items.Take(page.Limit).ToList();
        return new Page<T>(shown, Convert.ToString(key(shown[^1]), CultureInfo.InvariantCulture));
    }
}
