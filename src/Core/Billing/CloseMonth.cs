using System.Threading.Channels;
using CloudManager.Core.Kernel;
using CloudManager.Core.Organisations;

namespace CloudManager.Core.Billing;

/// <summary>
/// Closes the months that are over (art. 40), oldest first, each in one transaction and once. A resource in service with
/// no price and not in transition stops the close and all later ones, and is named.
/// </summary>
public sealed class CloseMonth(
    IBooks books,
    IJobPeriods periods,
    WriteBills write,
    TellUnpriced tell,
    TimeProvider clock
) : IJobWork
{
    /// <summary>The job's name, which the months it has closed are noted under.</summary>
    public const string Job = "close-month";

    /// <summary>Confirmations of the last evening still count for the month.</summary>
    private static readonly TimeSpan After = TimeSpan.FromHours(2);

    public async Task<Look> LookAsync(CancellationToken cancellationToken)
    {
        var closed = new List<string>();
        foreach (var month in await books.ReadAsync(DueAsync, cancellationToken))
        {
            var result = await books.ChangeAsync(
                new Intent(Origin.Platform, "bill.closeMonth", new Subject("month", month.ToString())),
                (transaction, token) => CloseAsync(transaction, month, token),
                cancellationToken
            );
            if (result.Refusal is UnpricedMonth unpriced)
            {
                await tell.ExecuteAsync(month, unpriced, cancellationToken);
                return new Look(LookOutcome.Blocked, closed, unpriced.Detail);
            }

            if (result.IsDone)
            {
                closed.Add(month.ToString());
            }
        }

        return closed.Count == 0 ? Look.Nothing : new Look(LookOutcome.Done, closed, null);
    }

    private async Task<IReadOnlyList<Month>> DueAsync(ITransaction transaction, CancellationToken cancellationToken)
    {
        var first = await periods.FirstMonthAsync(transaction, cancellationToken);
        var done = await periods.DoneAsync(transaction, Job, cancellationToken);
        return [.. Month.Over(first, clock.GetUtcNow(), After).Where(m => !done.Contains(m.ToString()))];
    }

    private async Task<Result<ClosedMonth>> CloseAsync(
        ITransaction transaction,
        Month month,
        CancellationToken cancellationToken
    )
    {
        var done = await periods.DoneAsync(transaction, Job, cancellationToken);
        if (done.Contains(month.ToString()))
        {
            return new Conflict("bill.monthClosed", ($"{month} 已结账", $"{month} is closed already"));
        }

        var at = clock.GetUtcNow();
        var written = await write.ExecuteAsync(transaction, (month, at), cancellationToken);
        if (written.IsDone)
        {
            await periods.AddAsync(transaction, (Job, month.ToString()), at, cancellationToken);
            transaction.Record(new("bill.closeMonth", new("month", month.ToString()), null, written.Value));
        }

        return written;
    }
}

/// <summary>
/// Writes a month's bills. What was in service is read and charged on one thread, from the books as they stood when the
/// month's transaction began, while another writes the lines.
/// </summary>
public sealed class WriteBills(IBooks books, IServiceIntervalStore intervals, ReadTariffs tariffs, BillDesk desk)
{
    private const int BatchesAhead = 4;

    public async Task<Result<ClosedMonth>> ExecuteAsync(
        ITransaction transaction,
        (Month Month, DateTimeOffset At) closing,
        CancellationToken cancellationToken
    )
    {
        using var unpriced = new Unpriced();
        var prices = await tariffs.ExecuteAsync(transaction, cancellationToken);
        var assembly = new BillAssembly(transaction, desk, closing, (prices, unpriced));
        await assembly.BeginAsync(cancellationToken);
        await PipeAsync(prices.Of(closing.Month), assembly, cancellationToken);
        var closed = await assembly.EndAsync(cancellationToken);
        return unpriced.Count > 0 ? unpriced.Refuse(closing.Month) : closed;
    }

    private async Task PipeAsync(Tariff tariff, BillAssembly assembly, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = Channel.CreateBounded<IReadOnlyList<ResourceCharges>>(BatchesAhead);
        var reading = Task.Run(() => ReadAsync(tariff, ahead.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in ahead.Reader.ReadAllAsync(cancellationToken))
            {
                await assembly.AddAsync(batch, cancellationToken);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    private async Task ReadAsync(
        Tariff tariff,
        ChannelWriter<IReadOnlyList<ResourceCharges>> charges,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await books.ReadAsync(
                async (snapshot, token) =>
                {
                    var query = new IntervalQuery(tariff.Month.First, tariff.Month.End, null, null);
                    await foreach (var batch in intervals.StreamAsync(snapshot, query, token))
                    {
                        await charges.WriteAsync(Charging.OfAll(batch, tariff, tariff.Month.End), token);
                    }

                    return Done.Now;
                },
                cancellationToken
            );
            charges.Complete();
        }
        catch (Exception stopped)
        {
            // The reader of the channel meets it there, where the month's transaction ends.
            charges.Complete(stopped);
        }
    }
}

/// <summary>Tells the technical department of a blocked close, once per month and set of resources.</summary>
public sealed class TellUnpriced(
    IBooks books,
    BillDesk desk,
    INotifications notifications,
    IRegionStore regions,
    TimeProvider clock
)
{
    public Task ExecuteAsync(Month month, UnpricedMonth unpriced, CancellationToken cancellationToken) =>
        books.KeepAsync(
            Origin.Platform,
            async (transaction, token) =>
            {
                if (await desk.Writer.NoteBlockAsync(transaction, month, unpriced.Set, token))
                {
                    await TellAsync(transaction, month, unpriced, token);
                }

                return Done.Now;
            },
            cancellationToken
        );

    private async Task TellAsync(
        ITransaction transaction,
        Month month,
        UnpricedMonth unpriced,
        CancellationToken cancellationToken
    )
    {
        var all = await regions.AllAsync(transaction, cancellationToken);
        foreach (var province in all.Where(r => r.Parent is null))
        {
            var departments = await desk.Organisations.OfKindAsync(
                transaction,
                OrganisationKind.TechnicalDepartment,
                province.Code,
                cancellationToken
            );
            foreach (var department in departments)
            {
                var notification = new Notification
                {
                    Organisation = department.Code,
                    Code = unpriced.Code,
                    Subject = new Subject("month", month.ToString()),
                    Text = unpriced.Detail,
                    At = clock.GetUtcNow(),
                };
                await notifications.TellAsync(transaction, notification, cancellationToken);
            }
        }
    }
}
