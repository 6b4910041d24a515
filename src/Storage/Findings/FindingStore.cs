using CloudManager.Core.Catalogue;
using CloudManager.Core.Findings;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Findings;

/// <summary>Findings, in the books.</summary>
internal sealed class FindingStore : IFindingStore
{
    private const string Columns = """
        id, kind, detail, pool, subject_kind, subject, name, tenant, provider, region, evidence, state, opened_at,
        closed_at, last_seen_at
        """;

    public async Task<Finding?> FindAsync(ITransaction transaction, FindingId id, CancellationToken cancellationToken)
    {
        var row = await transaction.FirstOrDefaultAsync<Row>(
            $"select {Columns} from finding where id = @Number",
            new { id.Number },
            cancellationToken
        );
        return row?.ToFinding();
    }

    public async Task<IReadOnlyList<Finding>> OpenOfAsync(
        ITransaction transaction,
        PoolId pool,
        IReadOnlyCollection<string> subjects,
        CancellationToken cancellationToken
    )
    {
        var dialect = transaction.Dialect();
        var rows = await transaction.QueryAsync<Row>(
            $"""
            select {Columns} from finding
            where pool = @Pool and state = 'Open' and {dialect.IsAnyOf("subject", "@Subjects")} order by id
            """,
            new { Pool = pool.Value, Subjects = dialect.ListOf(subjects) },
            cancellationToken
        );
        return [.. rows.Select(r => r.ToFinding())];
    }

    public Task SaveAsync(ITransaction transaction, Finding finding, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            $"""
            insert into finding ({Columns})
            values (@Id, @Kind, @Detail, @Pool, @SubjectKind, @Subject, @Name, @Tenant, @Provider, @Region, @Evidence,
                @State, @OpenedAt, @ClosedAt, @LastSeenAt)
            on conflict (id) do update set
                name = excluded.name, tenant = excluded.tenant, region = excluded.region, evidence = excluded.evidence,
                state = excluded.state, closed_at = excluded.closed_at, last_seen_at = excluded.last_seen_at
            """,
            Row.Of(finding),
            cancellationToken
        );

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
            .And("last_seen_at < @SeenBefore", filter.SeenBefore);
        var rows = await transaction.QueryAsync<Row>(
            $"select {Columns} from finding {where} order by id desc limit @Limit",
            new
            {
                filter.Tenant,
                filter.Provider,
                filter.Region,
                Kind = filter.Kind?.ToString(),
                State = filter.State?.ToString(),
                Pool = filter.Pool?.Value,
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

    private sealed class Row
    {
        public long Id { get; init; }
        public string Kind { get; init; } = "";
        public string Detail { get; init; } = "";
        public string Pool { get; init; } = "";
        public string SubjectKind { get; init; } = "";
        public string Subject { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Tenant { get; init; }
        public string Provider { get; init; } = "";
        public string Region { get; init; } = "";
        public string Evidence { get; init; } = "";
        public string State { get; init; } = "";
        public long OpenedAt { get; init; }
        public long? ClosedAt { get; init; }
        public long LastSeenAt { get; init; }

        public static Row Of(Finding finding) =>
            new()
            {
                Id = finding.Id.Number,
                Kind = finding.Kind.ToString(),
                Detail = finding.Detail?.ToString() ?? "",
                Pool = finding.Subject.Pool.Value,
                SubjectKind = finding.Subject.Kind.ToString(),
                Subject = finding.Subject.Id,
                Name = finding.Subject.Name,
                Tenant = finding.Scope.Tenant,
                Provider = finding.Scope.Provider,
                Region = finding.Scope.Region,
                Evidence = Json.Write(finding.Evidence),
                State = finding.State.ToString(),
                OpenedAt = finding.OpenedAt.ToUnixTimeMilliseconds(),
                ClosedAt = finding.ClosedAt?.ToUnixTimeMilliseconds(),
                LastSeenAt = finding.LastSeenAt.ToUnixTimeMilliseconds(),
            };

        public Finding ToFinding() =>
            new()
            {
                Id = new(Id),
                Kind = Enum.Parse<FindingKind>(Kind),
                Detail = Detail.Length == 0 ? null : Enum.Parse<FindingDetail>(Detail),
                Subject = new(Enum.Parse<ItemKind>(SubjectKind), Subject, new(Pool), Name),
                Scope = new(Tenant, Provider, Region),
                Evidence = Json.Read<Evidence>(Evidence),
                State = Enum.Parse<FindingState>(State),
                OpenedAt = DateTimeOffset.FromUnixTimeMilliseconds(OpenedAt),
                ClosedAt = ClosedAt is { } closed ? DateTimeOffset.FromUnixTimeMilliseconds(closed) : null,
                LastSeenAt = DateTimeOffset.FromUnixTimeMilliseconds(LastSeenAt),
            };
    }
}
