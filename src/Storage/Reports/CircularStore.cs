using CloudManager.Core.Kernel;
using CloudManager.Core.Reports.Circulars;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Reports;

/// <summary>Frozen circulars, in the books.</summary>
internal sealed class CircularStore : ICircularStore
{
    private const string Columns = "id, month, tenant, region, created_at, issued_at, issued_by, opinion";

    public async Task<Circular?> FindAsync(ITransaction transaction, string id, CancellationToken cancellationToken)
    {
        var row = await transaction.FirstOrDefaultAsync<Row>(
            $"select {Columns}, body from circular where id = @id",
            new { id },
            cancellationToken
        );
        return row is null ? null : new Circular { Head = row.ToHead(), Body = row.Body };
    }

    public async Task<Page<CircularHead>> ListAsync(
        ITransaction transaction,
        CircularFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var where = new Where(filter.OnlyIssued ? "id > @After and issued_at is not null" : "id > @After")
            .And("month = @Month", filter.Month)
            .And("tenant = @Tenant", filter.Tenant)
            .And("region = @Region", filter.Region);
        var rows = await transaction.QueryAsync<Row>(
            $"select {Columns} from circular {where} order by id limit @Limit",
            new
            {
                filter.Month,
                filter.Tenant,
                filter.Region,
                After = page.After ?? "",
                Limit = page.Limit + 1,
            },
            cancellationToken
        );
        return Paging.Cut([.. rows.Select(r => r.ToHead())], page, r => r.Id);
    }

    public Task AddAsync(ITransaction transaction, Circular circular, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            """
            insert into circular (id, month, tenant, region, created_at, body)
            values (@Id, @Month, @Tenant, @Region, @CreatedAt, @Body)
            """,
            new
            {
                circular.Head.Id,
                circular.Head.Month,
                circular.Head.Tenant,
                circular.Head.Region,
                CreatedAt = circular.Head.CreatedAt.ToUnixTimeMilliseconds(),
                circular.Body,
            },
            cancellationToken
        );

    public Task IssueAsync(ITransaction transaction, CircularHead head, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            """
            update circular set issued_at = @IssuedAt, issued_by = @IssuedBy, opinion = @Opinion
            where id = @Id and issued_at is null
            """,
            new
            {
                head.Id,
                IssuedAt = head.IssuedAt?.ToUnixTimeMilliseconds(),
                head.IssuedBy,
                head.Opinion,
            },
            cancellationToken
        );

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public string Month { get; init; } = "";
        public string Tenant { get; init; } = "";
        public string Region { get; init; } = "";
        public long CreatedAt { get; init; }
        public string Body { get; init; } = "";
        public long? IssuedAt { get; init; }
        public string? IssuedBy { get; init; }
        public string? Opinion { get; init; }

        public CircularHead ToHead() =>
            new()
            {
                Id = Id,
                Month = Month,
                Tenant = Tenant,
                Region = Region,
                CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
                IssuedAt = IssuedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
                IssuedBy = IssuedBy,
                Opinion = Opinion,
            };
    }
}
