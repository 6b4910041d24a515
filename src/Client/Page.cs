namespace CloudManager.Client;

/// <summary>One page of a list.</summary>
/// <param name="Items">At most the asked number.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next = null);

/// <summary>Which page of a list is wanted; null members take the platform's default.</summary>
public record PageQuery
{
    /// <summary>At most so many items, 1 to 500.</summary>
    public int? Limit { get; init; }

    /// <summary>The <c>next</c> of the page before.</summary>
    public string? Cursor { get; init; }
}

/// <summary>Words in both languages, as the platform writes them.</summary>
public sealed record Bilingual(string Zh, string En);
