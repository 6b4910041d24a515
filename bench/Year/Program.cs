using System.Diagnostics;
using System.Globalization;
using CloudManager.Bench.Year;

// A year of servers by the demonstration's clock, month by month, over HTTP on the built host: what it takes, and what
// of it each job takes; and whether it finds exactly the zombies, low use and wrong sizes that were planted. Arguments: how many servers, how many months.
var servers = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 2_000;
var months = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 12;
var folder = Directory.CreateTempSubdirectory("cloudmanager-bench-").FullName;
var start = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.FromHours(8));
var adapters = await Planted.WriteAdaptersAsync(folder, servers);
var host = new Host(folder, adapters, start.ToString("o", CultureInfo.InvariantCulture));
try
{
    await host.ReadyAsync();
    var setUp = Stopwatch.StartNew();
    var planted = new Planted(host, servers);
    await planted.ServeAsync();
    Console.WriteLine($"{servers:N0} servers in service after {setUp.Elapsed.TotalSeconds:F0} s");
    Console.WriteLine("months | seconds (processor) | by job | metrics MiB | books MiB | peak MiB | log KiB");
    var whole = Stopwatch.StartNew();
    for (var month = 1; month <= months; month++)
    {
        await AdvanceAsync(start.AddMonths(month));
    }

    Console.WriteLine($"{months} months: {whole.Elapsed.TotalMinutes:F2} min, of which {await JobsAsync()}");
    var bills = (await host.CallAsync("technical", "/bills?limit=500"))["items"]!.AsArray();
    var closed = bills.Count(b => b!["state"]!.GetValue<string>() == "closed");
    var reports = (await host.CallAsync("technical", "/reports?limit=500"))["items"]!.AsArray().Count;
    Console.WriteLine($"{closed} closed bills, {reports} reports, peak {host.PeakMiB:F0} MiB");
    return await planted.CompareAsync() && closed >= months && reports >= months ? 0 : 1;
}
finally
{
    host.Dispose();
    Directory.Delete(folder, recursive: true);
}

async Task AdvanceAsync(DateTimeOffset to)
{
    var (wall, cpu) = (Stopwatch.StartNew(), host.Cpu);
    var before = await host.JobSecondsAsync();
    var answer = await host.CallAsync("technical", "/demo/clock", new { advanceTo = to });
    if (answer["troubles"]!.AsArray() is { Count: > 0 } troubles)
    {
        Console.Error.WriteLine(troubles[0]!.ToJsonString());
    }

    var after = await host.JobSecondsAsync();
    var jobs = after.Select(j => $"{j.Key} {j.Value - before.GetValueOrDefault(j.Key):F1}");
    string[] figures =
    [
        $"{to:yyyy-MM}",
        $"{wall.Elapsed.TotalSeconds:F1} ({(host.Cpu - cpu).TotalSeconds:F1})",
        string.Join(", ", jobs),
        $"{SizeMiB("metrics.*") + SizeMiB("*.parquet"):F0}",
        $"{SizeMiB("books.*"):F0}",
        $"{host.PeakMiB:F0}",
        $"{host.SaidBytes / 1024:N0}",
    ];
    Console.WriteLine(string.Join(" | ", figures));
}

async Task<string> JobsAsync() =>
    string.Join(", ", (await host.JobSecondsAsync()).Select(j => $"{j.Key} {j.Value / 60:F2}"));

double SizeMiB(string pattern) =>
    new DirectoryInfo(folder).EnumerateFiles(pattern, SearchOption.AllDirectories).Sum(f => f.Length) / 1_048_576.0;
