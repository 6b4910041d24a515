using CloudManager.Core.Billing;
using CloudManager.Core.Kernel;
using CloudManager.Core.Resources;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Billing;

/// <summary>Reads closed bills from the books.</summary>
internal sealed class BillReader : IBillReader
{
    public async Task<Page<Bill>> ListAsync(
        ITransaction transaction,
        BillFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var after = page.After is null ? null : BillPlace.Parse(page.After);
        var where = new Where("1 = 1")
            .And("month = @Month", filter.Month)
            .And("tenant = @Tenant", filter.Tenant)
            .And("provider = @Provider", filter.Provider)
            .And("region = @Region", filter.Region)
            .And("(month, tenant, provider) > (@AfterMonth, @AfterTenant, @AfterProvider)", after);
        var rows = await transaction.QueryAsync<BillRow>(
            $"""
            select month, tenant, provider, closed_at, total_fen, line_count from bill {where}
            order by month, tenant, provider limit @Limit
            """,
            new
            {
                Month = filter.Month?.ToString(),
                filter.Tenant,
                filter.Provider,
                filter.Region,
                AfterMonth = after?.Month.ToString(),
                AfterTenant = after?.Key.Tenant,
                AfterProvider = after?.Key.Provider,
                Limit = page.Limit + 1,
            },
            cancellationToken
        );
        return Paging.Cut([.. rows.Select(r => r.ToBill())], page, b => b.Id);
    }

    public async Task<Page<BillLine>> LinesAsync(
        ITransaction transaction,
        Bill bill,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var lines = new LinePage(page);
        var from = LinePlace.Parse(page.After);
        var number = await NumberAsync(
            transaction,
            bill.Month,
            new BillKey(bill.Tenant, bill.Provider),
            cancellationToken
        );
        var usage = await transaction.QueryAsync<UsageRow>(
            """
            select resource, first_no, system, lines as text from bill_usage
            where bill = @number and resource >= @Resource order by resource limit @Limit
            """,
            new
            {
                number,
                from.Resource,
                Limit = page.Limit + 2,
            },
            cancellationToken
        );
        var rates = await RatesAsync(transaction, bill.Month, cancellationToken);
        var isOpen = usage.All(row => row.Lines((bill.Month, bill.Id), rates).All(l => lines.Take(l.Line, l.Place)));
        if (isOpen && usage.Count < page.Limit + 2)
        {
            var corrections = await AdjustmentsAsync(transaction, (number, from.No), page.Limit + 1, cancellationToken);
            _ = corrections.All(row =>
                lines.Take(row.ToLine(bill.Id), new LinePlace(LinePlace.Corrections, row.No, row.No))
            );
        }

        return lines.ToPage();
    }

    public async Task<IReadOnlyList<BillLine>> OfResourceAsync(
        ITransaction transaction,
        Month month,
        BillKey key,
        ResourceId resource,
        CancellationToken cancellationToken
    )
    {
        var number = await NumberAsync(transaction, month, key, cancellationToken);
        var usage = await transaction.QueryAsync<UsageRow>(
            """
            select resource, first_no, system, lines as text from bill_usage where bill = @number and resource = @Resource
            """,
            new { number, Resource = resource.Number },
            cancellationToken
        );
        var rates = await RatesAsync(transaction, month, cancellationToken);
        var corrections = await transaction.QueryAsync<AdjustmentRow>(
            $"""
            select {AdjustmentRow.Columns}, month, tenant, provider from bill_adjustment a join bill b on b.id = a.bill
            where resource = @Resource and from_day >= @First and from_day < @End order by bill, no
            """,
            new
            {
                Resource = resource.Number,
                month.First,
                month.End,
            },
            cancellationToken
        );
        return
        [
            .. usage
                .SelectMany(row => row.Lines((month, $"{month}.{key.Tenant}.{key.Provider}"), rates))
                .Select(l => l.Line),
            .. corrections.Select(row => row.ToLine($"{row.Month}.{row.Tenant}.{row.Provider}")),
        ];
    }

    private static Task<long> NumberAsync(
        ITransaction transaction,
        Month month,
        BillKey key,
        CancellationToken cancellationToken
    ) =>
        transaction.FirstOrDefaultAsync<long>(
            "select id from bill where month = @Month and tenant = @Tenant and provider = @Provider",
            new
            {
                Month = month.ToString(),
                key.Tenant,
                key.Provider,
            },
            cancellationToken
        );

    private static async Task<IReadOnlyDictionary<int, Rate>> RatesAsync(
        ITransaction transaction,
        Month month,
        CancellationToken cancellationToken
    )
    {
        var rows = await transaction.QueryAsync<RateRow>(
            """
            select number, item, edition, contract, component, unit, unit_price, divisor from bill_rate
            where month = @Month
            """,
            new { Month = month.ToString() },
            cancellationToken
        );
        return rows.ToDictionary(r => r.Number, r => r.ToRate());
    }

    private static Task<IReadOnlyList<AdjustmentRow>> AdjustmentsAsync(
        ITransaction transaction,
        (long Bill, int No) after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        transaction.QueryAsync<AdjustmentRow>(
            $"""
            select {AdjustmentRow.Columns} from bill_adjustment where bill = @Bill and no > @No order by no limit @limit
            """,
            new
            {
                after.Bill,
                after.No,
                limit,
            },
            cancellationToken
        );
}

/// <summary>One row of the table bill.</summary>
internal sealed class BillRow
{
    public string Month { get; init; } = "";
    public string Tenant { get; init; } = "";
    public string Provider { get; init; } = "";
    public long ClosedAt { get; init; }
    public long TotalFen { get; init; }
    public int LineCount { get; init; }

    public Bill ToBill() =>
        new()
        {
            Month = Core.Kernel.Month.TryParse(Month, out var month)
                ? month
                : throw new InvalidDataException($"the books hold the month {Month}"),
            Tenant = Tenant,
            Provider = Provider,
            State = BillState.Closed,
            ClosedAt = DateTimeOffset.FromUnixTimeMilliseconds(ClosedAt),
            Total = Money.Yuan(TotalFen),
            LineCount = LineCount,
        };
}

/// <summary>One row of the table bill_usage.</summary>
internal sealed class UsageRow
{
    public long Resource { get; init; }
    public int FirstNo { get; init; }
    public string System { get; init; } = "";

    /// <summary>The column lines.</summary>
    public string Text { get; init; } = "";

    public IEnumerable<(BillLine Line, LinePlace Place)> Lines(
        (Month Month, string Id) bill,
        IReadOnlyDictionary<int, Rate> rates
    )
    {
        var no = FirstNo;
        foreach (var (charge, fen) in UsageText.Read(Text, bill.Month, rates))
        {
            var id = BillLines.IdOf(bill.Id, no);
            yield return (
                BillLines.Usage(id, (new ResourceId(Resource), System), charge, fen),
                new LinePlace(Resource, FirstNo, no++)
            );
        }
    }
}

/// <summary>One row of the table bill_rate.</summary>
internal sealed class RateRow
{
    public int Number { get; init; }
    public string Item { get; init; } = "";
    public string Edition { get; init; } = "";
    public string Contract { get; init; } = "";
    public string Component { get; init; } = "";
    public string Unit { get; init; } = "";
    public long UnitPrice { get; init; }
    public int Divisor { get; init; }

    public Rate ToRate() =>
        new()
        {
            Number = Number,
            Item = Item,
            Edition = Edition,
            Contract = Contract,
            Component = Component,
            Unit = Unit,
            UnitPrice = UnitPrice,
            Divisor = Divisor,
        };
}
