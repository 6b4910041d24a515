using System.Globalization;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Findings.Judging;

/// <summary>
/// Judges use (art. 22) week by week, oldest first, each Monday over the days before it. A pool whose samples have not
/// come in up to that day waits, with its later weeks, for a later look; the others do not wait for it.
/// </summary>
public sealed class JudgeUse(
    JudgingBooks desk,
    JudgePool judge,
    KeepVerdicts keep,
    CollectedPools collected,
    (IJobPeriods Periods, TimeProvider Clock) time
) : IJobWork
{
    /// <summary>The job's name, which the weeks it has judged are noted under.</summary>
    public const string Job = "find";

    /// <summary>Samples of the last evening still come in.</summary>
    private static readonly TimeSpan After = TimeSpan.FromHours(4);

    public async Task<Look> LookAsync(CancellationToken cancellationToken)
    {
        var judged = new List<string>();
        var waiting = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var week in await desk.Books.ReadAsync(DueAsync, cancellationToken))
        {
            var pools = await desk.Books.ReadAsync((t, c) => desk.Resources.PoolsAsync(t, week, c), cancellationToken);
            foreach (var pool in pools.Where(p => !waiting.Contains(p.Value)))
            {
                if (await collected.IsCompleteAsync(pool, week, cancellationToken))
                {
                    await judge.ExecuteAsync(week, pool, cancellationToken);
                }
                else
                {
                    waiting.Add(pool.Value);
                }
            }

            if (!pools.Any(p => waiting.Contains(p.Value)))
            {
                await FinishAsync(week, cancellationToken);
                judged.Add(Name(week));
            }
        }

        return new Look(LookOutcome.Done, judged, waiting.Count == 0 ? null : Waiting(waiting));
    }

    private async Task<IReadOnlyList<DateOnly>> DueAsync(ITransaction transaction, CancellationToken cancellationToken)
    {
        var first = (await time.Periods.FirstMonthAsync(transaction, cancellationToken)).First;
        var done = await time.Periods.DoneAsync(transaction, Job, cancellationToken);
        var due = new List<DateOnly>();
        var monday = first.AddDays((DayOfWeek.Monday - first.DayOfWeek + 7) % 7);
        for (var now = time.Clock.GetUtcNow(); China.StartOf(monday) + After <= now; monday = monday.AddDays(7))
        {
            if (!done.Contains(Name(monday)))
            {
                due.Add(monday);
            }
        }

        return due;
    }

    /// <summary>Closes what is about systems out of service, and notes that the week is done.</summary>
    private Task<Done> FinishAsync(DateOnly week, CancellationToken cancellationToken) =>
        desk.Books.KeepAsync(
            Origin.Platform,
            async (transaction, token) =>
            {
                var done = await time.Periods.DoneAsync(transaction, Job, token);
                if (done.Contains(Name(week)))
                {
                    return Done.Now;
                }

                var left = await desk.Findings.LeftServiceAsync(transaction, null, week, token);
                var closed = await keep.LeaveAsync(transaction, left, token);
                var pools = (await desk.Progress.SinceAsync(transaction, week, token)).Where(p => p.Week == week);
                var changes = pools.Aggregate(closed, (sum, pool) => sum + pool.Changes);
                await time.Periods.AddAsync(transaction, (Job, Name(week)), time.Clock.GetUtcNow(), token);
                transaction.Record(new("finding.judgeWeek", new("week", Name(week)), null, changes));
                return Done.Now;
            },
            cancellationToken
        );

    private static string Name(DateOnly week) => week.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Bilingual Waiting(IEnumerable<string> pools)
    {
        var names = string.Join("、", pools);
        return (
            $"以下资源池的监测数据尚未采集齐，待采集后再判定：{names}",
            $"pools judged at a later look, once their samples are collected: {names.Replace("、", ", ", StringComparison.Ordinal)}"
        );
    }
}

/// <summary>Tells whether a pool's samples are in.</summary>
public sealed class CollectedPools(IPools pools, ISampleStore samples)
{
    /// <summary>
    /// Whether nothing before the day is still to come: the mark has passed it, or nothing is collected there at all.
    /// </summary>
    public async Task<bool> IsCompleteAsync(PoolId pool, DateOnly day, CancellationToken cancellationToken)
    {
        var mark = await samples.MarkAsync(pool, cancellationToken);
        return mark?.Slot >= Slots.OfDay(day) || !IsMeasured(pool);
    }

    /// <summary>A pool whose adapter cannot be opened now may well measure.</summary>
    private bool IsMeasured(PoolId pool)
    {
        if (!pools.TryFind(pool, out _))
        {
            return false;
        }

        try
        {
            return pools.Open(pool).Usage is not null;
        }
        catch (AdapterException)
        {
            return true;
        }
    }
}
