using System.Data.Common;
using CloudManager.Core.Billing;
using CloudManager.Core.Kernel;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Billing;

/// <summary>Writes closed bills into the books.</summary>
internal sealed class BillWriter : IBillWriter
{
    /// <summary>A million rows go through here, so one statement is prepared and its values are set row by row.</summary>
    public async Task AddUsageAsync(
        ITransaction transaction,
        Month month,
        IReadOnlyList<BilledUse> batch,
        CancellationToken cancellationToken
    )
    {
        if (batch.Count == 0)
        {
            return;
        }

        await using var command = UsageCommand((BooksTransaction)transaction);
        var values = command.Parameters;
        foreach (var (bill, firstNo, use) in batch)
        {
            values[0].Value = bill;
            values[1].Value = use.Resource.Number;
            values[2].Value = firstNo;
            values[3].Value = use.System;
            values[4].Value = UsageText.Write(use.Charges, month);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public async Task AddAdjustmentsAsync(
        ITransaction transaction,
        long bill,
        IReadOnlyList<BillLine> lines,
        CancellationToken cancellationToken
    )
    {
        foreach (var line in lines)
        {
            await transaction.ExecuteAsync(
                $"""
                insert into bill_adjustment ({AdjustmentRow.Columns})
                values (@Bill, @No, @Resource, @System, @Item, @Edition, @Contract, @Component, @Unit, @Quantity,
                    @UnitPrice, @FromDay, @UntilDay, @Days, @Divisor, @Fen, @StartedBy, @EndedBy, @Corrects, @Zh, @En)
                """,
                AdjustmentRow.Of(bill, line),
                cancellationToken
            );
        }
    }

    public Task AddBillAsync(ITransaction transaction, ClosedBill bill, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            """
            insert into bill (id, month, tenant, provider, region, closed_at, total_fen, line_count)
            values (@Number, @Month, @Tenant, @Provider, @Region, @ClosedAt, @TotalFen, @LineCount)
            """,
            new
            {
                bill.Number,
                Month = bill.Bill.Month.ToString(),
                bill.Bill.Tenant,
                bill.Bill.Provider,
                bill.Region,
                ClosedAt = bill.Bill.ClosedAt!.Value.ToUnixTimeMilliseconds(),
                TotalFen = Money.ToFen(bill.Bill.Total),
                bill.Bill.LineCount,
            },
            cancellationToken
        );

    public async Task AddRatesAsync(
        ITransaction transaction,
        Month month,
        IReadOnlyList<Rate> rates,
        CancellationToken cancellationToken
    )
    {
        foreach (var rate in rates)
        {
            await transaction.ExecuteAsync(
                """
                insert into bill_rate (month, number, item, edition, contract, component, unit, unit_price, divisor)
                values (@Month, @Number, @Item, @Edition, @Contract, @Component, @Unit, @UnitPrice, @Divisor)
                """,
                new
                {
                    Month = month.ToString(),
                    rate.Number,
                    rate.Item,
                    rate.Edition,
                    rate.Contract,
                    rate.Component,
                    rate.Unit,
                    rate.UnitPrice,
                    rate.Divisor,
                },
                cancellationToken
            );
        }
    }

    public async Task<bool> NoteBlockAsync(
        ITransaction transaction,
        Month month,
        string resources,
        CancellationToken cancellationToken
    ) =>
        await transaction.ExecuteAsync(
            "insert into bill_block (month, resources) values (@Month, @resources) on conflict do nothing",
            new { Month = month.ToString(), resources },
            cancellationToken
        ) > 0;

    private static DbCommand UsageCommand(BooksTransaction books)
    {
        var command = books.Connection.CreateCommand();
        command.Transaction = books.Transaction;
        command.CommandText = """
            insert into bill_usage (bill, resource, first_no, system, lines)
            values (@Bill, @Resource, @FirstNo, @System, @Lines)
            """;
        command.With("Bill", 0L).With("Resource", 0L).With("FirstNo", 0).With("System", "").With("Lines", "").Prepare();
        return command;
    }
}
