using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Requests;

/// <summary>Requests, in the books.</summary>
internal sealed class RequestStore : IRequestStore, IOpenRequests
{
    private const string Columns = """
        id, type, state, tenant, region, system, reason, lines, order_standing, disputed, test_summary, completed_on,
        proposed_completion, concurred, whole_system, ended_on, created_at, version
        """;

    private static readonly string Holding = string.Join(", ", IOpenRequests.Holding.Select(s => $"'{s}'"));

    public async Task<ServiceRequest?> FindAsync(
        ITransaction transaction,
        RequestId id,
        CancellationToken cancellationToken
    )
    {
        var row = await transaction.FirstOrDefaultAsync<RequestRow>(
            $"select {Columns} from request where id = @Number",
            new { id.Number },
            cancellationToken
        );
        return row is null ? null : (await WholeAsync(transaction, [row], cancellationToken))[0];
    }

    public async Task AddAsync(ITransaction transaction, ServiceRequest request, CancellationToken cancellationToken)
    {
        await transaction.ExecuteAsync(
            $"""
            insert into request ({Columns})
            values (@Id, @Type, @State, @Tenant, @Region, @System, @Reason, @Lines, @OrderStanding, @Disputed,
                @TestSummary, @CompletedOn, @ProposedCompletion, @Concurred, @WholeSystem, @EndedOn, @CreatedAt, @Version)
            """,
            RequestRow.Of(request),
            cancellationToken
        );
        await SavePartsAsync(transaction, request, cancellationToken);
    }

    public async Task SaveAsync(ITransaction transaction, ServiceRequest request, CancellationToken cancellationToken)
    {
        await transaction.ExecuteAsync(
            """
            update request set
                state = @State, system = @System, reason = @Reason, lines = @Lines, order_standing = @OrderStanding,
                disputed = @Disputed, test_summary = @TestSummary, completed_on = @CompletedOn,
                proposed_completion = @ProposedCompletion, concurred = @Concurred, whole_system = @WholeSystem,
                ended_on = @EndedOn, version = @Version
            where id = @Id
            """,
            RequestRow.Of(request),
            cancellationToken
        );
        await SavePartsAsync(transaction, request, cancellationToken);
    }

    public async Task<Page<ServiceRequest>> ListAsync(
        ITransaction transaction,
        RequestFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var where = new Where("id < @After")
            .And("tenant = @Tenant", filter.Tenant)
            .And("region = @Region", filter.Region)
            .And("state = @State", filter.State)
            .And("type = @Type", filter.Type)
            .And("system = @System", filter.System);
        var rows = await transaction.QueryAsync<RequestRow>(
            $"select {Columns} from request {where} order by id desc limit @Limit",
            new
            {
                filter.Tenant,
                filter.Region,
                State = filter.State?.ToString(),
                Type = filter.Type?.ToString(),
                filter.System,
                After = Paging.After(page, long.MaxValue),
                Limit = page.Limit + 1,
            },
            cancellationToken
        );
        var cut = Paging.Cut(rows, page, r => r.Id);
        return new Page<ServiceRequest>(await WholeAsync(transaction, cut.Items, cancellationToken), cut.Next);
    }

    public async Task<IReadOnlyList<ServiceRequest>> DueAsync(
        ITransaction transaction,
        RequestState state,
        string step,
        DateTimeOffset before,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<RequestRow>(
            $"""
            select {Columns} from request
            where state = @State and id in (
                select request from request_deadline
                where step = @step and closed_at is null and due_at < @Before)
            order by id
            """,
            new
            {
                State = state.ToString(),
                step,
                Before = before.ToUnixTimeMilliseconds(),
            },
            cancellationToken
        );
        return await WholeAsync(transaction, rows, cancellationToken);
    }

    public async Task<IReadOnlyList<ServiceRequest>> OfSystemAsync(
        ITransaction transaction,
        string system,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<RequestRow>(
            $"""
            select {Columns} from request
            where system = @system and type in ('Change', 'Deregistration') and state in ({Holding})
            order by id
            """,
            new { system },
            cancellationToken
        );
        return await WholeAsync(transaction, rows, cancellationToken);
    }

    private static async Task<IReadOnlyList<ServiceRequest>> WholeAsync(
        ITransaction transaction,
        IReadOnlyList<RequestRow> rows,
        CancellationToken cancellationToken
    )
    {
        var dialect = transaction.Dialect();
        var ids = new { ids = dialect.ListOf(rows.Select(r => r.Id)) };
        var deadlines = await transaction.QueryAsync<DeadlineRow>(
            $"""
            select request, ordinal, step, started_at, due_at, closed_at from request_deadline
            where {dialect.IsAnyOf("request", "@ids")} order by request, ordinal
            """,
            ids,
            cancellationToken
        );
        var history = await transaction.QueryAsync<HistoryRow>(
            $"""
            select request, ordinal, at, account, organisation, action, opinion from request_history
            where {dialect.IsAnyOf("request", "@ids")} order by request, ordinal
            """,
            ids,
            cancellationToken
        );
        var deadlinesOf = deadlines.ToLookup(d => d.Request);
        var historyOf = history.ToLookup(h => h.Request);
        return [.. rows.Select(r => r.ToRequest(deadlinesOf[r.Id], historyOf[r.Id]))];
    }

    private static async Task SavePartsAsync(
        ITransaction transaction,
        ServiceRequest request,
        CancellationToken cancellationToken
    )
    {
        for (var i = 0; i < request.Deadlines.Count; i++)
        {
            await transaction.ExecuteAsync(
                """
                insert into request_deadline (request, ordinal, step, started_at, due_at, closed_at)
                values (@Request, @Ordinal, @Step, @StartedAt, @DueAt, @ClosedAt)
                on conflict (request, ordinal) do update set closed_at = excluded.closed_at
                """,
                DeadlineRow.Of(request.Id, i, request.Deadlines[i]),
                cancellationToken
            );
        }

        // A step adds one entry; what stands is never written again.
        var last = request.History.Count - 1;
        await transaction.ExecuteAsync(
            """
            insert into request_history (request, ordinal, at, account, organisation, action, opinion)
            values (@Request, @Ordinal, @At, @Account, @Organisation, @Action, @Opinion)
            """,
            HistoryRow.Of(request.Id, last, request.History[last]),
            cancellationToken
        );
    }
}
