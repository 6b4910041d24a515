using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;
using CloudManager.Core.Pools;
using Microsoft.Extensions.Logging;

namespace CloudManager.Storage.Metering.Prometheus;

/// <summary>
/// Samples that wait in the data folder until the engine answers: a file per piece, in order of number. A piece is
/// written under another name, flushed to the disk and then renamed, and only then is the pool's mark moved in the books,
/// so what lacks its end was never promised to anybody. Used by whoever holds <see cref="TurnAsync"/>.
/// </summary>
internal sealed class Spool(string folder, long most, MachineClock clock, ILogger<Spool> logger) : IDisposable
{
    private const string Unfinished = ".part";
    private const string Damaged = ".damaged";
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>How many bytes wait.</summary>
    public long Bytes =>
        Directory.Exists(folder) ? Files().Sum(f => new FileInfo(f.Path) is { Exists: true } i ? i.Length : 0) : 0;

    public bool IsEmpty =>
        !Directory.Exists(folder) || !Directory.EnumerateFiles(folder, $"*{SpoolFile.Ending}*").Any();

    public void Dispose() => _turn.Dispose();

    /// <summary>The turn among all who use the folder, of this process and of others.</summary>
    public async Task<IAsyncDisposable> TurnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            Directory.CreateDirectory(folder);
            return new Turn(await LockAsync(cancellationToken), _turn);
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    /// <summary>The pieces in their order.</summary>
    public IReadOnlyList<SpoolFile> Files()
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var files = Directory.EnumerateFiles(folder, $"*{SpoolFile.Ending}").Select(SpoolFile.Read).OfType<SpoolFile>();
        return [.. files.OrderBy(f => f.Number)];
    }

    /// <summary>Adds a piece at the end.</summary>
    /// <exception cref="SampleEngineException">There is no room for it.</exception>
    public void Append(PoolId pool, ReadOnlySpan<SampleRow> rows)
    {
        var bytes = SpoolFormat.Write(pool, rows);
        if (Bytes + bytes.Length > most)
        {
            throw new SampleEngineException(
                (
                    $"指标引擎无应答，且暂存目录已满（{most >> 20} MiB）；恢复后自动补采",
                    $"the metrics engine does not answer and the spool is full ({most >> 20} MiB); backfilled once it answers"
                ),
                isUnreachable: true
            );
        }

        var files = Files();
        var file = SpoolFile.Of(folder, files.Count == 0 ? 1 : files[^1].Number + 1, rows);
        var unfinished = file.Path + Unfinished;
        using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, file.Path, overwrite: true);
    }

    /// <summary>What the piece holds; null where it is damaged, which moves it out of the order under a name of its own.</summary>
    public (PoolId Pool, SampleRow[] Rows)? Read(SpoolFile file)
    {
        if (SpoolFormat.Read(File.ReadAllBytes(file.Path)) is { } piece)
        {
            return piece;
        }

        logger.LogError("A spooled piece is damaged and left aside as {File}", file.Path + Damaged);
        File.Move(file.Path, file.Path + Damaged, overwrite: true);
        return null;
    }

    /// <summary>The piece is in the engine.</summary>
    public static void Remove(SpoolFile file) => File.Delete(file.Path);

    /// <summary>
    /// Looks after pieces whose writing was cut off: one that is whole was about to be renamed and takes its place, any
    /// other is deleted, as no mark stands on it.
    /// </summary>
    public void Recover()
    {
        foreach (var path in Directory.EnumerateFiles(folder, $"*{SpoolFile.Ending}{Unfinished}").ToList())
        {
            if (SpoolFormat.Read(File.ReadAllBytes(path)) is not null)
            {
                File.Move(path, path[..^Unfinished.Length], overwrite: true);
            }
            else
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>Waits for the turn among processes; the system frees the lock of one that died.</summary>
    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, "spool.lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException taken) when (taken.GetType() == typeof(IOException) && File.Exists(path))
            {
                await Task.Delay(Between, clock.Provider, cancellationToken);
            }
        }
    }

    private sealed class Turn(FileStream held, SemaphoreSlim turn) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await held.DisposeAsync();
            turn.Release();
        }
    }
}
