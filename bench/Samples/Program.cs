using CloudManager.Bench.Samples;

const int Servers = 2_000;
const int Days = 7;
const int Rounds = 5;
var onlySizes = args.Contains("sizes");
args = [.. args.Where(a => a != "sizes")];
if (args is not ([] or [_]))
{
    Console.WriteLine(
        "usage: dotnet run --project bench/Samples -c Release [-- [sizes] [VICTORIA-METRICS-BINARY-OR-URL]]"
    );
    return 2;
}

var rows = await WithFolderAsync(async folder =>
{
    await using var platform = await Platform.OpenAsync(folder, Servers);
    return await platform.RowsAsync(Days);
});
var values = rows.Length * 5L;
if (!args.Any(a => a.Contains("://", StringComparison.Ordinal)))
{
    var binary = args.FirstOrDefault();
    await DiskSizes.PrintAsync("profiles of a mock pool, noise in every digit", rows, binary, NewFolder);
    if (Environment.GetEnvironmentVariable("CLOUDMANAGER_TRACES") is { Length: > 0 } traces)
    {
        await DiskSizes.PrintAsync("real traces", Traces.Read(traces), binary, NewFolder);
    }
}

if (onlySizes)
{
    return 0;
}

Console.WriteLine($"{Servers} servers, {Days} days: {values:N0} values of five metrics, {Rounds} rounds in turn");
var peers = new List<(string Name, Func<string, Task<Spent>> RunAsync)>
{
    ("platform", RunPlatformAsync),
    ("bare appender", RunBareAsync),
};
if (args is [var victoria])
{
    var json = VictoriaMetrics.JsonLines(rows);
    var influx = VictoriaMetrics.InfluxLines(rows);
    peers.Add(("VictoriaMetrics, JSON lines", folder => RunVictoriaAsync(folder, "/api/v1/import", json)));
    peers.Add(
        ("VictoriaMetrics, Influx lines", folder => RunVictoriaAsync(folder, "/influx/write?precision=ms", influx))
    );

    async Task<Spent> RunVictoriaAsync(string folder, string path, List<byte[]> bodies)
    {
        await using var node = await VictoriaMetrics.OpenAsync(victoria, folder);
        var before = await node.TakenAsync();
        var spent = await Spent.MeasureAsync(() => node.ImportAsync(path, bodies), () => node.ProcessorTime);
        var taken = await node.TakenAsync() - before;
        return taken == values ? spent : throw new InvalidOperationException($"{taken} of {values} values taken");
    }
}

var all = peers.ToDictionary(p => p.Name, _ => new List<Spent>());
for (var round = 0; round < Rounds; round++)
{
    foreach (var (name, runAsync) in peers)
    {
        GC.Collect();
        var spent = await WithFolderAsync(runAsync);
        all[name].Add(spent);
        Console.WriteLine($"  {name}: {spent.Wall:F2} s, processor {spent.Processor:F2} s");
    }
}

var own = (Wall: Median(all["platform"], s => s.Wall), Processor: Median(all["platform"], s => s.Processor));
foreach (var (name, _) in peers)
{
    var (wall, processor) = (Median(all[name], s => s.Wall), Median(all[name], s => s.Processor));
    Console.WriteLine(
        $"{name}: {values / wall / 1e6:F1} M values/s, {values / processor / 1e6:F1} M values per processor second;"
            + $" the platform is {wall / own.Wall:F2} and {processor / own.Processor:F2} times as fast (median of {Rounds})"
    );
}

return 0;

async Task<Spent> RunPlatformAsync(string folder)
{
    await using var platform = await Platform.OpenAsync(folder, Servers);
    var spent = await Spent.MeasureAsync(() => platform.CollectAsync(Days), Spent.OwnProcessorTime);
    var stored = await platform.CountAsync();
    return stored == values ? spent : throw new InvalidOperationException($"{stored} of {values} values stored");
}

Task<Spent> RunBareAsync(string folder) =>
    Spent.MeasureAsync(
        () =>
        {
            BareAppender.Run(folder, rows);
            return Task.CompletedTask;
        },
        Spent.OwnProcessorTime
    );

static async Task<T> WithFolderAsync<T>(Func<string, Task<T>> work)
{
    var folder = NewFolder();
    try
    {
        return await work(folder);
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

static string NewFolder() => Directory.CreateTempSubdirectory("cloudmanager-bench-").FullName;

static double Median(IEnumerable<Spent> spent, Func<Spent, double> figure)
{
    var sorted = spent.Select(figure).Order().ToList();
    return sorted[sorted.Count / 2];
}
