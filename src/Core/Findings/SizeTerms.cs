using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;

namespace CloudManager.Core.Findings;

/// <summary>What is on offer today and what it costs: catalogue, pools and contract prices.</summary>
public sealed class SizeTerms(IReadOnlyList<CatalogueEdition> editions, IPriceList prices, IPools pools)
{
    /// <summary>Yuan a month of the resource at another spec, or its own; null where no price is in force.</summary>
    internal decimal? Monthly(Resource resource, Spec spec) =>
        prices.Monthly(resource.Provider, resource.Item, resource.Kind, spec);

    /// <summary>What the server's pool can do; null where the pool is no longer declared.</summary>
    internal PoolOffer? OfferOf(Resource server) =>
        pools.TryFind(server.Pool, out var pool) ? new PoolOffer(pools, pool) : null;

    /// <summary>
    /// The sizes the server could have in its pool, cheapest first: by contract price, or by ceiling price where none is in
    /// force. An item dropped from the catalogue keeps the bounds of the last edition that held it (art. 11).
    /// </summary>
    internal IReadOnlyList<ServerSize> Choices(Resource server)
    {
        var item = editions.Select(e => e.Find(server.Item)).LastOrDefault(i => i is not null);
        if (item is null or { FixedSpec: not null } || OfferOf(server) is not { } offer)
        {
            return [];
        }

        var sizes = offer.TakesAnySize ? RightSize.Usual(item) : RightSize.OnOffer(item, offer.Pool.Mapping);
        return [.. sizes.OrderBy(s => Monthly(server, SpecOf(server, s)) ?? 0)];
    }

    /// <summary>The server's spec at the size; its disk never shrinks.</summary>
    internal static Spec SpecOf(Resource server, ServerSize size) =>
        server.Spec with
        {
            Vcpus = size.Vcpus,
            MemoryGiB = size.MemoryGiB,
        };
}

/// <summary>Reads the terms of today.</summary>
public sealed class ReadSizeTerms(
    IBooks books,
    ICatalogueStore catalogue,
    IMonthlyPrices prices,
    IPools pools,
    TimeProvider businessTime
)
{
    public Task<SizeTerms> ExecuteAsync(CancellationToken cancellationToken) =>
        books.ReadAsync(
            async (transaction, token) =>
            {
                var today = businessTime.Today();
                var editions = await catalogue.AllAsync(transaction, token);
                return new SizeTerms(
                    [.. editions.Where(e => e.EffectiveFrom <= today)],
                    await prices.OnAsync(transaction, today, token),
                    pools
                );
            },
            cancellationToken
        );
}
