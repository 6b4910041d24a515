using CloudManager.Adapters.Sdk;
using CloudManager.Core.Findings;
using CloudManager.Core.Findings.Judging;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Requests;
using CloudManager.Core.Resources;
using CloudManager.Storage.Books;
using CloudManager.Storage.Resources;

namespace CloudManager.Storage.Findings;

/// <summary>What judging reads of the books.</summary>
internal sealed class JudgedResources : IJudgedResources, IJudgedCounts
{
    /// <summary>The condition that a finding is one of use, and so about a resource or a system of the books.</summary>
    public static string IsJudged(string column) =>
        $"{column} in ('LowUse', 'Zombie', 'Oversized', 'Undersized', 'IdleVolume', 'IdleAddress', 'PoweredOff', 'NotAsApproved')";

    /// <summary>The condition that a resource was in service on the day before @Day.</summary>
    public static string Serves(string resource) =>
        $"{resource}.service_start < @Day and ({resource}.service_end >= @Day or ({resource}.service_end is null and {resource}.state <> 'Reclaimed'))";

    public async Task<IReadOnlyList<PoolId>> PoolsAsync(
        ITransaction transaction,
        DateOnly day,
        CancellationToken cancellationToken
    )
    {
        var pools = await transaction.QueryAsync<string>(
            $"""
            select distinct r.pool from resource r where {Serves("r")}
            union select distinct f.pool from finding f where f.state = 'Open' and f.pool <> '' and {IsJudged("f.kind")}
            """,
            new { Day = day },
            cancellationToken
        );
        return [.. pools.Order(StringComparer.Ordinal).Select(p => new PoolId(p))];
    }

    public Task<Page<Resource>> ServersAsync(
        ITransaction transaction,
        JudgedScope scope,
        PageRequest page,
        CancellationToken cancellationToken
    ) => PageAsync(transaction, "r.kind = 'Server'", scope, page, cancellationToken);

    Task<int> IJudgedCounts.ServersAsync(
        ITransaction transaction,
        JudgedScope scope,
        CancellationToken cancellationToken
    )
    {
        var dialect = transaction.Dialect();
        var where = new Where($"r.kind = 'Server' and {Serves("r")}")
            .And("r.pool = @Pool", scope.Pool)
            .And(dialect.IsAnyOf("r.region", "@Regions"), scope.Regions);
        return transaction.FirstOrDefaultAsync<int>(
            $"select count(*) from resource r {where}",
            new
            {
                scope.Day,
                Pool = scope.Pool?.Value,
                Regions = dialect.ListOf(scope.Regions ?? []),
            },
            cancellationToken
        );
    }

    public Task<Page<Resource>> ThingsAsync(
        ITransaction transaction,
        JudgedScope scope,
        PageRequest page,
        CancellationToken cancellationToken
    ) =>
        PageAsync(
            transaction,
            """
            r.kind in ('Volume', 'PublicAddress') and exists (
                select 1 from finding f
                where f.pool = r.pool and f.subject = 'res-' || case when r.id < 100000 then
                        substr('00000' || cast(r.id as text), length(cast(r.id as text))) else cast(r.id as text) end
                    and f.kind in ('Orphan', 'IdleVolume', 'IdleAddress') and (f.closed_at is null or f.closed_at >= @At))
            """,
            scope,
            page,
            cancellationToken
        );

    public async Task<IReadOnlyList<Finding>> InventoryAsync(
        ITransaction transaction,
        IReadOnlyCollection<string> subjects,
        DateOnly day,
        CancellationToken cancellationToken
    )
    {
        var dialect = transaction.Dialect();
        var rows = await transaction.QueryAsync<FindingRow>(
            $"""
            select {FindingRow.Names} from finding
            where {dialect.IsAnyOf("subject", "@Subjects")} and kind in ('Orphan', 'Drift')
                and detail in ('Unattached', 'Unbound', 'Stopped', 'Resized')
                and opened_at < @At and (closed_at is null or closed_at >= @At)
            order by id
            """,
            new { Subjects = dialect.ListOf(subjects), At = At(day) },
            cancellationToken
        );
        return [.. rows.Select(r => r.ToFinding())];
    }

    public async Task<IReadOnlyDictionary<ResourceId, ApprovedSize>> ApprovedAsync(
        ITransaction transaction,
        IReadOnlyList<Resource> servers,
        CancellationToken cancellationToken
    )
    {
        var dialect = transaction.Dialect();
        var rows = await transaction.QueryAsync<LinesRow>(
            $"""
            select id, type, lines from request where {dialect.IsAnyOf("id", "@Requests")}
            union
            select id, type, lines from request
            where type = 'Change' and state = 'InService' and {dialect.IsAnyOf("system", "@Systems")}
            order by id
            """,
            new
            {
                Requests = dialect.ListOf(servers.Select(s => s.Request.Number).Distinct()),
                Systems = dialect.ListOf(servers.Select(s => s.System).Distinct()),
            },
            cancellationToken
        );
        var lines = rows.SelectMany(r => Json.Read<List<RequestLine>>(r.Lines), (r, line) => (Row: r, Line: line))
            .ToList();
        var own = lines.Where(l => l.Line.Resource is null).ToLookup(l => (l.Row.Id, l.Line.No));
        var changed = lines.Where(l => l.Line is { Resource: not null, Remove: false }).ToLookup(l => l.Line.Resource!);
        var approved = new Dictionary<ResourceId, ApprovedSize>();
        foreach (var server in servers)
        {
            var last = changed[server.Id.ToString()].Concat(own[(server.Request.Number, server.Line)].Take(1));
            var (row, line) = last.OrderBy(l => l.Row.Id).LastOrDefault();
            if (line?.Spec is { Vcpus: { } vcpus, MemoryGiB: { } memory })
            {
                approved[server.Id] = new ApprovedSize(new ServerSize(vcpus, memory), new RequestId(row.Id));
            }
        }

        return approved;
    }

    private static async Task<Page<Resource>> PageAsync(
        ITransaction transaction,
        string what,
        JudgedScope scope,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var dialect = transaction.Dialect();
        var where = new Where($"{what} and r.id > @After and {Serves("r")}")
            .And("r.pool = @Pool", scope.Pool)
            .And(dialect.IsAnyOf("r.region", "@Regions"), scope.Regions);
        var rows = await transaction.QueryAsync<ResourceRow>(
            $"select {ResourceRow.Columns} from resource r {where} order by id limit @Limit",
            new
            {
                scope.Day,
                At = At(scope.Day),
                Pool = scope.Pool?.Value,
                Regions = dialect.ListOf(scope.Regions ?? []),
                After = Paging.After(page, 0),
                Limit = page.Limit + 1,
            },
            cancellationToken
        );
        return Paging.Cut([.. rows.Select(r => r.ToResource())], page, r => r.Id.Number);
    }

    private static long At(DateOnly day) => China.StartOf(day).ToUnixTimeMilliseconds();

    private sealed class LinesRow
    {
        public long Id { get; init; }
        public string Type { get; init; } = "";
        public string Lines { get; init; } = "";
    }
}
