namespace CloudManager.Core.Kernel;

/// <summary>One page of a list, and where the next one starts.</summary>
/// <param name="Items">At most the asked number.</param>
/// <param name="Next">The key after which the next page starts; null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Which page of a list is asked for.</summary>
/// <param name="After">The key after which to start; null from the beginning.</param>
/// <param name="Limit">How many items at most, 1 to 500.</param>
public sealed record PageRequest(string? After, int Limit);
