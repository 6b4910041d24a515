using CloudManager.Core.Inventory;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Inventory;

/// <summary>The runs of the inventory, in the books.</summary>
internal sealed class InventoryRuns : IInventoryRuns
{
    private const string Columns = """
        id, pool, mode, outcome, started_at, ended_at, servers, volumes, networks, addresses, missing, opened, closed,
        zh, en, accepted_by, accepted_at, opinion
        """;

    public async Task<InventoryRun?> FindAsync(ITransaction transaction, RunId id, CancellationToken cancellationToken)
    {
        var row = await transaction.FirstOrDefaultAsync<Row>(
            $"select {Columns} from inventory_run where id = @Number",
            new { id.Number },
            cancellationToken
        );
        return row?.ToRun();
    }

    public Task SaveAsync(ITransaction transaction, InventoryRun run, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            $"""
            insert into inventory_run ({Columns})
            values (@Id, @Pool, @Mode, @Outcome, @StartedAt, @EndedAt, @Servers, @Volumes, @Networks, @Addresses,
                @Missing, @Opened, @Closed, @Zh, @En, @AcceptedBy, @AcceptedAt, @Opinion)
            on conflict (id) do update set
                outcome = excluded.outcome, ended_at = excluded.ended_at, servers = excluded.servers,
                volumes = excluded.volumes, networks = excluded.networks, addresses = excluded.addresses,
                missing = excluded.missing, opened = excluded.opened, closed = excluded.closed, zh = excluded.zh,
                en = excluded.en, accepted_by = excluded.accepted_by, accepted_at = excluded.accepted_at,
                opinion = excluded.opinion
            """,
            Row.Of(run),
            cancellationToken
        );

    public async Task<LastRuns> LastAsync(ITransaction transaction, PoolId pool, CancellationToken cancellationToken)
    {
        return new LastRuns(
            await OneAsync("mode = 'Full' and outcome in ('Completed', 'Accepted')"),
            await OneAsync("outcome in ('Completed', 'Accepted')"),
            await OneAsync("mode = 'Full'")
        );

        async Task<InventoryRun?> OneAsync(string condition)
        {
            var row = await transaction.FirstOrDefaultAsync<Row>(
                $"select {Columns} from inventory_run where pool = @Value and {condition} order by id desc limit 1",
                new { pool.Value },
                cancellationToken
            );
            return row?.ToRun();
        }
    }

    public async Task<Page<InventoryRun>> ListAsync(
        ITransaction transaction,
        PoolId pool,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<Row>(
            $"""
            select {Columns} from inventory_run where pool = @Value and id < @After order by id desc limit @Limit
            """,
            new
            {
                pool.Value,
                After = Paging.After(page, long.MaxValue),
                Limit = page.Limit + 1,
            },
            cancellationToken
        );
        return Paging.Cut([.. rows.Select(r => r.ToRun())], page, r => r.Id.Number);
    }

    public Task ForgetAsync(
        ITransaction transaction,
        PoolId pool,
        DateTimeOffset before,
        CancellationToken cancellationToken
    ) =>
        transaction.ExecuteAsync(
            """
            delete from inventory_run
            where pool = @Value and started_at < @Before and id < coalesce((
                select max(id) from inventory_run
                where pool = @Value and mode = 'Full' and outcome in ('Completed', 'Accepted')), 0)
            """,
            new { pool.Value, Before = before.ToUnixTimeMilliseconds() },
            cancellationToken
        );

    private sealed class Row
    {
        public long Id { get; init; }
        public string Pool { get; init; } = "";
        public string Mode { get; init; } = "";
        public string Outcome { get; init; } = "";
        public long StartedAt { get; init; }
        public long? EndedAt { get; init; }
        public int Servers { get; init; }
        public int Volumes { get; init; }
        public int Networks { get; init; }
        public int Addresses { get; init; }
        public int Missing { get; init; }
        public int Opened { get; init; }
        public int Closed { get; init; }
        public string? Zh { get; init; }
        public string? En { get; init; }
        public string? AcceptedBy { get; init; }
        public long? AcceptedAt { get; init; }
        public string? Opinion { get; init; }

        public static Row Of(InventoryRun run) =>
            new()
            {
                Id = run.Id.Number,
                Pool = run.Pool.Value,
                Mode = run.Mode.ToString(),
                Outcome = run.Outcome.ToString(),
                StartedAt = run.StartedAt.ToUnixTimeMilliseconds(),
                EndedAt = run.EndedAt?.ToUnixTimeMilliseconds(),
                Servers = run.Counts.Servers,
                Volumes = run.Counts.Volumes,
                Networks = run.Counts.Networks,
                Addresses = run.Counts.Addresses,
                Missing = run.Missing,
                Opened = run.Findings.Opened,
                Closed = run.Findings.Closed,
                Zh = run.Reason?.Zh,
                En = run.Reason?.En,
                AcceptedBy = run.Accepted?.By,
                AcceptedAt = run.Accepted?.At.ToUnixTimeMilliseconds(),
                Opinion = run.Accepted?.Opinion,
            };

        public InventoryRun ToRun() =>
            new()
            {
                Id = new(Id),
                Pool = new(Pool),
                Mode = Enum.Parse<RunMode>(Mode),
                Outcome = Enum.Parse<RunOutcome>(Outcome),
                StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(StartedAt),
                EndedAt = EndedAt is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : null,
                Counts = new(Servers, Volumes, Networks, Addresses),
                Missing = Missing,
                Findings = new(Opened, Closed),
                Reason = Zh is null || En is null ? null : new Bilingual(Zh, En),
                Accepted =
                    AcceptedBy is null || AcceptedAt is not { } at || Opinion is null
                        ? null
                        : new Acceptance(AcceptedBy, DateTimeOffset.FromUnixTimeMilliseconds(at), Opinion),
            };
    }
}
