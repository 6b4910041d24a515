using CloudManager.Core.Catalogue;
using CloudManager.Core.Pools;
using CloudManager.Storage.Tests.Support;
using CloudManager.Tests.Databases;

namespace CloudManager.Storage.Tests.Catalogue;

/// <summary>Editions, contracts and the pools' status on both databases.</summary>
public sealed class CatalogueStoreTests
{
    [Theory, OnBoth]
    public async Task The_edition_in_force_is_the_latest_that_has_taken_effect(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var store = books.Get<ICatalogueStore>();
        var first = Edition("2026", new DateOnly(2026, 1, 1));
        await books.KeepAsync((t, c) => store.AddAsync(t, first, c));
        await books.KeepAsync((t, c) => store.AddAsync(t, Edition("2027", new DateOnly(2027, 1, 1)), c));

        Assert.Null(await books.ReadAsync((t, c) => store.InForceAsync(t, new DateOnly(2025, 12, 31), c)));
        var before = await books.ReadAsync((t, c) => store.InForceAsync(t, new DateOnly(2026, 12, 31), c));
        var from = await books.ReadAsync((t, c) => store.InForceAsync(t, new DateOnly(2027, 1, 1), c));
        OpenBooks.Same(first, before);
        Assert.Equal("2027", from?.Code);
        OpenBooks.Same(first, await books.ReadAsync((t, c) => store.FindAsync(t, "2026", c)));
    }

    [Theory, OnBoth]
    public async Task A_contract_is_live_from_its_first_day_to_the_day_before_its_end(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var store = books.Get<IContractStore>();
        var contract = new Contract
        {
            Number = "2025-a",
            Provider = "provider-a",
            From = new DateOnly(2025, 9, 1),
            Until = new DateOnly(2028, 9, 1),
            Prices = [new ContractPrice("ecs-general", "vcpu", 45.1234m)],
        };
        await books.KeepAsync((t, c) => store.AddAsync(t, contract, c));

        OpenBooks.Same(contract, await books.ReadAsync((t, c) => store.FindAsync(t, "2025-a", c)));
        Assert.Empty(await LiveAsync(books, new DateOnly(2025, 8, 31)));
        Assert.Single(await LiveAsync(books, new DateOnly(2025, 9, 1)));
        Assert.Single(await LiveAsync(books, new DateOnly(2028, 8, 31)));
        Assert.Empty(await LiveAsync(books, new DateOnly(2028, 9, 1)));
    }

    [Theory, OnBoth]
    public async Task A_pools_status_is_the_last_one_set(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        var store = books.Get<IPoolStatusStore>();
        foreach (var status in (PoolStatus[])[PoolStatus.Registered, PoolStatus.Active, PoolStatus.Suspended])
        {
            await books.KeepAsync((t, c) => store.SetAsync(t, new("mock-a"), status, null, c));
        }

        var all = await books.ReadAsync(store.AllAsync);
        Assert.Equal(PoolStatus.Suspended, Assert.Single(all).Value);
    }

    private static Task<IReadOnlyList<Contract>> LiveAsync(OpenBooks books, DateOnly day) =>
        books.ReadAsync((t, c) => books.Get<IContractStore>().LiveAsync(t, day, c));

    private static CatalogueEdition Edition(string code, DateOnly from) =>
        new(
            code,
            from,
            "样例",
            [
                new CatalogueItem
                {
                    Code = "ecs-general",
                    Name = "云主机",
                    NameEn = "server",
                    Category = "compute",
                    Kind = ItemKind.Server,
                    Components = [new PriceComponent("vcpu", "元/核/月", 50.1234m)],
                },
            ]
        );
}
