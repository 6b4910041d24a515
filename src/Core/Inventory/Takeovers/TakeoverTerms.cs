using CloudManager.Core.Billing;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;

namespace CloudManager.Core.Inventory.Takeovers;

/// <summary>What is in force on the day something is taken over.</summary>
public sealed class TakeoverTerms(OrderingTerms ordering, Tariff tariff, DateOnly today)
{
    public CatalogueEdition Edition => ordering.Edition;

    public IPools Pools => ordering.Pools;

    /// <summary>Yuan for a whole month at today's contract price; null where a component has no price (art. 12).</summary>
    public decimal? MonthlyPrice(string provider, CatalogueItem item, Spec spec) =>
        Billing.MonthlyPrice.Of(tariff, today, (provider, item.Code), Quantities.Of(spec, item.Kind)) is var price
        && (price.IsPriced || price.IsFree)
            ? price.Yuan
            : null;
}

/// <summary>Reads the terms of today.</summary>
public sealed class ReadTakeoverTerms(ReadOrderingTerms readTerms, ReadTariffs readTariffs, TimeProvider businessTime)
{
    public async Task<Result<TakeoverTerms>> ExecuteAsync(ITransaction transaction, CancellationToken cancellationToken)
    {
        var today = businessTime.Today();
        var ordering = await readTerms.ExecuteAsync(transaction, today, cancellationToken);
        if (ordering.Refusal is { } refusal)
        {
            return refusal;
        }

        var tariffs = await readTariffs.ExecuteAsync(transaction, cancellationToken);
        return new TakeoverTerms(ordering.Value, tariffs.Of(Month.Of(today)), today);
    }
}
