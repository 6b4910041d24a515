using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;
using CloudManager.Core.Provisioning;
using CloudManager.Storage.Books;
using CloudManager.Tests.Databases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CloudManager.Storage.Tests.Support;

/// <summary>Open books on a database of their own, with a province of two tenants and two providers in them.</summary>
internal sealed class OpenBooks : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 9, 30, 10, 0, 0, China.Offset);
    private readonly TestDatabase _database;
    private readonly bool _isOwner;
    private readonly ServiceProvider _services;

    private OpenBooks(TestDatabase database, bool isOwner)
    {
        (_database, _isOwner) = (database, isOwner);
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(new FakeTimeProvider(Start))
            .AddSingleton(new MachineClock(TimeProvider.System))
            .AddStorage(database.Folder, database.ConnectionString)
            .BuildServiceProvider();
    }

    public SqlDialect Dialect => Get<SqlDialect>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static async Task<OpenBooks> OnAsync(Database on)
    {
        var books = new OpenBooks(await TestDatabase.CreateAsync(on), isOwner: true);
        await books.Get<IBooksOpening>().OpenAsync(CancellationToken.None);
        await books.KeepAsync(books.SeedAsync);
        return books;
    }

    /// <summary>Opens empty books from several processes at once; answers the name each has for the installation.</summary>
    public static Task<string[]> RaceAsync(TestDatabase database, int processes) =>
        Task.WhenAll(
            Enumerable
                .Range(0, processes)
                .Select(async _ =>
                {
                    await using var books = new OpenBooks(database, isOwner: false);
                    await Task.Yield();
                    await books.Get<IBooksOpening>().OpenAsync(CancellationToken.None);
                    return books.Get<Installation>().ToString();
                })
        );

    /// <summary>The same books as another process has them.</summary>
    public async Task<OpenBooks> AgainAsync()
    {
        var books = new OpenBooks(_database, isOwner: false);
        await books.Get<IBooksOpening>().OpenAsync(CancellationToken.None);
        return books;
    }

    public Task<T> ReadAsync<T>(Func<ITransaction, CancellationToken, Task<T>> work) =>
        Get<IBooks>().ReadAsync(work, CancellationToken.None);

    public Task<T> KeepAsync<T>(Func<ITransaction, CancellationToken, Task<T>> work) =>
        Get<IBooks>().KeepAsync(Origin.Platform, work, CancellationToken.None);

    public Task KeepAsync(Func<ITransaction, CancellationToken, Task> work) =>
        KeepAsync(
            async (transaction, token) =>
            {
                await work(transaction, token);
                return Done.Now;
            }
        );

    public Task<Result<Done>> ChangeAsync(Func<ITransaction, CancellationToken, Task<Result<Done>>> work) =>
        Get<IBooks>()
            .ChangeAsync(
                new Intent(Origin.Platform, "thing.change", new Subject("thing", "thing-1")),
                work,
                CancellationToken.None
            );

    /// <summary>Runs SQL past the stores, as somebody with the database in hand.</summary>
    public Task<int> ExecuteAsync(string sql) => KeepAsync((t, token) => t.ExecuteAsync(sql, null, token));

    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? values = null) =>
        ReadAsync((t, token) => t.QueryAsync<T>(sql, values, token));

    /// <summary>Equal in everything the books keep of them, lists included.</summary>
    public static void Same<T>(T expected, T actual) => Assert.Equal(Json.Write(expected), Json.Write(actual));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_isOwner)
        {
            await _database.DisposeAsync();
        }
    }

    private async Task SeedAsync(ITransaction transaction, CancellationToken token)
    {
        var organisations = Get<IOrganisationStore>();
        await Get<IRegionStore>().AddAsync(transaction, new Region("430000", "湖南省", null), token);
        await Get<IRegionStore>().AddAsync(transaction, new Region("430100", "长沙市", "430000"), token);
        foreach (var code in (string[])["tenant-a", "tenant-b", "provider-a", "provider-b"])
        {
            var kind = code[0] == 't' ? OrganisationKind.Tenant : OrganisationKind.Provider;
            var region = code[^1] == 'a' ? "430000" : "430100";
            await organisations.AddAsync(transaction, new Organisation(code, $"单位 {code}", kind, region), token);
        }
    }
}
