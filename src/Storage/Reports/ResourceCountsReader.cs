using CloudManager.Core.Catalogue;
using CloudManager.Core.Kernel;
using CloudManager.Core.Reports;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Reports;

/// <summary>
/// Counts over resources by their days in service. Alike ones come as one row, so that a month is as many rows as there
/// are sizes, not resources.
/// </summary>
internal sealed class ResourceCountsReader : IResourceCounts
{
    public Task<IReadOnlyDictionary<string, long>> ServersAsync(
        ITransaction transaction,
        Month month,
        CancellationToken cancellationToken
    ) =>
        ByPoolAsync(
            transaction,
            """
            select pool, count(*) as count from resource
            where kind = 'Server' and service_start < @Until and (service_end is null or service_end >= @Until)
            group by pool order by pool
            """,
            new { Until = month.End },
            cancellationToken
        );

    public Task<IReadOnlyList<AlikeResources>> EnteredAsync(
        ITransaction transaction,
        Month month,
        CancellationToken cancellationToken
    ) =>
        AlikeAsync(
            transaction,
            """
            select r.pool, r.kind, r.spec, count(*) as count
            from resource r
            join (
                select request, min(at) as at from request_history where action = 'Confirm' group by request) c
                on c.request = r.request
            where r.service_start is not null and c.at >= @Begin and c.at < @End
            group by r.pool, r.kind, r.spec order by r.pool, r.kind, r.spec
            """,
            month,
            cancellationToken
        );

    public Task<IReadOnlyList<AlikeResources>> EndedAsync(
        ITransaction transaction,
        Month month,
        CancellationToken cancellationToken
    ) =>
        AlikeAsync(
            transaction,
            """
            select r.pool, r.kind, r.spec, count(*) as count from resource r
            where r.service_end is not null and exists (
                select 1 from service_interval i join request_history h on h.request = i.ended_by
                where i.tenant = r.tenant and i.provider = r.provider and i.resource = r.id and i.ended_on is not null
                    and h.action in ('Confirm', 'Withdraw') and h.at >= @Begin and h.at < @End)
            group by r.pool, r.kind, r.spec order by r.pool, r.kind, r.spec
            """,
            month,
            cancellationToken
        );

    public Task<IReadOnlyDictionary<string, long>> ChangedAsync(
        ITransaction transaction,
        Month month,
        CancellationToken cancellationToken
    )
    {
        var span = MonthSpan.Of(month);
        return ByPoolAsync(
            transaction,
            """
            select pool, count(*) as count from work_order
            where kind = 'Change' and state = 'Completed' and ended_at >= @From and ended_at < @Until
            group by pool order by pool
            """,
            new { From = span.From.ToUnixTimeMilliseconds(), Until = span.Until.ToUnixTimeMilliseconds() },
            cancellationToken
        );
    }

    private static async Task<IReadOnlyDictionary<string, long>> ByPoolAsync(
        ITransaction transaction,
        string sql,
        object values,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<PoolRow>(sql, values, cancellationToken);
        return rows.ToDictionary(r => r.Pool, r => r.Count);
    }

    private static async Task<IReadOnlyList<AlikeResources>> AlikeAsync(
        ITransaction transaction,
        string sql,
        Month month,
        CancellationToken cancellationToken
    )
    {
        var span = MonthSpan.Of(month);
        var days = new { Begin = span.From.ToUnixTimeMilliseconds(), End = span.Until.ToUnixTimeMilliseconds() };
        var rows = await transaction.QueryAsync<AlikeRow>(sql, days, cancellationToken);
        return [.. rows.Select(r => r.ToAlike())];
    }

    private sealed class PoolRow
    {
        public string Pool { get; init; } = "";
        public long Count { get; init; }
    }

    private sealed class AlikeRow
    {
        public string Pool { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Spec { get; init; } = "";
        public long Count { get; init; }

        public AlikeResources ToAlike() => new(Pool, Enum.Parse<ItemKind>(Kind), Json.Read<Spec>(Spec), Count);
    }
}
