using CloudManager.Core.Findings.Judging;
using CloudManager.Core.Findings.SizePlans;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Organisations;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Reports.Circulars;

/// <summary>
/// Drafts the circulars (通报, art. 22(1)) of the months that are due, oldest first, each once its month is closed and
/// collected. What is drafted is frozen; looking again writes nothing.
/// </summary>
public sealed class DraftCirculars(
    IBooks books,
    IJobPeriods periods,
    MonthCollected collected,
    ReadCirculars read,
    FileCirculars file
) : IJobWork
{
    /// <summary>The job's name.</summary>
    public const string Job = "circular";

    /// <summary>How long after its end a month's circulars are due: 8 o'clock on the 1st, after the report.</summary>
    public static readonly TimeSpan DueAfter = TimeSpan.FromHours(8);

    public async Task<Look> LookAsync(CancellationToken cancellationToken)
    {
        var now = collected.Now;
        var (due, closed) = await books.ReadAsync((t, c) => DueAsync(t, now, c), cancellationToken);
        var written = new List<string>();
        foreach (var month in due)
        {
            var period = month.ToString();
            if (!closed.Contains(period))
            {
                return new Look(LookOutcome.Blocked, written, CircularWords.NotClosed(period));
            }

            var (isWaiting, notes) = await collected.LookAsync(month, cancellationToken);
            if (isWaiting)
            {
                return new Look(LookOutcome.Blocked, written, notes[0]);
            }

            var circulars = await read.ExecuteAsync(month, now, notes, cancellationToken);
            if (
                await books.KeepAsync(
                    Origin.Platform,
                    (t, c) => file.ExecuteAsync(t, (Job, period), circulars, now, c),
                    cancellationToken
                )
            )
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
        return ([.. due], await periods.DoneAsync(transaction, WriteMonthlyReport.Job, cancellationToken));
    }
}

/// <summary>
/// Tells whether a month's samples are all there. What people hand in for a pool that measures nothing may come or not: it
/// is not waited for.
/// </summary>
public sealed class MonthCollected(
    IPools pools,
    ISampleStore samples,
    CollectedPools collected,
    TimeProvider businessTime
)
{
    /// <summary>Days after the month's end after which a pool that is still behind is waited for no longer.</summary>
    private const int LongestWaitDays = 7;

    public DateTimeOffset Now => businessTime.GetUtcNow();

    /// <summary>Whether to wait, and the pools that are behind, in words.</summary>
    public async Task<(bool IsWaiting, IReadOnlyList<Bilingual> Behind)> LookAsync(
        Month month,
        CancellationToken cancellationToken
    )
    {
        var behind = new List<string>();
        foreach (var pool in pools.Declared)
        {
            if (
                await samples.MarkAsync(pool.Id, cancellationToken) is not null
                && !await collected.IsCompleteAsync(pool.Id, month.End, cancellationToken)
            )
            {
                behind.Add(pool.Id.Value);
            }
        }

        return behind.Count == 0
            ? (false, [])
            : (
                China.Day(Now) < month.End.AddDays(LongestWaitDays),
                [CircularWords.Behind(month.ToString(), string.Join(", ", behind))]
            );
    }
}

/// <summary>Files a month's circulars in the books, once, and tells the authority that they wait for its issue.</summary>
public sealed class FileCirculars(
    ICircularStore circulars,
    IPossibleSavings savings,
    IJobPeriods periods,
    IOrganisationStore organisations,
    INotifications notifications
)
{
    /// <summary>False if the month is drafted already; then nothing is changed.</summary>
    public async Task<bool> ExecuteAsync(
        ITransaction transaction,
        (string Job, string Period) key,
        IReadOnlyList<DraftedCircular> drafted,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        if ((await periods.DoneAsync(transaction, key.Job, cancellationToken)).Contains(key.Period))
        {
            return false;
        }

        await savings.ReplaceAsync(transaction, [.. drafted.SelectMany(d => d.Savings)], cancellationToken);
        var heads = drafted.Select(d => d.Circular.Head).ToList();
        foreach (var (circular, _) in drafted)
        {
            await circulars.AddAsync(transaction, circular, cancellationToken);
            transaction.Record(new("circular.draft", new("circular", circular.Head.Id), null, circular.Head));
        }

        await periods.AddAsync(transaction, key, at, cancellationToken);
        foreach (var region in heads.GroupBy(h => h.Region))
        {
            await TellAsync(transaction, (region.Key, key.Period, region.Count()), at, cancellationToken);
        }

        return true;
    }

    private async Task TellAsync(
        ITransaction transaction,
        (string Region, string Month, int Count) drafted,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        const OrganisationKind Told = OrganisationKind.Authority;
        foreach (var authority in await organisations.OfKindAsync(transaction, Told, drafted.Region, cancellationToken))
        {
            await notifications.TellAsync(
                transaction,
                new()
                {
                    Organisation = authority.Code,
                    Code = "circular.drafted",
                    Subject = new("circular", drafted.Month),
                    Text = CircularWords.Drafted(drafted.Month, drafted.Count),
                    At = at,
                },
                cancellationToken
            );
        }
    }
}

/// <summary>What is said about circulars.</summary>
internal static class CircularWords
{
    public static Bilingual NotClosed(string month) =>
        (
            $"{month} 的月报尚未生成，通报待其生成后起草",
            $"{month} has no monthly report yet; its circulars wait for it"
        );

    public static Bilingual Behind(string month, string pools) =>
        ($"{month} 的监测数据尚未采集完整：{pools}", $"the samples of {month} are not all collected: {pools}");

    public static Bilingual Drafted(string month, int count) =>
        (
            $"{month} 使用效率通报已起草 {count} 份，待核发",
            $"{count} circulars of use for {month} are drafted and wait to be issued"
        );

    public static Bilingual Issued(string month) =>
        ($"{month} 使用效率通报已发布", $"the circular of use for {month} was issued");
}
