using CloudManager.Adapters.Sdk;
using CloudManager.Core.Inventory;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Resources;
using CloudManager.Storage.Books;
using CloudManager.Storage.Resources;

namespace CloudManager.Storage.Inventory;

/// <summary>The books as the inventory looks things up in them.</summary>
internal sealed class InventoryBooks : IInventoryBooks
{
    private static readonly string Columns = string.Join(
        ", ",
        ResourceRow.Columns.Split(',', StringSplitOptions.TrimEntries).Select(c => $"r.{c}")
    );

    private static readonly string From = $"""
        select {Columns}, p.native_id as whole, w.ended_at as order_ended_at, t.name as taken_name
        from resource r
        left join resource p on p.id = r.part_of
        left join work_order w on w.id = r.work_order
        left join takeover t on t.resource = r.id
        """;

    public async Task<IReadOnlyDictionary<NativeId, Booked>> LookUpAsync(
        ITransaction transaction,
        PoolId pool,
        IReadOnlyCollection<NativeId> ids,
        CancellationToken cancellationToken
    )
    {
        var dialect = transaction.Dialect();
        var rows = await transaction.QueryAsync<BookedRow>(
            $"{From} where r.pool = @Pool and {dialect.IsAnyOf("r.native_id", "@Ids")} order by r.id",
            new { Pool = pool.Value, Ids = dialect.ListOf(ids.Select(id => id.Value)) },
            cancellationToken
        );
        var found = new Dictionary<NativeId, Booked>();
        foreach (var booked in rows.Select(r => r.ToBooked()).OrderBy(b => b.Resource.IsHeld))
        {
            found[booked.Resource.NativeId!.Value] = booked;
        }

        return found;
    }

    public async Task<IReadOnlySet<string>> InTheMakingAsync(
        ITransaction transaction,
        IReadOnlyCollection<string> keys,
        CancellationToken cancellationToken
    )
    {
        if (keys.Count == 0)
        {
            return new HashSet<string>();
        }

        var dialect = transaction.Dialect();
        var rows = await transaction.QueryAsync<string>(
            $"""
            select operation_key from provisioning_task
            where {dialect.IsAnyOf("operation_key", "@Keys")} and state not in ('Done', 'Failed', 'Cancelled')
            """,
            new { Keys = dialect.ListOf(keys) },
            cancellationToken
        );
        var making = rows.ToHashSet();
        making.UnionWith(await OnTrialAsync(transaction, keys, cancellationToken));
        return making;
    }

    /// <summary>What a conformance run (art. 16) under way has made, or one that broke: the platform removes it.</summary>
    private static async Task<IEnumerable<string>> OnTrialAsync(
        ITransaction transaction,
        IReadOnlyCollection<string> keys,
        CancellationToken cancellationToken
    )
    {
        var prefixes = await transaction.QueryAsync<string>(
            "select prefix from conformance where state = 'Running' or (state = 'Broken' and may_have_left)",
            new { },
            cancellationToken
        );
        return keys.Where(key => prefixes.Any(prefix => key.StartsWith($"{prefix}-", StringComparison.Ordinal)));
    }

    public async Task<IReadOnlyDictionary<NativeId, string>> HeldForAsync(
        ITransaction transaction,
        PoolId pool,
        IReadOnlyList<CloudThing> things,
        CancellationToken cancellationToken
    )
    {
        var dialect = transaction.Dialect();
        var rows = await transaction.QueryAsync<HeldRow>(
            $"""
            select native_id, cloud_key, client from client_thing
            where pool = @Pool
                and ({dialect.IsAnyOf("native_id", "@Ids")} or {dialect.IsAnyOf("cloud_key", "@Keys")})
            """,
            new
            {
                Pool = pool.Value,
                Ids = dialect.ListOf(things.Select(thing => thing.Id.Value)),
                Keys = dialect.ListOf(things.Select(thing => thing.Key).OfType<string>()),
            },
            cancellationToken
        );
        var ofIds = rows.Where(row => row.NativeId is not null).ToLookup(row => row.NativeId!, row => row.Client);
        var ofKeys = rows.ToLookup(row => row.CloudKey, row => row.Client);
        return things
            .DistinctBy(thing => thing.Id)
            .Select(thing => (thing.Id, Client: ofIds[thing.Id.Value].Concat(ofKeys[thing.Key ?? ""]).FirstOrDefault()))
            .Where(held => held.Client is not null)
            .ToDictionary(held => held.Id, held => held.Client!);
    }

    public async Task<IReadOnlyList<Booked>> NotSeenAsync(
        ITransaction transaction,
        InventoryRun run,
        (ResourceId After, int Limit) page,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<BookedRow>(
            $"""
            {From}
            where r.pool = @Pool and r.id > @After and r.native_id is not null
                and r.state in ('Testing', 'TestEnded', 'Delivered', 'InService', 'Changing', 'BackingUp')
                and w.ended_at <= @Since and not exists (
                    select 1 from inventory i
                    where i.pool = r.pool and i.kind = r.kind and i.native_id = r.native_id and i.run >= @Run)
            order by r.id limit @Limit
            """,
            new
            {
                Pool = run.Pool.Value,
                Run = run.Id.Number,
                Since = run.StartedAt.ToUnixTimeMilliseconds(),
                After = page.After.Number,
                page.Limit,
            },
            cancellationToken
        );
        return [.. rows.Select(r => r.ToBooked())];
    }

    public async Task<IReadOnlySet<ResourceId>> InWorkAsync(
        ITransaction transaction,
        IReadOnlyCollection<ResourceId> resources,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        if (resources.Count == 0)
        {
            return new HashSet<ResourceId>();
        }

        var dialect = transaction.Dialect();
        var rows = await transaction.QueryAsync<long>(
            $"""
            select r.id from resource r join work_order w on w.id = r.work_order
            where {dialect.IsAnyOf("r.id", "@Ids")} and (w.ended_at is null or w.ended_at > @Since)
            """,
            new { Ids = dialect.ListOf(resources.Select(r => r.Number)), Since = since.ToUnixTimeMilliseconds() },
            cancellationToken
        );
        return rows.Select(id => new ResourceId(id)).ToHashSet();
    }

    private sealed class HeldRow
    {
        public string? NativeId { get; init; }
        public string CloudKey { get; init; } = "";
        public string Client { get; init; } = "";
    }

    private sealed class BookedRow : ResourceRow
    {
        public string? Whole { get; init; }
        public long? OrderEndedAt { get; init; }
        public string? TakenName { get; init; }

        public Booked ToBooked() =>
            new(
                ToResource(),
                Whole is null ? null : new NativeId(Whole),
                OrderEndedAt is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : null,
                TakenName
            );
    }
}
