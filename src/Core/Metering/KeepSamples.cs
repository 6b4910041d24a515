using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Metering;

/// <summary>
/// Keeps the samples (采样, art. 22): moves months that are over into the archive once every pool is collected past their
/// end, and gives up samples that are older than the retention policy says. A month does not wait for ever for a pool that is
/// down: what is collected of it later joins the archive at the next look.
/// </summary>
public sealed class KeepSamples(
    IPools pools,
    ISampleStore samples,
    ISampleArchive archive,
    RetentionPolicy retention,
    TimeProvider businessTime
) : IJobWork
{
    /// <summary>The job's name.</summary>
    public const string Job = "archive";

    /// <summary>How far past a month's end every pool must be collected.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromDays(3);

    /// <summary>How long after its end a month waits for pools that are behind.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(40);

    public async Task<Look> LookAsync(CancellationToken cancellationToken)
    {
        var today = businessTime.Today();
        var waiting = await archive.WaitingAsync(Month.Of(today), cancellationToken);
        var behind = waiting.Count == 0 ? [] : await MarksAsync(cancellationToken);
        var (done, words) = (new List<Month>(), new List<Bilingual>());
        foreach (var month in waiting.Where(IsSettled))
        {
            var late = behind.Where(p => p.Slot < Slots.Of(China.StartOf(month.End) + Settled)).ToList();
            if (late.Count > 0 && businessTime.GetUtcNow() < China.StartOf(month.End) + Patience)
            {
                words.Add(Waits(month, late.Select(p => p.Pool)));
                continue;
            }

            var rows = await archive.ArchiveAsync(month, cancellationToken);
            done.Add(month);
            words.Add(($"{month} 归档 {rows} 行", $"{month}: {rows} rows archived"));
        }

        foreach (var month in await archive.RetireAsync(retention.FirstKept(today), cancellationToken))
        {
            words.Add(
                ($"{month} 原始采样已过保存期限，仅保留日汇总", $"{month}: samples given up, daily summaries kept")
            );
        }

        return words.Count == 0 ? Look.Nothing : new Look(LookOutcome.Done, Names(done), Join(words));
    }

    private bool IsSettled(Month month) => businessTime.GetUtcNow() >= China.StartOf(month.End) + Settled;

    /// <summary>How far each pool is that was collected at all.</summary>
    private async Task<List<(PoolId Pool, long Slot)>> MarksAsync(CancellationToken cancellationToken)
    {
        var marks = new List<(PoolId, long)>();
        foreach (var pool in pools.Declared)
        {
            if (await samples.MarkAsync(pool.Id, cancellationToken) is { } mark)
            {
                marks.Add((pool.Id, mark.Slot));
            }
        }

        return marks;
    }

    private static List<string> Names(IEnumerable<Month> months) => [.. months.Select(m => m.ToString())];

    private static Bilingual Waits(Month month, IEnumerable<PoolId> pools)
    {
        var names = pools.Select(p => p.Value).ToList();
        return (
            $"{month} 暂缓归档，等待资源池采集：{string.Join("、", names)}",
            $"{month} waits for pools that are behind: {string.Join(", ", names)}"
        );
    }

    private static Bilingual Join(IReadOnlyList<Bilingual> words) =>
        (string.Join("；", words.Select(w => w.Zh)), string.Join("; ", words.Select(w => w.En)));
}
