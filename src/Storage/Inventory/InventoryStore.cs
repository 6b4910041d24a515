using CloudManager.Adapters.Sdk;
using CloudManager.Core.Catalogue;
using CloudManager.Core.Inventory;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Inventory;

/// <summary>What the pools' listings showed last, in the books.</summary>
internal sealed class InventoryStore : IInventoryStore
{
    private static readonly string Shown = string.Join(", ", ThingRow.Shown.Select(c => c.Name));
    private static readonly string Renewed = string.Join(
        ", ",
        ThingRow.Shown.Skip(2).Select(c => $"{c.Name} = excluded.{c.Name}")
    );

    /// <summary>The resource of the books that a row of the inventory is: the one that is not gone yet.</summary>
    private const string Known = """
        (select max(r.id) from resource r where r.pool = i.pool and r.native_id = i.native_id and r.kind = i.kind
            and r.state not in ('Reclaimed', 'Ended', 'Failed'))
        """;

    /// <summary>The upper installation that a row of the inventory was made for.</summary>
    private const string HeldFor = """
        (select max(c.client) from client_thing c
            where c.pool = i.pool and (c.native_id = i.native_id or c.cloud_key = i.operation_key))
        """;

    public Task SeeAsync(
        ITransaction transaction,
        InventoryRun run,
        IReadOnlyList<CloudThing> things,
        CancellationToken cancellationToken
    ) =>
        transaction.ExecuteAsync(
            $"""
            insert into inventory (pool, {Shown}, first_run, run, first_seen, last_seen)
            select @Pool, {Shown}, @Run, @Run, @Now, @Now
            from {transaction.Dialect().RowsOf("@Things", ThingRow.Shown)} where true
            on conflict (pool, kind, native_id) do update set
                {Renewed}, run = case when excluded.run > inventory.run then excluded.run else inventory.run end,
                last_seen = excluded.last_seen
            """,
            new
            {
                Pool = run.Pool.Value,
                Run = run.Id.Number,
                Now = run.StartedAt.ToUnixTimeMilliseconds(),
                Things = Json.Write(things.DistinctBy(t => t.Id).Select(ThingRow.Written)),
            },
            cancellationToken
        );

    public async Task<IReadOnlyList<Shortfall>> ShortfallAsync(
        ITransaction transaction,
        InventoryRun run,
        RunId? baseline,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<ShortfallRow>(
            baseline is null ? ShortOfBooks : ShortOfBaseline,
            new
            {
                Pool = run.Pool.Value,
                Run = run.Id.Number,
                Baseline = baseline?.Number,
            },
            cancellationToken
        );
        return [.. rows.Select(r => new Shortfall(Enum.Parse<ItemKind>(r.Kind), (int)r.Missing, (int)r.Known))];
    }

    private const string ShortOfBaseline = """
        select kind, sum(case when run < @Run then 1 else 0 end) as missing, count(*) as known
        from inventory i
        where pool = @Pool and run >= @Baseline and first_run < @Run
            and not (run < @Run and exists (
                select 1 from resource r
                where r.pool = i.pool and r.native_id = i.native_id
                    and r.state in ('Cleaning', 'Reclaimed', 'Ended', 'Failed')))
            and not (run < @Run and exists (
                select 1 from conformance c where c.pool = i.pool and i.operation_key like c.prefix || '-%'))
            and not (run < @Run and exists (
                select 1 from client_thing c
                where c.pool = i.pool and c.native_id = i.native_id and c.ending_at is not null))
        group by kind
        """;

    private const string ShortOfBooks = """
        select r.kind, sum(case when i.run is null then 1 else 0 end) as missing, count(*) as known
        from resource r left join inventory i
            on i.pool = r.pool and i.kind = r.kind and i.native_id = r.native_id and i.run >= @Run
        where r.pool = @Pool and r.native_id is not null
            and r.state in ('Testing', 'TestEnded', 'Delivered', 'InService', 'Changing', 'BackingUp')
        group by r.kind
        """;

    public Task ForgetAsync(
        ITransaction transaction,
        InventoryRun run,
        IReadOnlyCollection<NativeId>? only,
        CancellationToken cancellationToken
    )
    {
        var dialect = transaction.Dialect();
        return transaction.ExecuteAsync(
            only is null
                ? "delete from inventory where pool = @Pool and run < @Run"
                : $"""
                delete from inventory
                where pool = @Pool and kind = 'Server' and {dialect.IsAnyOf("native_id", "@Only")}
                """,
            new
            {
                Pool = run.Pool.Value,
                Run = run.Id.Number,
                Only = dialect.ListOf((only ?? []).Select(id => id.Value)),
            },
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<InventoryEntry>> WithPartsAsync(
        ITransaction transaction,
        PoolId pool,
        NativeId id,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<ThingRow>(
            $"""
            select i.pool, {Shown}, first_seen, last_seen, {Known} as resource, {HeldFor} as client from inventory i
            where i.pool = @Pool and (i.native_id = @Id or i.attached_to = @Id)
            order by case when i.native_id = @Id then 0 else 1 end, kind desc, native_id
            """,
            new { Pool = pool.Value, Id = id.Value },
            cancellationToken
        );
        return rows.Count > 0 && rows[0].NativeId == id.Value ? [.. rows.Select(r => r.ToEntry())] : [];
    }

    public async Task<Page<InventoryEntry>> ListAsync(
        ITransaction transaction,
        InventoryFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var after = page.After?.Split('/', 2) ?? ["", ""];
        var where = new Where("i.pool = @Pool and (i.kind, i.native_id) > (@AfterKind, @AfterId)")
            .And("i.kind = @Kind", filter.Kind)
            .And($"({Known} is not null or {HeldFor} is not null)", filter.Known == true ? true : null)
            .And($"{Known} is null and {HeldFor} is null", filter.Known == false ? true : null);
        var rows = await transaction.QueryAsync<ThingRow>(
            $"""
            select i.pool, {Shown}, first_seen, last_seen, {Known} as resource, {HeldFor} as client from inventory i
            {where} order by i.kind, i.native_id limit @Limit
            """,
            new
            {
                Pool = filter.Pool.Value,
                Kind = filter.Kind?.ToString(),
                AfterKind = after[0],
                AfterId = after.ElementAtOrDefault(1) ?? "",
                Limit = page.Limit + 1,
            },
            cancellationToken
        );
        return Paging.Cut([.. rows.Select(r => r.ToEntry())], page, e => $"{e.Thing.Kind}/{e.Thing.Id.Value}");
    }

    private sealed class ShortfallRow
    {
        public string Kind { get; init; } = "";
        public long Missing { get; init; }
        public long Known { get; init; }
    }
}
