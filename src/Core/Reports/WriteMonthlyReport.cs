using CloudManager.Core.Kernel;

namespace CloudManager.Core.Reports;

/// <summary>
/// Writes the monthly reports (运行月报, art. 25) that are due, oldest first, each once its month is closed. A report is
/// frozen when it is written; looking again writes nothing.
/// </summary>
public sealed class WriteMonthlyReport(
    IBooks books,
    IJobPeriods periods,
    ReadMonthlyReport read,
    FileReport file,
    TimeProvider businessTime
) : IJobWork
{
    /// <summary>The job's name.</summary>
    public const string Job = "monthly-report";

    /// <summary>The job that closes the months, for which a report waits.</summary>
    public const string ClosingJob = Billing.CloseMonth.Job;

    /// <summary>How long after its end a month's report is due: 3 o'clock on the 1st.</summary>
    public static readonly TimeSpan DueAfter = TimeSpan.FromHours(3);

    public async Task<Look> LookAsync(CancellationToken cancellationToken)
    {
        var now = businessTime.GetUtcNow();
        var (due, closed) = await books.ReadAsync((t, c) => DueAsync(t, now, c), cancellationToken);
        var written = new List<string>();
        foreach (var month in due)
        {
            var period = month.ToString();
            if (!closed.Contains(period))
            {
                return new Look(LookOutcome.Blocked, written, Waits(period));
            }

            if (await WriteAsync(month, now, cancellationToken))
            {
                written.Add(period);
            }
        }

        return new Look(LookOutcome.Done, written, null);
    }

    private async Task<(IReadOnlyList<Month> Due, IReadOnlySet<string> Closed)> DueAsync(
        ITransaction transaction,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var first = await periods.FirstMonthAsync(transaction, cancellationToken);
        var done = await periods.DoneAsync(transaction, Job, cancellationToken);
        var due = Month.Over(first, now, DueAfter).Where(m => !done.Contains(m.ToString()));
        return ([.. due], await periods.DoneAsync(transaction, ClosingJob, cancellationToken));
    }

    /// <summary>False if another process was first.</summary>
    private async Task<bool> WriteAsync(Month month, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var report = await read.ExecuteAsync(month, now, cancellationToken);
        var head = new ReportHead(report.Id, report.Kind, report.Period, report.CreatedAt);
        var frozen = new FrozenReport(head, ReportJson.Write(report));
        return await books.KeepAsync(
            Origin.Platform,
            (transaction, token) => file.ExecuteAsync(transaction, frozen, Job, token),
            cancellationToken
        );
    }

    private static Bilingual Waits(string period) =>
        ($"{period} 尚未结账，月报待结账后生成", $"{period} is not closed yet; its report waits for that");
}
