using System.Runtime.CompilerServices;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Billing;

/// <summary>
/// Bills of the months that are not closed yet, computed on reading to the days that are over. The oldest of these months
/// also carries the corrections of closed ones, as its close will.
/// </summary>
public sealed class OpenBills(
    IServiceIntervalStore intervals,
    CorrectClosedMonths corrections,
    ReadTariffs tariffs,
    IJobPeriods periods,
    TimeProvider businessTime
)
{
    /// <summary>The months not closed yet, up to the current one; oldest first.</summary>
    public async Task<IReadOnlyList<Month>> MonthsAsync(ITransaction transaction, CancellationToken cancellationToken)
    {
        var done = await periods.DoneAsync(transaction, CloseMonth.Job, cancellationToken);
        var months = new List<Month>();
        var last = Month.Of(businessTime.Today());
        for (
            var month = await periods.FirstMonthAsync(transaction, cancellationToken);
            month <= last;
            month = month.Next
        )
        {
            if (!done.Contains(month.ToString()))
            {
                months.Add(month);
            }
        }

        return months;
    }

    /// <summary>Whose bills the month has, in order; a bill may turn out to have no line.</summary>
    public async Task<IReadOnlyList<BillKey>> KeysAsync(
        ITransaction transaction,
        Month month,
        CancellationToken cancellationToken
    )
    {
        var query = new IntervalQuery(month.First, UntilOf(month), null, null);
        var keys = new SortedSet<BillKey>(await intervals.KeysAsync(transaction, query, cancellationToken));
        if (await IsOldestAsync(transaction, month, cancellationToken))
        {
            keys.UnionWith(await corrections.KeysAsync(transaction, cancellationToken));
        }

        return [.. keys];
    }

    /// <summary>The bill to the days that are over.</summary>
    public async Task<Bill> ComputeAsync(
        ITransaction transaction,
        Month month,
        BillKey key,
        CancellationToken cancellationToken
    )
    {
        var bill = new Bill
        {
            Month = month,
            Tenant = key.Tenant,
            Provider = key.Provider,
            State = BillState.Open,
            Total = 0,
            LineCount = 0,
        };
        var (total, count) = (0m, 0);
        await foreach (var (line, _) in LinesAsync(transaction, bill, LinePlace.Beginning, cancellationToken))
        {
            total += line.Amount;
            count++;
        }

        return bill with
        {
            Total = total,
            LineCount = count,
        };
    }

    /// <summary>Its lines from the resource of the place on, in order of number, each with its place.</summary>
    public async IAsyncEnumerable<(BillLine Line, LinePlace Place)> LinesAsync(
        ITransaction transaction,
        Bill bill,
        LinePlace from,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var prices = await tariffs.ExecuteAsync(transaction, cancellationToken);
        var no = from.FirstNo;
        await foreach (var use in UseAsync(transaction, bill, (prices, from), cancellationToken))
        {
            var first = no;
            foreach (var line in BillLines.Of(bill.Id, first, use))
            {
                yield return (line, new LinePlace(use.Resource.Number, first, no++));
            }
        }

        if (!await IsOldestAsync(transaction, bill.Month, cancellationToken))
        {
            yield break;
        }

        using var unpriced = new Unpriced();
        var key = new BillKey(bill.Tenant, bill.Provider);
        var firstCorrection = no;
        var lines = corrections.OfAsync(transaction, key, bill.Month, (prices, unpriced), cancellationToken);
        await foreach (var line in lines)
        {
            var place = new LinePlace(LinePlace.Corrections, firstCorrection, no);
            yield return (line with { Id = BillLines.IdOf(bill.Id, no++) }, place);
        }
    }

    private async IAsyncEnumerable<ResourceCharges> UseAsync(
        ITransaction transaction,
        Bill bill,
        (Tariffs Prices, LinePlace From) terms,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var until = UntilOf(bill.Month);
        var tariff = terms.Prices.Of(bill.Month);
        var key = new BillKey(bill.Tenant, bill.Provider);
        var query = new IntervalQuery(bill.Month.First, until, key, new(terms.From.Resource));
        await foreach (var batch in intervals.StreamAsync(transaction, query, cancellationToken))
        {
            foreach (var use in Charging.OfAll(batch, tariff, until))
            {
                yield return use;
            }
        }
    }

    /// <summary>The days that are over: to the end of the month at most.</summary>
    private DateOnly UntilOf(Month month)
    {
        var today = businessTime.Today();
        return today < month.End ? today : month.End;
    }

    private async Task<bool> IsOldestAsync(
        ITransaction transaction,
        Month month,
        CancellationToken cancellationToken
    ) => (await MonthsAsync(transaction, cancellationToken)) is [var oldest, ..] && oldest == month;
}
