using CloudManager.Core.Billing;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Reports;

/// <summary>Sums the month's bills by tenant and provider, reading them page by page.</summary>
public sealed class SumCosts(IBills bills)
{
    private const int PageSize = 500;

    public async Task<CostFigures> ExecuteAsync(
        ITransaction transaction,
        Month month,
        IReadOnlyDictionary<string, string> names,
        CancellationToken cancellationToken
    )
    {
        var count = 0;
        var total = CostSum.None;
        var tenants = new SortedDictionary<string, CostSum>(StringComparer.Ordinal);
        var providers = new SortedDictionary<string, CostSum>(StringComparer.Ordinal);
        await foreach (var bill in BillsAsync(transaction, month, cancellationToken))
        {
            var sum = await SumAsync(transaction, bill, cancellationToken);
            count++;
            total = total.Plus(sum);
            Add(tenants, bill.Tenant, sum);
            Add(providers, bill.Provider, sum);
        }

        return new CostFigures(count, total, Named(tenants, names), Named(providers, names));
    }

    private async Task<CostSum> SumAsync(ITransaction transaction, Bill bill, CancellationToken cancellationToken)
    {
        var sum = CostSum.None;
        string? after = null;
        do
        {
            var page = await bills.LinesAsync(transaction, bill, new(after, PageSize), cancellationToken);
            sum = page.Items.Aggregate(sum, (all, line) => all.Plus(Of(line)));
            after = page.Next;
        } while (after is not null);

        return sum.Total == bill.Total
            ? sum
            : throw new InvalidDataException($"the lines of {bill.Id} make {sum.Total}, its total is {bill.Total}");
    }

    private async IAsyncEnumerable<Bill> BillsAsync(
        ITransaction transaction,
        Month month,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string? after = null;
        do
        {
            var page = await bills.ListAsync(
                transaction,
                new BillFilter { Month = month },
                new(after, PageSize),
                cancellationToken
            );
            foreach (var bill in page.Items)
            {
                yield return bill;
            }

            after = page.Next;
        } while (after is not null);
    }

    private static CostSum Of(BillLine line) =>
        line.Kind switch
        {
            BillLineKind.Usage => new(line.Amount, 0, 0),
            BillLineKind.Adjustment => new(0, line.Amount, 0),
            BillLineKind.Deduction => new(0, 0, line.Amount),
            _ => throw new InvalidDataException($"line {line.Id} is of no known kind"),
        };

    private static void Add(SortedDictionary<string, CostSum> sums, string code, CostSum sum) =>
        sums[code] = sums.GetValueOrDefault(code, CostSum.None).Plus(sum);

    private static List<CostOf> Named(
        SortedDictionary<string, CostSum> sums,
        IReadOnlyDictionary<string, string> names
    ) => [.. sums.Select(s => new CostOf(s.Key, names.GetValueOrDefault(s.Key, s.Key), s.Value))];
}
