using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;
using Microsoft.Extensions.Logging;
using Snappier;

namespace CloudManager.Storage.Metering.Prometheus;

/// <summary>
/// Brings samples to the engine or, while it does not answer, to the spool; what waits there goes first, in its order. A
/// sample that was written is written again without harm: it equals itself.
/// </summary>
internal sealed class EngineWriter(
    EngineDoor door,
    EngineReader reader,
    Spool spool,
    MachineClock clock,
    ILogger<EngineWriter> logger
)
{
    private const int MostBytes = 4 * 1024 * 1024;
    private const int MostSamples = 500_000;

    /// <summary>How long an engine that did not answer is left alone, so that not every pool waits for it.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly RecentSlots _recent = new();
    private long _silentUntil;

    /// <summary>What this process stored lately, wherever it is now.</summary>
    public RecentSlots Recent => _recent;

    /// <summary>Stores the rows in the engine, else in the spool.</summary>
    /// <exception cref="SampleEngineException">The engine refuses them, or neither has room.</exception>
    public async Task StoreAsync(PoolId pool, ReadOnlyMemory<SampleRow> rows, CancellationToken cancellationToken)
    {
        if (
            !await TryAsync(() => DrainAsync(cancellationToken))
            || !await TryAsync(() => WriteAsync(pool, rows, cancellationToken))
        )
        {
            await using var turn = await spool.TurnAsync(cancellationToken);
            if (!rows.IsEmpty)
            {
                spool.Append(pool, rows.Span);
            }
        }

        _recent.Add(rows.Span);
    }

    /// <summary>Writes what waits in the spool. What the engine holds already is not written over.</summary>
    /// <exception cref="SampleEngineException">The engine does not answer or refuses a piece; it and all later ones stay.</exception>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        if (spool.IsEmpty)
        {
            return;
        }

        await using var turn = await spool.TurnAsync(cancellationToken);
        spool.Recover();
        var files = spool.Files();
        foreach (var file in files)
        {
            if (spool.Read(file) is { } piece)
            {
                var held = await reader.HeldAsync(piece.Rows.Select(r => r.Resource), file.Slots, cancellationToken);
                var rows = Array.FindAll(piece.Rows, r => !held.Contains(new HeldSlot(r.Resource, r.Slot)));
                await WriteAsync(piece.Pool, rows, cancellationToken);
                Spool.Remove(file);
            }
        }

        if (files.Count > 0)
        {
            logger.LogInformation("The metrics engine answers again: {Files} spooled pieces are written", files.Count);
        }
    }

    /// <summary>False where the engine does not answer; what it refuses is thrown on.</summary>
    private async Task<bool> TryAsync(Func<Task> work)
    {
        if (clock.Provider.GetTimestamp() < Interlocked.Read(ref _silentUntil))
        {
            return false;
        }

        try
        {
            await work();
            return true;
        }
        catch (SampleEngineException failure) when (failure.IsUnreachable)
        {
            var until = clock.Provider.GetTimestamp() + (long)(Pause.TotalSeconds * clock.Provider.TimestampFrequency);
            Interlocked.Exchange(ref _silentUntil, until);
            logger.LogWarning("{Failure}; samples go to the spool", failure.Message);
            return false;
        }
    }

    private async Task WriteAsync(PoolId pool, ReadOnlyMemory<SampleRow> rows, CancellationToken cancellationToken)
    {
        var body = new WriteBody();
        var sorted = Sorted(rows);
        foreach (var server in Servers(sorted))
        {
            for (var metric = 0; metric < SeriesNames.Count; metric++)
            {
                body.Add(pool, (Metric)metric, sorted.AsSpan(server));
                if (body.Bytes.Length >= MostBytes || body.Samples >= MostSamples)
                {
                    await FlushAsync(body, cancellationToken);
                }
            }
        }

        await FlushAsync(body, cancellationToken);
    }

    private async Task FlushAsync(WriteBody body, CancellationToken cancellationToken)
    {
        if (body.Samples > 0)
        {
            await door.WriteAsync(Snappy.CompressToArray(body.Bytes), cancellationToken);
            body.Clear();
        }
    }

    private static SampleRow[] Sorted(ReadOnlyMemory<SampleRow> rows)
    {
        var sorted = rows.ToArray();
        Array.Sort(
            sorted,
            (a, b) =>
                a.Resource.Number != b.Resource.Number
                    ? a.Resource.Number.CompareTo(b.Resource.Number)
                    : a.Slot.CompareTo(b.Slot)
        );
        return sorted;
    }

    /// <summary>The rows of one server each, at most a few thousand, so that no body grows far beyond its bound.</summary>
    private static IEnumerable<Range> Servers(SampleRow[] sorted)
    {
        const int most = 4_096;
        for (var (first, i) = (0, 1); i <= sorted.Length; i++)
        {
            if (i == sorted.Length || i - first == most || sorted[i].Resource != sorted[first].Resource)
            {
                yield return first..i;
                first = i;
            }
        }
    }
}
