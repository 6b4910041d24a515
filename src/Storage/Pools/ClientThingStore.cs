using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Pools;

/// <summary>What was made for upper installations, in the books.</summary>
internal sealed class ClientThingStore : IClientThings
{
    private const string Columns = "pool, client, kind, client_key, cloud_key, native_id, made_at, ending_at, ended_at";

    /// <summary>For how long changes can tell of what is gone.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    public async Task<bool> AddAsync(ITransaction transaction, ClientThing thing, CancellationToken cancellationToken)
    {
        var row = Row.Of(thing);
        await transaction.ExecuteAsync(
            "delete from client_thing where pool = @Pool and client = @Client and ended_at < @Before",
            new
            {
                row.Pool,
                row.Client,
                Before = (thing.MadeAt - Remembered).ToUnixTimeMilliseconds(),
            },
            cancellationToken
        );
        var added = await transaction.QueryAsync<string>(
            $"""
            insert into client_thing ({Columns})
            values (@Pool, @Client, @Kind, @ClientKey, @CloudKey, @NativeId, @MadeAt, @EndingAt, @EndedAt)
            on conflict (pool, client, kind, client_key) where ended_at is null do nothing
            returning cloud_key
            """,
            row,
            cancellationToken
        );
        return added.Count > 0;
    }

    public Task SaveAsync(ITransaction transaction, ClientThing thing, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            """
            update client_thing set native_id = @NativeId, ending_at = @EndingAt, ended_at = @EndedAt
            where pool = @Pool and client = @Client and kind = @Kind and client_key = @ClientKey and ended_at is null
            """,
            Row.Of(thing),
            cancellationToken
        );

    public Task RemoveAsync(ITransaction transaction, ClientThing thing, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            """
            delete from client_thing
            where pool = @Pool and client = @Client and kind = @Kind and client_key = @ClientKey
                and ended_at is null and native_id is null
            """,
            Row.Of(thing),
            cancellationToken
        );

    public async Task<ClientThing?> FindAsync(
        ITransaction transaction,
        ClientScope scope,
        string key,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<Row>(
            $"""
            select {Columns} from client_thing
            where pool = @Pool and client = @Client and kind = @Kind and client_key = @Key and ended_at is null
            """,
            new
            {
                Pool = scope.Pool.Value,
                scope.Client,
                scope.Kind,
                Key = key,
            },
            cancellationToken
        );
        return rows.Count == 0 ? null : rows[0].ToThing();
    }

    public async Task<IReadOnlyList<ClientThing>> ListAsync(
        ITransaction transaction,
        ClientScope scope,
        IReadOnlyCollection<NativeId>? only,
        CancellationToken cancellationToken
    )
    {
        var dialect = transaction.Dialect();
        var where = new Where("pool = @Pool and client = @Client and kind = @Kind").And(
            dialect.IsAnyOf("native_id", "@Only"),
            only
        );
        var rows = await transaction.QueryAsync<Row>(
            $"select {Columns} from client_thing {where} order by native_id, made_at",
            new
            {
                Pool = scope.Pool.Value,
                scope.Client,
                scope.Kind,
                Only = dialect.ListOf((only ?? []).Select(id => id.Value)),
            },
            cancellationToken
        );
        return [.. rows.Select(row => row.ToThing())];
    }

    private sealed class Row
    {
        public string Pool { get; init; } = "";
        public string Client { get; init; } = "";
        public string Kind { get; init; } = "";
        public string ClientKey { get; init; } = "";
        public string CloudKey { get; init; } = "";
        public string? NativeId { get; init; }
        public long MadeAt { get; init; }
        public long? EndingAt { get; init; }
        public long? EndedAt { get; init; }

        public static Row Of(ClientThing thing) =>
            new()
            {
                Pool = thing.Pool.Value,
                Client = thing.Client,
                Kind = thing.Kind,
                ClientKey = thing.Key,
                CloudKey = thing.CloudKey,
                NativeId = thing.NativeId?.Value,
                MadeAt = thing.MadeAt.ToUnixTimeMilliseconds(),
                EndingAt = thing.EndingAt?.ToUnixTimeMilliseconds(),
                EndedAt = thing.EndedAt?.ToUnixTimeMilliseconds(),
            };

        public ClientThing ToThing() =>
            new()
            {
                Pool = new PoolId(Pool),
                Client = Client,
                Kind = Kind,
                Key = ClientKey,
                CloudKey = CloudKey,
                NativeId = NativeId is null ? null : new NativeId(NativeId),
                MadeAt = DateTimeOffset.FromUnixTimeMilliseconds(MadeAt),
                EndingAt = EndingAt is { } ending ? DateTimeOffset.FromUnixTimeMilliseconds(ending) : null,
                EndedAt = EndedAt is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : null,
            };
    }
}
