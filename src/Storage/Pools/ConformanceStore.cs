using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Pools;

/// <summary>Conformance runs and their reports, in the books.</summary>
internal sealed class ConformanceStore : IConformanceStore
{
    private const string Columns =
        "id, pool, state, adapter, settings, cloud_version, prefix, started_by, started_at, ended_at, done, total, "
        + "running, failed, may_have_left, owner, seen_at";

    public Task AddAsync(ITransaction transaction, ConformanceRun run, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            """
            insert into conformance (
                id, pool, state, adapter, settings, cloud_version, prefix, started_by, started_at, ended_at, done, total,
                running, failed, may_have_left, owner, seen_at)
            values (
                @Id, @Pool, @State, @Adapter, @Settings, @CloudVersion, @Prefix, @StartedBy, @StartedAt, @EndedAt, @Done,
                @Total, @Running, @Failed, @MayHaveLeft, @Owner, @SeenAt)
            """,
            Row.Of(run),
            cancellationToken
        );

    public async Task UpdateAsync(
        ITransaction transaction,
        ConformanceRun run,
        string? report,
        CancellationToken cancellationToken
    )
    {
        await transaction.ExecuteAsync(
            """
            update conformance
            set state = @State, cloud_version = @CloudVersion, ended_at = @EndedAt, done = @Done, total = @Total,
                running = @Running, failed = @Failed, may_have_left = @MayHaveLeft, seen_at = @SeenAt
            where id = @Id
            """,
            Row.Of(run),
            cancellationToken
        );
        if (report is not null)
        {
            await transaction.ExecuteAsync(
                "insert into conformance_report (conformance, body) values (@Id, @Body)",
                new { Id = run.Id.Number, Body = report },
                cancellationToken
            );
        }
    }

    public async Task<ConformanceRun?> FindAsync(
        ITransaction transaction,
        ConformanceId id,
        CancellationToken cancellationToken
    )
    {
        var row = await transaction.FirstOrDefaultAsync<Row>(
            $"select {Columns} from conformance where id = @Id",
            new { Id = id.Number },
            cancellationToken
        );
        return row?.ToRun();
    }

    public Task<string?> ReportAsync(ITransaction transaction, ConformanceId id, CancellationToken cancellationToken) =>
        transaction.FirstOrDefaultAsync<string?>(
            "select body from conformance_report where conformance = @Id",
            new { Id = id.Number },
            cancellationToken
        );

    public async Task<Page<ConformanceRun>> ListAsync(
        ITransaction transaction,
        ConformanceFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var where = new Where("id < @After")
            .And("pool = @Pool", filter.Pool)
            .And("state = @State", filter.State)
            .And("may_have_left = @MayHaveLeft", filter.MayHaveLeft ? true : null);
        var rows = await transaction.QueryAsync<Row>(
            $"select {Columns} from conformance {where} order by id desc limit @Limit",
            new
            {
                Pool = filter.Pool?.Value,
                State = filter.State?.ToString(),
                MayHaveLeft = true,
                After = Paging.After(page, long.MaxValue),
                Limit = page.Limit + 1,
            },
            cancellationToken
        );
        return Paging.Cut([.. rows.Select(row => row.ToRun())], page, run => run.Id.Number);
    }

    private sealed class Row
    {
        public long Id { get; init; }
        public string Pool { get; init; } = "";
        public string State { get; init; } = "";
        public string Adapter { get; init; } = "";
        public string Settings { get; init; } = "";
        public string CloudVersion { get; init; } = "";
        public string Prefix { get; init; } = "";
        public string StartedBy { get; init; } = "";
        public long StartedAt { get; init; }
        public long? EndedAt { get; init; }
        public int Done { get; init; }
        public int Total { get; init; }
        public string? Running { get; init; }
        public int Failed { get; init; }
        public bool MayHaveLeft { get; init; }
        public string Owner { get; init; } = "";
        public long SeenAt { get; init; }

        public static Row Of(ConformanceRun run) =>
            new()
            {
                Id = run.Id.Number,
                Pool = run.Pool.Value,
                State = run.State.ToString(),
                Adapter = run.Adapter,
                Settings = run.Settings,
                CloudVersion = run.CloudVersion,
                Prefix = run.Prefix,
                StartedBy = run.StartedBy,
                StartedAt = run.StartedAt.ToUnixTimeMilliseconds(),
                EndedAt = run.EndedAt?.ToUnixTimeMilliseconds(),
                Done = run.Done,
                Total = run.Total,
                Running = run.Check,
                Failed = run.Failed,
                MayHaveLeft = run.MayHaveLeft,
                Owner = run.Owner,
                SeenAt = run.SeenAt.ToUnixTimeMilliseconds(),
            };

        public ConformanceRun ToRun() =>
            new()
            {
                Id = new ConformanceId(Id),
                Pool = new PoolId(Pool),
                State = Enum.Parse<ConformanceState>(State),
                Adapter = Adapter,
                Settings = Settings,
                CloudVersion = CloudVersion,
                Prefix = Prefix,
                StartedBy = StartedBy,
                StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(StartedAt),
                EndedAt = EndedAt is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : null,
                Done = Done,
                Total = Total,
                Check = Running,
                Failed = Failed,
                MayHaveLeft = MayHaveLeft,
                Owner = Owner,
                SeenAt = DateTimeOffset.FromUnixTimeMilliseconds(SeenAt),
            };
    }
}
