using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Findings;

/// <summary>What resources cost a whole month at the contract price (合同价, art. 12) in force. Implemented by Billing.</summary>
public interface IMonthlyPrices
{
    /// <summary>The prices in force on the day.</summary>
    Task<IPriceList> OnAsync(ITransaction transaction, DateOnly day, CancellationToken cancellationToken);
}

/// <summary>The contract prices of one day.</summary>
public interface IPriceList
{
    /// <summary>
    /// Yuan for a whole month, two places, each component rounded as bills round it; null where a component has no price
    /// in force. What is charged once is not in it.
    /// </summary>
    decimal? Monthly(string provider, string item, ItemKind kind, Spec spec);
}
