using CloudManager.Core.Findings;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Findings;

/// <summary>Findings, in the books.</summary>
internal sealed class FindingStore : IFindingStore
{
    private const string Columns = FindingRow.Names;

    public async Task<Finding?> FindAsync(ITransaction transaction, FindingId id, CancellationToken cancellationToken)
    {
        var row = await transaction.FirstOrDefaultAsync<FindingRow>(
            $"select {Columns} from finding where id = @Number",
            new { id.Number },
            cancellationToken
        );
        return row?.ToFinding();
    }

    public async Task<IReadOnlyList<Finding>> OpenOfAsync(
        ITransaction transaction,
        PoolId? pool,
        IReadOnlyCollection<string> subjects,
        CancellationToken cancellationToken
    )
    {
        var dialect = transaction.Dialect();
        var rows = await transaction.QueryAsync<FindingRow>(
            $"""
            select {Columns} from finding
            where pool = @Pool and state = 'Open' and {dialect.IsAnyOf("subject", "@Subjects")} order by id
            """,
            new { Pool = pool?.Value ?? "", Subjects = dialect.ListOf(subjects) },
            cancellationToken
        );
        return [.. rows.Select(r => r.ToFinding())];
    }

    public Task SaveAsync(ITransaction transaction, Finding finding, CancellationToken cancellationToken) =>
        SaveAllAsync(transaction, [finding], cancellationToken);

    public Task SaveAllAsync(
        ITransaction transaction,
        IReadOnlyList<Finding> findings,
        CancellationToken cancellationToken
    ) =>
        findings.Count == 0
            ? Task.CompletedTask
            : transaction.ExecuteAsync(
                $"""
                insert into finding ({Columns})
                select {Columns} from {transaction.Dialect().RowsOf("@Findings", FindingRow.Types)} where true
                on conflict (id) do update set
                    name = excluded.name, tenant = excluded.tenant, region = excluded.region, system = excluded.system,
                    evidence = excluded.evidence, state = excluded.state, closed_at = excluded.closed_at,
                    last_seen_at = excluded.last_seen_at, policy = excluded.policy,
                    window_from = excluded.window_from, window_until = excluded.window_until,
                    last_held_on = excluded.last_held_on, recommendation = excluded.recommendation,
                    declaration = excluded.declaration, closing = excluded.closing
                """,
                new { Findings = Json.Write(findings.Select(FindingRow.Written)) },
                cancellationToken
            );

    public async Task<IReadOnlyList<Finding>> LeftServiceAsync(
        ITransaction transaction,
        PoolId? pool,
        DateOnly day,
        CancellationToken cancellationToken
    )
    {
        // Only resources of the books are judged: the number is read of no other subject.
        var rows = await transaction.QueryAsync<FindingRow>(
            $"""
            select {Columns} from finding f
            where f.state = 'Open' and f.pool = @Pool and {JudgedResources.IsJudged("f.kind")} and not exists (
                select 1 from resource r where {JudgedResources.Serves("r")} and {(
                pool is null
                    ? "r.kind = 'Server' and r.system = f.subject"
                    : $"r.id = case when {JudgedResources.IsJudged("f.kind")} then cast(substr(f.subject, 5) as bigint) end"
            )})
            order by f.id
            """,
            new { Pool = pool?.Value ?? "", Day = day },
            cancellationToken
        );
        return [.. rows.Select(r => r.ToFinding())];
    }

    public async Task<Page<Finding>> ListAsync(
        ITransaction transaction,
        FindingFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var where = new Where("id < @After")
            .And("tenant = @Tenant", filter.Tenant)
            .And("provider = @Provider", filter.Provider)
            .And("region = @Region", filter.Region)
            .And("kind = @Kind", filter.Kind)
            .And("state = @State", filter.State)
            .And("pool = @Pool", filter.Pool)
            .And("system = @System", filter.System)
            .And("policy = @Policy", filter.Policy)
            .And("last_seen_at < @SeenBefore", filter.SeenBefore);
        var rows = await transaction.QueryAsync<FindingRow>(
            $"select {Columns} from finding {where} order by id desc limit @Limit",
            new
            {
                filter.Tenant,
                filter.Provider,
                filter.Region,
                Kind = filter.Kind?.ToString(),
                State = filter.State?.ToString(),
                Pool = filter.Pool?.Value,
                filter.System,
                filter.Policy,
                SeenBefore = filter.SeenBefore?.ToUnixTimeMilliseconds(),
                After = Paging.After(page, long.MaxValue),
                Limit = page.Limit + 1,
            },
            cancellationToken
        );
        return Paging.Cut([.. rows.Select(r => r.ToFinding())], page, f => f.Id.Number);
    }

    public async Task<IReadOnlyList<OpenFindings>> CountAsync(
        ITransaction transaction,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<CountRow>(
            "select pool, kind, count(*) as count from finding where state = 'Open' group by pool, kind",
            null,
            cancellationToken
        );
        return [.. rows.Select(r => new OpenFindings(new(r.Pool), Enum.Parse<FindingKind>(r.Kind), r.Count))];
    }

    private sealed class CountRow
    {
        public string Pool { get; init; } = "";
        public string Kind { get; init; } = "";
        public long Count { get; init; }
    }
}
