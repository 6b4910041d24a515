using System.Diagnostics;
using CloudManager.Adapters.Sdk;
using CloudManager.Bench.Inventory;

// The inventory of one pool of so many servers, all of them in the books: first run and a run over what is known. The
// cloud is generated while it is listed, so the memory is the platform's own; with "mock" it is a mock pool, which
// holds its servers in memory before the run begins, and the memory is what the run takes on top.
var onMock = args is ["mock", ..];
var numbers = onMock ? args[1..] : args;
int[] sizes = numbers.Length == 0 ? [1_000, 10_000, 100_000] : [.. numbers.Select(int.Parse)];
await RunAsync(1_000, onMock);

Console.WriteLine(
    "servers | first run s | servers/s | again s | servers/s | alive before MiB | most alive in the run MiB | its own MiB | findings"
);
foreach (var size in sizes)
{
    Console.WriteLine(await RunAsync(size, onMock));
}

return 0;

static async Task<string> RunAsync(int size, bool onMock)
{
    var (cloud, ids) = await CloudAsync(size, onMock);
    await using var pool = await SeededPool.OpenAsync(ids);
    var (first, _) = await TimeAsync(pool, cloud);
    var (again, findings) = await TimeAsync(pool, cloud);
    cloud.LookEvery = Math.Max(250, size / 20) + 1;
    var before = GC.GetTotalMemory(forceFullCollection: true);
    await pool.SyncAsync(cloud);
    GC.KeepAlive(ids);
    return string.Join(
        " | ",
        $"{size:N0}",
        $"{first:F2}",
        $"{size / first:N0}",
        $"{again:F2}",
        $"{size / again:N0}",
        $"{MiB(before):F2}",
        $"{MiB(cloud.MostAlive):F2}",
        $"{MiB(cloud.MostAlive - before):F2}",
        $"{findings}"
    );
}

static async Task<(IWatchedCloud Cloud, IReadOnlyList<NativeId> Ids)> CloudAsync(int size, bool onMock)
{
    var generated = new GeneratedCloud(size, int.MaxValue);
    return onMock
        ? await MockCloud.FilledAsync(size, generated.Declared[0])
        : (generated, [.. Enumerable.Range(1, size).Select(GeneratedCloud.IdOf)]);
}

static double MiB(long bytes) => bytes / 1048576.0;

static async Task<(double Seconds, int Findings)> TimeAsync(SeededPool pool, IWatchedCloud cloud)
{
    var began = Stopwatch.GetTimestamp();
    var run = await pool.SyncAsync(cloud);
    return (Stopwatch.GetElapsedTime(began).TotalSeconds, run.Findings.Opened);
}
