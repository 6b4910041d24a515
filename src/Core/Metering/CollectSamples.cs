using System.Collections.Concurrent;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Provisioning;

namespace CloudManager.Core.Metering;

/// <summary>What the collection tells those who watch over it. Implemented by the host.</summary>
public interface ICollectionLog
{
    /// <summary>A piece is stored.</summary>
    void Stored(CollectedChunk chunk);

    /// <summary>A pool could not be collected; it is tried again at the next look.</summary>
    void Failed(PoolId pool, Exception failure);
}

/// <summary>
/// Collects the samples (采样, art. 22) of every declared pool that measures. Pools are independent: one that is down
/// neither delays nor stops another, and is backfilled once it answers again.
/// </summary>
public sealed class CollectSamples(IPools pools, CollectPool collect, ICollectionLog log) : IJobWork
{
    /// <summary>The job's name.</summary>
    public const string Job = "collect";

    /// <summary>How many pools are read at once; each holds at most one piece in memory.</summary>
    private const int AtOnce = 16;

    public async Task<Look> LookAsync(CancellationToken cancellationToken)
    {
        var failures = new ConcurrentDictionary<PoolId, Bilingual>();
        await Parallel.ForEachAsync(
            pools.Declared,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (pool, token) =>
            {
                if (await TryAsync(pool.Id, token) is { } word)
                {
                    failures[pool.Id] = word;
                }
            }
        );
        if (failures.IsEmpty)
        {
            return Look.Nothing;
        }

        var failed = pools
            .Declared.Where(p => failures.ContainsKey(p.Id))
            .Select(p => (p.Id, Why: failures[p.Id]))
            .ToList();
        return new Look(
            LookOutcome.Failed,
            [],
            (
                $"以下资源池本次未采集成功：{string.Join("、", failed.Select(f => $"{f.Id}（{f.Why.Zh}）"))}；后续自动补采",
                $"pools not collected: {string.Join(", ", failed.Select(f => $"{f.Id} ({f.Why.En})"))}; backfilled at a later look"
            )
        );
    }

    /// <summary>The word of what went wrong; null if nothing did.</summary>
    private async Task<Bilingual?> TryAsync(PoolId pool, CancellationToken cancellationToken)
    {
        try
        {
            await collect.ExecuteAsync(pool, log.Stored, cancellationToken);
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (AdapterException failure)
        {
            return Failed(pool, failure, FailureWords.Of(failure.Kind));
        }
        catch (SampleEngineException failure)
        {
            return Failed(pool, failure, failure.Words);
        }
#pragma warning disable CA1031 // A border: a bug in reading one pool must not stop the others; it is logged and named.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            return Failed(pool, bug, ("平台内部错误，已记录", "an internal error; it was logged"));
        }
    }

    private Bilingual Failed(PoolId pool, Exception failure, Bilingual word)
    {
        log.Failed(pool, failure);
        collect.Failed(pool, word);
        return word;
    }
}
