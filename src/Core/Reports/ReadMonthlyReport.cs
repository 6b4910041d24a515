using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Provisioning;

namespace CloudManager.Core.Reports;

/// <summary>The parts of a monthly report, each by the class that reads it.</summary>
public sealed record MonthlyParts(MeasureMonth Measure, ReadCapacity Capacity, ReadNames Names, DescribePools Pools)
{
    public required RankUse Rank { get; init; }
    public required CountRequests Requests { get; init; }
    public required CountChanges Changes { get; init; }
    public required SumCosts Costs { get; init; }
}

/// <summary>
/// Reads everything a monthly report says: the measurements and the pools first, then all that stands in the books on
/// one snapshot of them.
/// </summary>
public sealed class ReadMonthlyReport(IBooks books, MonthlyParts parts, Installation installation)
{
    public async Task<MonthlyReport> ExecuteAsync(Month month, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var outside = new Outside(
            await parts.Measure.ExecuteAsync(month, cancellationToken),
            await parts.Capacity.ExecuteAsync(cancellationToken)
        );
        return await books.ReadAsync(
            (transaction, token) => ComposeAsync(transaction, (month, now), outside, token),
            cancellationToken
        );
    }

    private async Task<MonthlyReport> ComposeAsync(
        ITransaction transaction,
        (Month Month, DateTimeOffset Now) when,
        Outside outside,
        CancellationToken cancellationToken
    )
    {
        var month = when.Month;
        var names = await parts.Names.ExecuteAsync(transaction, cancellationToken);
        var measured = (outside.Use.Pools, outside.Capacity);
        var pools = await parts.Pools.ExecuteAsync(transaction, month, measured, names, cancellationToken);
        var ranking = await parts.Rank.ExecuteAsync(transaction, outside.Use, names, cancellationToken);
        var organisations = names.Organisations;
        return new MonthlyReport
        {
            Id = ReportHead.MonthlyId(month),
            Kind = ReportKind.Monthly,
            Period = month.ToString(),
            From = month.First,
            Until = month.End,
            CreatedAt = China.Local(when.Now),
            Province = names.Province?.Name ?? installation.Id,
            Installation = installation.Id,
            Pools = pools,
            Ranking = ranking,
            Requests = await parts.Requests.ExecuteAsync(transaction, month, organisations, cancellationToken),
            Changes = await parts.Changes.ExecuteAsync(transaction, month, cancellationToken),
            Cost = await parts.Costs.ExecuteAsync(transaction, month, organisations, cancellationToken),
            Notes = MonthNotes.Of(pools, ranking, outside.Capacity),
        };
    }

    private sealed record Outside(MonthUse Use, IReadOnlyDictionary<PoolId, CapacityAnswer> Capacity);
}
