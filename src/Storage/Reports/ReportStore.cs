using CloudManager.Core.Kernel;
using CloudManager.Core.Reports;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Reports;

/// <summary>Frozen reports, in the books.</summary>
internal sealed class ReportStore : IReportStore
{
    public async Task<FrozenReport?> FindAsync(ITransaction transaction, string id, CancellationToken cancellationToken)
    {
        var row = await transaction.FirstOrDefaultAsync<Row>(
            "select id, kind, period, created_at, body from report where id = @id",
            new { id },
            cancellationToken
        );
        return row is null ? null : new FrozenReport(row.ToHead(), row.Body);
    }

    public async Task<Page<ReportHead>> ListAsync(
        ITransaction transaction,
        ReportFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var where = new Where("id > @After").And("kind = @Kind", filter.Kind).And("period = @Period", filter.Period);
        var rows = await transaction.QueryAsync<Row>(
            $"select id, kind, period, created_at from report {where} order by id limit @Limit",
            new
            {
                Kind = filter.Kind?.ToString(),
                filter.Period,
                After = page.After ?? "",
                Limit = page.Limit + 1,
            },
            cancellationToken
        );
        return Paging.Cut([.. rows.Select(r => r.ToHead())], page, r => r.Id);
    }

    public Task AddAsync(ITransaction transaction, FrozenReport report, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            "insert into report (id, kind, period, created_at, body) values (@Id, @Kind, @Period, @CreatedAt, @Body)",
            new
            {
                report.Head.Id,
                Kind = report.Head.Kind.ToString(),
                report.Head.Period,
                CreatedAt = report.Head.CreatedAt.ToUnixTimeMilliseconds(),
                report.Body,
            },
            cancellationToken
        );

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Period { get; init; } = "";
        public long CreatedAt { get; init; }
        public string Body { get; init; } = "";

        public ReportHead ToHead() =>
            new(Id, Enum.Parse<ReportKind>(Kind), Period, DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt));
    }
}
