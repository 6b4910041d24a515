using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;
using CloudManager.Core.WorkOrders;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.WorkOrders;

/// <summary>Work orders, in the books.</summary>
internal sealed class WorkOrderStore : IWorkOrderStore
{
    private const string Columns = """
        id, kind, state, request, tenant, system, region, pool, provider, lines, issued_at, issued_by, ended_at,
        completed_lines, reason, evidence, statement, is_open
        """;

    public async Task<WorkOrder?> FindAsync(
        ITransaction transaction,
        WorkOrderId id,
        CancellationToken cancellationToken
    )
    {
        var row = await transaction.FirstOrDefaultAsync<Row>(
            $"select {Columns} from work_order where id = @Number",
            new { id.Number },
            cancellationToken
        );
        return row?.ToOrder();
    }

    public Task AddAsync(ITransaction transaction, WorkOrder order, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            $"""
            insert into work_order ({Columns})
            values (@Id, @Kind, @State, @Request, @Tenant, @System, @Region, @Pool, @Provider, @Lines, @IssuedAt,
                @IssuedBy, @EndedAt, @CompletedLines, @Reason, @Evidence, @Statement, @IsOpen)
            """,
            Row.Of(order),
            cancellationToken
        );

    public Task SaveAsync(ITransaction transaction, WorkOrder order, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            """
            update work_order set
                state = @State, ended_at = @EndedAt, completed_lines = @CompletedLines, reason = @Reason,
                evidence = @Evidence, statement = @Statement, is_open = @IsOpen
            where id = @Id
            """,
            Row.Of(order),
            cancellationToken
        );

    public async Task<IReadOnlyList<WorkOrder>> OfRequestAsync(
        ITransaction transaction,
        RequestId request,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<Row>(
            $"select {Columns} from work_order where request = @Number order by id",
            new { request.Number },
            cancellationToken
        );
        return [.. rows.Select(r => r.ToOrder())];
    }

    public async Task<Page<WorkOrder>> ListAsync(
        ITransaction transaction,
        WorkOrderFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var where = new Where("id < @After")
            .And("provider = @Provider", filter.Provider)
            .And("tenant = @Tenant", filter.Tenant)
            .And("region = @Region", filter.Region)
            .And("state = @State", filter.State)
            .And("request = @Request", filter.Request);
        var rows = await transaction.QueryAsync<Row>(
            $"select {Columns} from work_order {where} order by id desc limit @Limit",
            new
            {
                filter.Provider,
                filter.Tenant,
                filter.Region,
                State = filter.State?.ToString(),
                Request = filter.Request?.Number,
                After = Paging.After(page, long.MaxValue),
                Limit = page.Limit + 1,
            },
            cancellationToken
        );
        return Paging.Cut([.. rows.Select(r => r.ToOrder())], page, o => o.Id.Number);
    }

    private sealed class Row
    {
        public long Id { get; init; }
        public string Kind { get; init; } = "";
        public string State { get; init; } = "";
        public long Request { get; init; }
        public string Tenant { get; init; } = "";
        public string System { get; init; } = "";
        public string Region { get; init; } = "";
        public string Pool { get; init; } = "";
        public string Provider { get; init; } = "";
        public string Lines { get; init; } = "";
        public long IssuedAt { get; init; }
        public string IssuedBy { get; init; } = "";
        public long? EndedAt { get; init; }
        public string CompletedLines { get; init; } = "";
        public string? Reason { get; init; }
        public string? Evidence { get; init; }
        public string? Statement { get; init; }
        public bool IsOpen { get; init; }

        public static Row Of(WorkOrder order) =>
            new()
            {
                Id = order.Id.Number,
                Kind = order.Kind.ToString(),
                State = order.State.ToString(),
                Request = order.Request.Number,
                Tenant = order.Tenant,
                System = order.System,
                Region = order.Region,
                Pool = order.Pool.Value,
                Provider = order.Provider,
                Lines = Json.Write(order.Lines),
                IssuedAt = order.IssuedAt.ToUnixTimeMilliseconds(),
                IssuedBy = order.IssuedBy,
                EndedAt = order.EndedAt?.ToUnixTimeMilliseconds(),
                CompletedLines = Json.Write(order.CompletedLines),
                Reason = Json.WriteOrNull(order.Reason),
                Evidence = order.Evidence,
                Statement = order.Statement,
                IsOpen = order.IsOpen,
            };

        public WorkOrder ToOrder() =>
            new()
            {
                Id = new(Id),
                Kind = Enum.Parse<WorkOrderKind>(Kind),
                State = Enum.Parse<WorkOrderState>(State),
                Request = new(Request),
                Tenant = Tenant,
                System = System,
                Region = Region,
                Pool = new(Pool),
                Provider = Provider,
                Lines = Json.Read<List<RequestLine>>(Lines),
                IssuedAt = DateTimeOffset.FromUnixTimeMilliseconds(IssuedAt),
                IssuedBy = IssuedBy,
                EndedAt = EndedAt is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null,
                CompletedLines = Json.Read<List<int>>(CompletedLines),
                Reason = Reason is null ? null : Json.Read<Bilingual>(Reason),
                Evidence = Evidence,
                Statement = Statement,
                IsOpen = IsOpen,
            };
    }
}
