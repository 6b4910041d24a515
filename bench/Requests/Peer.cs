using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CloudManager.Bench.Requests;

/// <summary>
/// The peer: a bare Kestrel endpoint that runs the statements of the product's GET and POST /requests on a copy of the
/// same books at the same durability (WAL, synchronous=FULL), and does nothing else: no rules, no checks, no access.
/// </summary>
internal static class Peer
{
    private static readonly SemaphoreSlim Turn = new(1, 1);

    public static Task RunAsync(string file, string url)
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/requests", () => ListAsync(file));
        app.MapPost("/requests", (JsonElement body) => CreateAsync(file, body));
        return app.RunAsync();
    }

    private static async Task<IResult> ListAsync(string file)
    {
        await using var connection = await OpenAsync(file);
        await connection.QueryFirstOrDefaultAsync(
            """
            select a.name, a.roles, o.code, o.name, o.kind, o.region from session s
            join account a on a.name = s.account left join organisation o on o.code = a.organisation
            left join region r on r.code = o.region limit 1
            """
        );
        await using var transaction = connection.BeginTransaction(deferred: true);
        var rows = await connection.QueryAsync<Row>(
            """
            select id, type, state, tenant, region, system, reason, lines, order_standing, disputed, test_summary,
                completed_on, proposed_completion, created_at, version
            from request where id < @After and tenant = @Tenant order by id desc limit 51
            """,
            new { After = long.MaxValue, Tenant = "tenant-a" },
            transaction
        );
        var requests = rows.AsList();
        var (deadlines, history) = await ReadPartsAsync(connection, transaction, requests.Select(r => r.Id));
        var deadlinesOf = deadlines.ToLookup(d => d.Request);
        var historyOf = history.ToLookup(h => h.Request);
        return Results.Ok(requests.Select(r => Answer.Of(r, deadlinesOf[r.Id], historyOf[r.Id])));
    }

    private static async Task<(IEnumerable<Deadline> Deadlines, IEnumerable<Step> History)> ReadPartsAsync(
        SqliteConnection connection,
        SqliteTransaction transaction,
        IEnumerable<long> requests
    )
    {
        var ids = new { ids = $"[{string.Join(',', requests)}]" };
        var deadlines = await connection.QueryAsync<Deadline>(
            """
            select request, ordinal, step, started_at, due_at, closed_at from request_deadline
            where request in (select value from json_each(@ids)) order by request, ordinal
            """,
            ids,
            transaction
        );
        var history = await connection.QueryAsync<Step>(
            """
            select request, ordinal, at, account, organisation, action, opinion from request_history
            where request in (select value from json_each(@ids)) order by request, ordinal
            """,
            ids,
            transaction
        );
        return (deadlines, history);
    }

    private static async Task<IResult> CreateAsync(string file, JsonElement body)
    {
        await Turn.WaitAsync();
        try
        {
            await using var connection = await OpenAsync(file);
            await connection.QueryFirstOrDefaultAsync("select account from session limit 1");
            await using var transaction = connection.BeginTransaction(deferred: false);
            await ReadTermsAsync(connection, transaction);
            var id = await connection.QueryFirstAsync<long>(
                """
                insert into counter (name, value) values ('req', 1)
                on conflict (name) do update set value = counter.value + 1 returning value
                """,
                null,
                transaction
            );
            await WriteAsync(connection, transaction, id, body.GetProperty("lines").GetRawText());
            await transaction.CommitAsync();
            return Results.Created($"/requests/{id}", new { id });
        }
        finally
        {
            Turn.Release();
        }
    }

    private static async Task ReadTermsAsync(SqliteConnection connection, SqliteTransaction transaction)
    {
        foreach (
            var sql in (string[])
                [
                    "select code from catalogue_edition order by effective_from desc limit 1",
                    "select body from catalogue_edition limit 1",
                    "select number, body from contract order by number",
                    "select pool, status from pool_status",
                    "select code, name, tenant, protection_level, hosting, plan from information_system limit 1",
                ]
        )
        {
            await connection.QueryAsync(sql, null, transaction);
        }
    }

    private static async Task WriteAsync(
        SqliteConnection connection,
        SqliteTransaction transaction,
        long id,
        string lines
    )
    {
        await connection.ExecuteAsync(
            """
            insert into request (id, type, state, tenant, region, system, reason, lines, order_standing, disputed,
                created_at, version)
            values (@id, 'Provision', 'Draft', 'tenant-a', '430000', 'system', 'bench', @lines, 'None', false, 1, 1)
            """,
            new { id, lines },
            transaction
        );
        await connection.ExecuteAsync(
            "insert into request_history (request, ordinal, at, account, action) values (@id, 0, 1, 'tenant-a', 'Create')",
            new { id },
            transaction
        );
        var head = await connection.QueryFirstAsync<long>("select sequence from audit_head", null, transaction);
        await connection.ExecuteAsync(
            """
            insert into audit_entry (sequence, at, action, subject_kind, subject_id, outcome, after_json, previous_hash, hash)
            values (@next, 1, 'request.create', 'request', '', 'done', @lines, @hash, @hash)
            """,
            new
            {
                next = head + 1,
                lines,
                hash = new string('0', 64),
            },
            transaction
        );
        await connection.ExecuteAsync("update audit_head set sequence = sequence + 1", null, transaction);
    }

    private static async Task<SqliteConnection> OpenAsync(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Foreign Keys=True;Default Timeout=30");
        await connection.OpenAsync();
        await connection.ExecuteAsync("pragma journal_mode = wal; pragma synchronous = full;");
        return connection;
    }
}
