using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Storage.Tests.Support;
using CloudManager.Tests.Databases;

namespace CloudManager.Storage.Tests.Pools;

/// <summary>What was made for upper installations, on both databases.</summary>
public sealed class ClientThingStoreTests
{
    private static readonly ClientScope Scope = new(new PoolId("pool-1"), "province", "servers");
    private static readonly DateTimeOffset Made = new(2026, 9, 1, 9, 0, 0, TimeSpan.Zero);

    [Theory, OnBoth]
    public async Task Art16_a_key_has_one_thing_until_that_is_gone(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        Assert.True(await AddAsync(books, Thing()));
        Assert.False(await AddAsync(books, Thing()));
        Assert.Null((await FindAsync(books, "k-1"))!.NativeId);

        var known = Thing() with { NativeId = new NativeId("i-1") };
        await SaveAsync(books, known);
        Assert.Equal(known, await FindAsync(books, "k-1"));
        await SaveAsync(books, known with { EndingAt = Made.AddHours(1), EndedAt = Made.AddHours(2) });
        Assert.Null(await FindAsync(books, "k-1"));
        Assert.Equal(Made.AddHours(2), Assert.Single(await ListAsync(books, Scope)).EndedAt);
        Assert.True(await AddAsync(books, Thing()));
        Assert.Equal(2, (await ListAsync(books, Scope)).Count);
    }

    [Theory, OnBoth]
    public async Task Art16_one_client_sees_nothing_of_another(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        await AddAsync(books, Thing());
        await SaveAsync(books, Thing() with { NativeId = new NativeId("i-1") });
        foreach (var other in new[] { Scope with { Client = "other" }, Scope with { Kind = "volumes" } })
        {
            Assert.Empty(await ListAsync(books, other));
            Assert.Empty(await ListAsync(books, other, new NativeId("i-1")));
        }

        Assert.Single(await ListAsync(books, Scope, new NativeId("i-1")));
        Assert.Empty(await ListAsync(books, Scope, new NativeId("i-2")));
    }

    [Theory, OnBoth]
    public async Task What_was_certainly_not_made_is_taken_back_and_what_the_cloud_named_is_not(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        await AddAsync(books, Thing());
        await RemoveAsync(books, Thing());
        Assert.Null(await FindAsync(books, "k-1"));
        await AddAsync(books, Thing());
        await SaveAsync(books, Thing() with { NativeId = new NativeId("i-1") });
        await RemoveAsync(books, Thing());
        Assert.NotNull(await FindAsync(books, "k-1"));
    }

    [Theory, OnBoth]
    public async Task What_is_gone_is_forgotten_after_a_month(Database on)
    {
        await using var books = await OpenBooks.OnAsync(on);
        await AddAsync(books, Thing());
        await SaveAsync(books, Thing() with { NativeId = new NativeId("i-1"), EndedAt = Made });
        await AddAsync(books, Thing() with { Key = "k-2", MadeAt = Made.AddDays(29) });
        Assert.Equal(2, (await ListAsync(books, Scope)).Count);
        await AddAsync(books, Thing() with { Key = "k-3", MadeAt = Made.AddDays(31) });
        Assert.DoesNotContain(await ListAsync(books, Scope), thing => thing.Key == "k-1");
    }

    private static ClientThing Thing() =>
        new()
        {
            Pool = Scope.Pool,
            Client = Scope.Client,
            Kind = Scope.Kind,
            Key = "k-1",
            CloudKey = "open-1",
            MadeAt = Made,
        };

    private static Task<bool> AddAsync(OpenBooks books, ClientThing thing) =>
        KeepAsync(books, (store, t, c) => store.AddAsync(t, thing, c));

    private static Task SaveAsync(OpenBooks books, ClientThing thing) =>
        KeepAsync(
            books,
            async (store, t, c) =>
            {
                await store.SaveAsync(t, thing, c);
                return true;
            }
        );

    private static Task RemoveAsync(OpenBooks books, ClientThing thing) =>
        KeepAsync(
            books,
            async (store, t, c) =>
            {
                await store.RemoveAsync(t, thing, c);
                return true;
            }
        );

    private static Task<ClientThing?> FindAsync(OpenBooks books, string key) =>
        books.ReadAsync((t, c) => books.Get<IClientThings>().FindAsync(t, Scope, key, c));

    private static Task<IReadOnlyList<ClientThing>> ListAsync(
        OpenBooks books,
        ClientScope scope,
        params NativeId[] only
    ) => books.ReadAsync((t, c) => books.Get<IClientThings>().ListAsync(t, scope, only.Length == 0 ? null : only, c));

    private static Task<T> KeepAsync<T>(
        OpenBooks books,
        Func<IClientThings, ITransaction, CancellationToken, Task<T>> work
    ) =>
        books
            .Get<IBooks>()
            .KeepAsync(Origin.Platform, (t, c) => work(books.Get<IClientThings>(), t, c), CancellationToken.None);
}
