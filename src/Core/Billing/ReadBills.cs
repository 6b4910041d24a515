using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Core.Billing;

/// <summary>Bills (账单, art. 40) of closed months from the books, and of open ones as they stand.</summary>
public sealed class ReadBills(IBillReader closed, OpenBills open, IOrganisationStore organisations) : IBills
{
    public async Task<Page<Bill>> ListAsync(
        ITransaction transaction,
        BillFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var old = await closed.ListAsync(transaction, filter, page, cancellationToken);
        if (old.Next is not null)
        {
            return old;
        }

        var bills = old.Items.ToList();
        var after = page.After is null ? null : BillPlace.Parse(page.After);
        foreach (var month in await open.MonthsAsync(transaction, cancellationToken))
        {
            if ((filter.Month is { } only && only != month) || (after is not null && month < after.Month))
            {
                continue;
            }

            await foreach (var bill in OfMonthAsync(transaction, (month, after), filter, cancellationToken))
            {
                if (bills.Count == page.Limit)
                {
                    return new Page<Bill>(bills, bills[^1].Id);
                }

                bills.Add(bill);
            }
        }

        return new Page<Bill>(bills, null);
    }

    public async Task<Page<BillLine>> LinesAsync(
        ITransaction transaction,
        Bill bill,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        if (bill.State == BillState.Closed)
        {
            return await closed.LinesAsync(transaction, bill, page, cancellationToken);
        }

        var lines = new LinePage(page);
        var from = LinePlace.Parse(page.After);
        await foreach (var (line, place) in open.LinesAsync(transaction, bill, from, cancellationToken))
        {
            if (!lines.Take(line, place))
            {
                break;
            }
        }

        return lines.ToPage();
    }

    private async IAsyncEnumerable<Bill> OfMonthAsync(
        ITransaction transaction,
        (Month Month, BillPlace? After) place,
        BillFilter filter,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var key in await open.KeysAsync(transaction, place.Month, cancellationToken))
        {
            var isPast = place.After is { } after && after.Month == place.Month && key <= after.Key;
            if (isPast || !await ShowsAsync(transaction, filter, key, cancellationToken))
            {
                continue;
            }

            var bill = await open.ComputeAsync(transaction, place.Month, key, cancellationToken);
            if (bill.LineCount > 0)
            {
                yield return bill;
            }
        }
    }

    private async Task<bool> ShowsAsync(
        ITransaction transaction,
        BillFilter filter,
        BillKey key,
        CancellationToken cancellationToken
    )
    {
        if ((filter.Tenant ?? key.Tenant) != key.Tenant || (filter.Provider ?? key.Provider) != key.Provider)
        {
            return false;
        }

        return filter.Region is null
            || (await organisations.FindAsync(transaction, key.Tenant, cancellationToken))?.Region == filter.Region;
    }
}

/// <summary>A bill's id in its parts; codes hold no point.</summary>
public sealed record BillPlace(Month Month, BillKey Key)
{
    /// <summary>Reads an id such as <c>2026-09.tenant-a.provider-a</c>; null for any other text.</summary>
    public static BillPlace? Parse(string id)
    {
        var parts = id.Split('.');
        return parts.Length == 3 && Month.TryParse(parts[0], out var month)
            ? new BillPlace(month, new BillKey(parts[1], parts[2]))
            : null;
    }
}
