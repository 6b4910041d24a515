namespace CloudManager.Core.Catalogue;

/// <summary>Provider contract (采购合同, art. 12, 13): a provider's final prices over a term.</summary>
public sealed record Contract
{
    /// <summary>The contract's number.</summary>
    public required string Number { get; init; }

    /// <summary>The provider's organisation code.</summary>
    public required string Provider { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The day after the last day.</summary>
    public required DateOnly Until { get; init; }

    public required IReadOnlyList<ContractPrice> Prices { get; init; }

    public bool IsLiveOn(DateOnly day) => From <= day && day < Until;

    /// <summary>Whether it prices this item.</summary>
    public bool Covers(string item) => Prices.Any(p => p.Item == item);
}

/// <summary>The contract price of one component of one item.</summary>
/// <param name="Item">The catalogue item's code.</param>
/// <param name="Component">The component's name.</param>
/// <param name="Price">Yuan with four places, never above the ceiling (art. 11).</param>
public sealed record ContractPrice(string Item, string Component, decimal Price);
