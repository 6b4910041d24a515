using System.Diagnostics;
using CloudManager.Bench.Inventory;

// The inventory of one pool of so many servers, all of them in the books: first run and a run over what is known. The
// cloud is generated while it is listed, so the memory is the platform's own.
int[] sizes = args.Length == 0 ? [1_000, 10_000, 100_000] : [.. args.Select(int.Parse)];
await using (var warm = await SeededPool.OpenAsync(1_000))
{
    await warm.SyncAsync(new GeneratedCloud(1_000, int.MaxValue));
}

Console.WriteLine(
    "servers | first run s | servers/s | again s | servers/s | alive before MiB | most alive in the run MiB | its own MiB | findings"
);
foreach (var size in sizes)
{
    await using var pool = await SeededPool.OpenAsync(size);
    var (first, _) = await TimeAsync(pool, new GeneratedCloud(size, int.MaxValue));
    var (again, findings) = await TimeAsync(pool, new GeneratedCloud(size, int.MaxValue));
    var before = GC.GetTotalMemory(forceFullCollection: true);
    var watched = new GeneratedCloud(size, Math.Max(250, size / 20) + 1);
    await pool.SyncAsync(watched);
    Console.WriteLine(
        string.Join(
            " | ",
            $"{size:N0}",
            $"{first:F2}",
            $"{size / first:N0}",
            $"{again:F2}",
            $"{size / again:N0}",
            $"{MiB(before):F2}",
            $"{MiB(watched.MostAlive):F2}",
            $"{MiB(watched.MostAlive - before):F2}",
            $"{findings}"
        )
    );
}

return 0;

static double MiB(long bytes) => bytes / 1048576.0;

static async Task<(double Seconds, int Findings)> TimeAsync(SeededPool pool, GeneratedCloud cloud)
{
    var began = Stopwatch.GetTimestamp();
    var run = await pool.SyncAsync(cloud);
    return (Stopwatch.GetElapsedTime(began).TotalSeconds, run.Findings.Opened);
}
