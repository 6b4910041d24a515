using System.Runtime.CompilerServices;
using CloudManager.Core.Kernel;
using CloudManager.Core.Reports;
using CloudManager.Core.Requests;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Reports;

/// <summary>Counts over the history and deadlines of requests; the database adds up, nothing is read row by row.</summary>
internal sealed class RequestCountsReader : IRequestCounts
{
    public async Task<IReadOnlyList<RequestCounts>> ByTypeAsync(
        ITransaction transaction,
        MonthSpan span,
        CancellationToken cancellationToken
    )
    {
        var steps = await transaction.QueryAsync<ActionRow>(
            """
            select r.type as type, h.action as action, count(*) as count
            from request_history h join request r on r.id = h.request
            where h.at >= @From and h.at < @Until
            group by r.type, h.action
            """,
            Range(span),
            cancellationToken
        );
        // A delivery is complete when its confirmation begins to run, whether by the last order or by a decision.
        var delivered = await transaction.QueryAsync<ActionRow>(
            """
            select r.type as type, 'Delivered' as action, count(*) as count
            from request_deadline d join request r on r.id = d.request
            where d.step = 'confirm' and d.started_at >= @From and d.started_at < @Until
            group by r.type
            """,
            Range(span),
            cancellationToken
        );
        return
        [
            .. steps
                .Concat(delivered)
                .GroupBy(row => Enum.Parse<RequestType>(row.Type))
                .OrderBy(type => type.Key)
                .Select(type => Counts(type.Key, type.ToDictionary(row => row.Action, row => row.Count)))
                .Where(IsAny),
        ];
    }

    public async Task<IReadOnlyList<StepTally>> DeadlinesAsync(
        ITransaction transaction,
        MonthSpan span,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<TallyRow>(
            """
            with seen as (
                select d.step, d.due_at, w.at as withdrawn_at,
                    case when d.closed_at < @Until then d.closed_at end as closed_at
                from request_deadline d
                left join request_history w
                    on w.request = d.request and w.action = 'Withdraw' and w.at = d.closed_at
                where d.started_at < @Until
                    and (d.closed_at is null or d.closed_at >= @From or d.due_at >= @From))
            select step,
                sum(case when closed_at >= @From and closed_at < due_at + 1000 and withdrawn_at is null
                    then 1 else 0 end) as kept,
                sum(case when due_at >= @From and due_at < @Until and (closed_at is null or closed_at >= due_at + 1000)
                    then 1 else 0 end) as missed,
                sum(case when closed_at >= @From and due_at < @From then 1 else 0 end) as taken_late,
                sum(case when closed_at >= @From and closed_at < due_at + 1000 and withdrawn_at is not null
                    then 1 else 0 end) as fell_away,
                sum(case when closed_at is null and due_at >= @Until then 1 else 0 end) as running,
                sum(case when closed_at is null and due_at < @Until then 1 else 0 end) as overdue
            from seen group by step order by step
            """,
            Range(span),
            cancellationToken
        );
        return [.. rows.Select(r => r.ToTally())];
    }

    public async IAsyncEnumerable<Miss> MissedAsync(
        ITransaction transaction,
        MonthSpan span,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        const string sql = """
            select d.request, d.step, r.tenant, d.due_at, d.closed_at
            from request_deadline d join request r on r.id = d.request
            where d.due_at >= @From and d.due_at < @Until and (d.closed_at is null or d.closed_at >= d.due_at + 1000)
            order by d.due_at, d.request, d.ordinal
            """;
        await foreach (
            var row in transaction.StreamAsync<MissRow>(sql, Range(span)).WithCancellation(cancellationToken)
        )
        {
            yield return row.ToMiss();
        }
    }

    private static object Range(MonthSpan span) =>
        new { From = span.From.ToUnixTimeMilliseconds(), Until = span.Until.ToUnixTimeMilliseconds() };

    private static RequestCounts Counts(RequestType type, Dictionary<string, long> count)
    {
        long Of(RequestAction action) => count.GetValueOrDefault(action.ToString());
        return new RequestCounts
        {
            Type = type,
            Submitted = Of(RequestAction.Submit) + Of(RequestAction.Resubmit),
            Accepted = Of(RequestAction.Accept),
            NotAccepted = Of(RequestAction.NotAccept),
            Approved = Of(RequestAction.Approve),
            Rejected = Of(RequestAction.Reject),
            Delivered = count.GetValueOrDefault("Delivered"),
            Confirmed = Of(RequestAction.Confirm),
            Withdrawn = Of(RequestAction.Withdraw),
            Expired = Of(RequestAction.Expire),
        };
    }

    private static bool IsAny(RequestCounts row) => row != Counts(row.Type, []);

    private sealed class ActionRow
    {
        public string Type { get; init; } = "";
        public string Action { get; init; } = "";
        public long Count { get; init; }
    }

    private sealed class TallyRow
    {
        public string Step { get; init; } = "";
        public long Kept { get; init; }
        public long Missed { get; init; }
        public long TakenLate { get; init; }
        public long FellAway { get; init; }
        public long Running { get; init; }
        public long Overdue { get; init; }

        public StepTally ToTally() =>
            new(Step, Kept, Missed, TakenLate)
            {
                FellAway = FellAway,
                Running = Running,
                Overdue = Overdue,
            };
    }

    private sealed class MissRow
    {
        public long Request { get; init; }
        public string Step { get; init; } = "";
        public string Tenant { get; init; } = "";
        public long DueAt { get; init; }
        public long? ClosedAt { get; init; }

        public Miss ToMiss() =>
            new(
                new(Request),
                Step,
                Tenant,
                DateTimeOffset.FromUnixTimeMilliseconds(DueAt),
                ClosedAt is { } closed ? DateTimeOffset.FromUnixTimeMilliseconds(closed) : null
            );
    }
}
