using System.Diagnostics;
using CloudManager.Bench.Samples;

const int Servers = 2_000;
const int Days = 7;
const int Rounds = 5;
if (args is not ([] or [_]))
{
    Console.WriteLine("usage: dotnet run --project bench/Samples -c Release [-- VICTORIA-METRICS-BINARY-OR-URL]");
    return 2;
}

var rows = await WithFolderAsync(async folder =>
{
    await using var platform = await Platform.OpenAsync(folder, Servers);
    return await platform.RowsAsync(Days);
});
var values = rows.Length * 5L;
Console.WriteLine($"{Servers} servers, {Days} days: {values:N0} values of five metrics, {Rounds} rounds in turn");
var peers = new List<(string Name, Func<string, Task<double>> RunAsync)>
{
    ("platform", RunPlatformAsync),
    ("bare appender", folder => Task.FromResult(Time(() => BareAppender.Run(folder, rows)))),
};
if (args is [var victoria])
{
    var json = VictoriaMetrics.JsonLines(rows);
    var influx = VictoriaMetrics.InfluxLines(rows);
    peers.Add(("VictoriaMetrics, JSON lines", folder => RunVictoriaAsync(folder, "/api/v1/import", json)));
    peers.Add(
        ("VictoriaMetrics, Influx lines", folder => RunVictoriaAsync(folder, "/influx/write?precision=ms", influx))
    );

    async Task<double> RunVictoriaAsync(string folder, string path, List<byte[]> bodies)
    {
        await using var node = await VictoriaMetrics.OpenAsync(victoria, folder);
        var before = await node.TakenAsync();
        var spent = await TimeAsync(() => node.ImportAsync(path, bodies));
        var taken = await node.TakenAsync() - before;
        return taken == values ? spent : throw new InvalidOperationException($"{taken} of {values} values taken");
    }
}

var seconds = peers.ToDictionary(p => p.Name, _ => new List<double>());
for (var round = 0; round < Rounds; round++)
{
    foreach (var (name, runAsync) in peers)
    {
        GC.Collect();
        seconds[name].Add(await WithFolderAsync(runAsync));
    }
}

var own = Median(seconds["platform"]);
foreach (var (name, _) in peers)
{
    var median = Median(seconds[name]);
    Console.WriteLine(
        $"{name}: {values / median / 1e6:F1} M values/s (median of {Rounds}, {seconds[name].Min():F2}–{seconds[name].Max():F2} s),"
            + $" platform/{name} {median / own:F2}"
    );
}

return 0;

async Task<double> RunPlatformAsync(string folder)
{
    await using var platform = await Platform.OpenAsync(folder, Servers);
    var taken = await TimeAsync(() => platform.CollectAsync(Days));
    var stored = await platform.CountAsync();
    return stored == values ? taken : throw new InvalidOperationException($"{stored} of {values} values stored");
}

static double Time(Action work)
{
    var clock = Stopwatch.StartNew();
    work();
    return clock.Elapsed.TotalSeconds;
}

static async Task<double> TimeAsync(Func<Task> work)
{
    var clock = Stopwatch.StartNew();
    await work();
    return clock.Elapsed.TotalSeconds;
}

static async Task<T> WithFolderAsync<T>(Func<string, Task<T>> work)
{
    var folder = Directory.CreateTempSubdirectory("cloudmanager-bench-").FullName;
    try
    {
        return await work(folder);
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

static double Median(IEnumerable<double> values)
{
    var sorted = values.Order().ToList();
    return sorted[sorted.Count / 2];
}
