using System.Data.Common;
using CloudManager.Core.Billing;
using CloudManager.Core.Kernel;
using CloudManager.Storage.Books;

namespace CloudManager.Storage.Billing;

/// <summary>Writes closed bills into the books.</summary>
internal sealed class BillWriter : IBillWriter
{
    /// <summary>Rows of a statement: few, as SQLite finds each parameter by going through all their names.</summary>
    private const int Together = 8;

    /// <summary>A million rows go through here, so one statement of several rows is prepared and run again and again.</summary>
    public async Task AddUsageAsync(
        ITransaction transaction,
        Month month,
        IReadOnlyList<BilledUse> batch,
        CancellationToken cancellationToken
    )
    {
        var whole = batch.Count - (batch.Count % Together);
        await AddUsageAsync(transaction, month, new Rows(batch, 0, whole, Together), cancellationToken);
        await AddUsageAsync(transaction, month, new Rows(batch, whole, batch.Count, 1), cancellationToken);
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

    private static async Task AddUsageAsync(
        ITransaction transaction,
        Month month,
        Rows rows,
        CancellationToken cancellationToken
    )
    {
        if (rows.From == rows.Until)
        {
            return;
        }

        await using var command = UsageCommand((BooksTransaction)transaction, rows.AtOnce);
        var values = command.Parameters;
        for (var i = rows.From; i < rows.Until; )
        {
            for (var at = 0; at < values.Count; i++)
            {
                var (bill, firstNo, use) = rows.Batch[i];
                values[at++].Value = bill;
                values[at++].Value = use.Resource.Number;
                values[at++].Value = firstNo;
                values[at++].Value = use.System;
                values[at++].Value = UsageText.Write(use.Charges, month);
            }

            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static DbCommand UsageCommand(BooksTransaction books, int rows)
    {
        var command = books.Connection.CreateCommand();
        command.Transaction = books.Transaction;
        var names = Enumerable.Range(0, rows).Select(n => $"(@B{n}, @R{n}, @N{n}, @S{n}, @L{n})");
#pragma warning disable CA2100 // Only the number of rows varies; values are parameters.
        command.CommandText =
            $"insert into bill_usage (bill, resource, first_no, system, lines) values {string.Join(", ", names)}";
#pragma warning restore CA2100
        for (var n = 0; n < rows; n++)
        {
            command.With($"B{n}", 0L).With($"R{n}", 0L).With($"N{n}", 0).With($"S{n}", "").With($"L{n}", "");
        }

        command.Prepare();
        return command;
    }

    /// <summary>Some of a batch, and how many of them a statement takes.</summary>
    private readonly record struct Rows(IReadOnlyList<BilledUse> Batch, int From, int Until, int AtOnce);
}
