using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Requests;

/// <summary>Reads what of the catalogue can be ordered of a pool (可订购, art. 11, 14–16), by item code.</summary>
public sealed class ReadOffers(
    ReadOrderingTerms readTerms,
    IPools pools,
    IPoolStatusStore statuses,
    TimeProvider businessTime
)
{
    /// <summary>Of the edition in force today; nothing if none is.</summary>
    public async Task<IReadOnlyDictionary<string, ItemOffer>> OfTodayAsync(
        ITransaction transaction,
        Pool pool,
        CancellationToken cancellationToken
    )
    {
        var terms = await readTerms.ExecuteAsync(transaction, businessTime.Today(), cancellationToken);
        return terms.IsDone ? Of(terms.Value, pool) : new Dictionary<string, ItemOffer>();
    }

    /// <summary>Of an edition under the contracts of a day.</summary>
    public async Task<IReadOnlyDictionary<string, ItemOffer>> OfEditionAsync(
        ITransaction transaction,
        (CatalogueEdition Edition, IReadOnlyList<Contract> Contracts) day,
        Pool pool,
        CancellationToken cancellationToken
    )
    {
        var known = await statuses.AllAsync(transaction, cancellationToken);
        return Of(new OrderingTerms(day.Edition, day.Contracts, pools, known), pool);
    }

    private static Dictionary<string, ItemOffer> Of(OrderingTerms terms, Pool pool)
    {
        var rules = new OfferRules(terms, pool);
        return terms.Edition.Items.ToDictionary(i => i.Code, rules.Of);
    }
}
