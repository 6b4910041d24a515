using CloudManager.Core.Findings;
using CloudManager.Core.Findings.Judging;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Findings;

/// <summary>How far judging has come, in the books.</summary>
internal sealed class JudgingProgressStore : IJudgingProgress
{
    public async Task<IReadOnlyList<JudgingProgress>> SinceAsync(
        ITransaction transaction,
        DateOnly week,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<Row>(
            """
            select judged_on, pool, phase, after, opened, closed from judging where judged_on >= @week
            order by judged_on, pool
            """,
            new { week },
            cancellationToken
        );
        return [.. rows.Select(r => r.ToProgress())];
    }

    public Task SaveAsync(ITransaction transaction, JudgingProgress progress, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            """
            insert into judging (judged_on, pool, phase, after, opened, closed)
            values (@Week, @Pool, @Phase, @After, @Opened, @Closed)
            on conflict (judged_on, pool) do update set
                phase = excluded.phase, after = excluded.after, opened = excluded.opened, closed = excluded.closed
            """,
            new
            {
                progress.Week,
                Pool = progress.Pool.Value,
                Phase = progress.Phase.ToString(),
                progress.After,
                progress.Changes.Opened,
                progress.Changes.Closed,
            },
            cancellationToken
        );

    public Task KeepAsync(
        ITransaction transaction,
        DateOnly week,
        IReadOnlyList<ServerShare> servers,
        CancellationToken cancellationToken
    ) =>
        servers.Count == 0
            ? Task.CompletedTask
            : transaction.ExecuteAsync(
                $"""
                insert into judged_server (judged_on, resource, pool, system, body)
                select @week, resource, pool, system, body
                from {transaction.Dialect().RowsOf(
                    "@Servers",
                    [("resource", "bigint"), ("pool", "text"), ("system", "text"), ("body", "text")]
                )} where true
                on conflict (judged_on, resource) do update set body = excluded.body
                """,
                new
                {
                    week,
                    Servers = Json.Write(
                        servers.Select(s => new
                        {
                            resource = s.Server,
                            pool = s.Pool.Value,
                            system = s.System,
                            body = Json.Write(s),
                        })
                    ),
                },
                cancellationToken
            );

    public async Task<Page<SystemShares>> SystemsAsync(
        ITransaction transaction,
        (DateOnly Week, PoolId Pool) of,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var systems = await transaction.QueryAsync<string>(
            """
            select distinct system from judged_server
            where judged_on = @Week and pool = @Pool and system > @After order by system limit @Limit
            """,
            new
            {
                of.Week,
                Pool = of.Pool.Value,
                After = page.After ?? "",
                Limit = page.Limit + 1,
            },
            cancellationToken
        );
        var cut = Paging.Cut(systems, page, s => s);
        return new(await FillAsync(transaction, of.Week, cut.Items, cancellationToken), cut.Next);
    }

    public Task ForgetAsync(
        ITransaction transaction,
        DateOnly week,
        IReadOnlyCollection<string> systems,
        CancellationToken cancellationToken
    ) =>
        transaction.ExecuteAsync(
            $"delete from judged_server where judged_on = @week and {transaction.Dialect().IsAnyOf("system", "@Systems")}",
            new { week, Systems = transaction.Dialect().ListOf(systems) },
            cancellationToken
        );

    private static async Task<IReadOnlyList<SystemShares>> FillAsync(
        ITransaction transaction,
        DateOnly week,
        IReadOnlyList<string> systems,
        CancellationToken cancellationToken
    )
    {
        var dialect = transaction.Dialect();
        var values = new { Day = week, Systems = dialect.ListOf(systems) };
        var servers = await transaction.QueryAsync<ServerRow>(
            $"""
            select system, body from judged_server
            where judged_on = @Day and {dialect.IsAnyOf("system", "@Systems")} order by resource
            """,
            values,
            cancellationToken
        );
        var pools = await transaction.QueryAsync<PoolRow>(
            $"""
            select distinct r.system, r.pool from resource r
            where r.kind = 'Server' and {JudgedResources.Serves("r")} and {dialect.IsAnyOf("r.system", "@Systems")}
            """,
            values,
            cancellationToken
        );
        var names = await transaction.QueryAsync<NameRow>(
            $"select code, name from information_system where {dialect.IsAnyOf("code", "@Systems")}",
            values,
            cancellationToken
        );
        var (own, where) = (servers.ToLookup(s => s.System), pools.ToLookup(p => p.System));
        var named = names.ToDictionary(n => n.Code, n => n.Name);
        return
        [
            .. systems.Select(code => new SystemShares(
                code,
                named.GetValueOrDefault(code, code),
                [.. own[code].Select(s => Json.Read<ServerShare>(s.Body))],
                [.. where[code].Select(p => new PoolId(p.Pool))]
            )),
        ];
    }

    private sealed class Row
    {
        public DateOnly JudgedOn { get; init; }
        public string Pool { get; init; } = "";
        public string Phase { get; init; } = "";
        public string After { get; init; } = "";
        public int Opened { get; init; }
        public int Closed { get; init; }

        public JudgingProgress ToProgress() =>
            new(JudgedOn, new(Pool), Enum.Parse<JudgingPhase>(Phase), After, new FindingChanges(Opened, Closed));
    }

    private sealed class ServerRow
    {
        public string System { get; init; } = "";
        public string Body { get; init; } = "";
    }

    private sealed class PoolRow
    {
        public string System { get; init; } = "";
        public string Pool { get; init; } = "";
    }

    private sealed class NameRow
    {
        public string Code { get; init; } = "";
        public string Name { get; init; } = "";
    }
}
