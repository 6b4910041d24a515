using System.Diagnostics;
using System.Text.Json.Nodes;
using CloudManager.Bench.Requests;

if (args is ["peer", var file, var at])
{
    await Peer.RunAsync(file, at);
    return 0;
}

const string Host = "http://127.0.0.1:5181";
const string PeerUrl = "http://127.0.0.1:5182";
const string Body = """
    {"type":"provision","system":"%SYSTEM%","pool":"mock-a","reason":"bench","lines":[
     {"item":"ecs-general","quantity":2,"spec":{"vcpus":4,"memoryGiB":8,"image":"kylin-v10-x86"}},
     {"item":"vol-ssd","quantity":2,"spec":{"sizeGiB":100}}]}
    """;
var folder = Directory.CreateTempSubdirectory("cloudmanager-bench-").FullName;
using var handler = new SocketsHttpHandler { UseProxy = false };
using var client = new HttpClient(handler);
var load = new Load(client);
var started = Stopwatch.StartNew();
using var host = Start("src/Api/bin/Release/net10.0/CloudManager.Api.dll", "--demo", "--data", folder, "--urls", Host);
await UntilAsync(client, $"{Host}/health/ready");
Console.WriteLine($"first demo start to ready: {started.Elapsed.TotalSeconds:F1} s");
var session = await client.PostAsJsonAsync(
    $"{Host}/api/v1/sessions",
    new { account = "tenant-a", password = "bench-Passw0rd" }
);
var token = JsonNode.Parse(await session.Content.ReadAsStringAsync())!["token"]!.GetValue<string>();
client.DefaultRequestHeaders.Authorization = new("Bearer", token);
var systems = JsonNode.Parse(await client.GetStringAsync($"{Host}/api/v1/systems"))!;
var body = Body.Replace("%SYSTEM%", systems["items"]![0]!["code"]!.GetValue<string>());
await load.MeasureAsync(HttpMethod.Post, $"{Host}/api/v1/requests", token, body, TimeSpan.FromSeconds(5));
var copy = Path.Combine(folder, "peer.db");
using (var books = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder, "books.db")}"))
{
    books.Open();
    using var vacuum = books.CreateCommand();
    vacuum.CommandText = $"vacuum into '{copy}'";
    vacuum.ExecuteNonQuery();
}

using var peer = Start(typeof(Peer).Assembly.Location, "peer", copy, PeerUrl);
await UntilAsync(client, $"{PeerUrl}/requests");
foreach (var (method, content) in ((HttpMethod, string?)[])[(HttpMethod.Get, null), (HttpMethod.Post, body)])
{
    var rounds = new List<(double Own, double Bare)>();
    // Both sides are warm before they are measured: the runtime compiles a hot path three times.
    await load.MeasureAsync(method, $"{Host}/api/v1/requests", token, content, TimeSpan.FromSeconds(5));
    await load.MeasureAsync(method, $"{PeerUrl}/requests", null, content, TimeSpan.FromSeconds(5));
    for (var i = 0; i < 5; i++)
    {
        var own = await load.MeasureAsync(method, $"{Host}/api/v1/requests", token, content, TimeSpan.FromSeconds(3));
        var bare = await load.MeasureAsync(method, $"{PeerUrl}/requests", null, content, TimeSpan.FromSeconds(3));
        rounds.Add((own, bare));
    }

    var middle = rounds.OrderBy(r => r.Own / r.Bare).ElementAt(rounds.Count / 2);
    Console.WriteLine(
        $"{method} /requests: {middle.Own:F0}/s, bare Kestrel {middle.Bare:F0}/s, ratio {middle.Own / middle.Bare:F2} (median of 5)"
    );
}

host.Kill(entireProcessTree: true);
await host.WaitForExitAsync();
started.Restart();
using var again = Start("src/Api/bin/Release/net10.0/CloudManager.Api.dll", "--demo", "--data", folder, "--urls", Host);
await UntilAsync(client, $"{Host}/health/ready");
Console.WriteLine($"existing data folder, process start to ready: {started.Elapsed.TotalSeconds:F1} s");
again.Kill(entireProcessTree: true);
peer.Kill(entireProcessTree: true);
await Task.WhenAll(again.WaitForExitAsync(), peer.WaitForExitAsync());
Directory.Delete(folder, recursive: true);
return 0;

static Process Start(string program, params string[] arguments)
{
    var managed = program.EndsWith(".dll", StringComparison.Ordinal);
    var start = new ProcessStartInfo(managed ? "dotnet" : program, managed ? [program, .. arguments] : arguments)
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
    };
    start.Environment["CLOUDMANAGER_DEMO_PASSWORD"] = "bench-Passw0rd";
    var process = Process.Start(start)!;
    process.OutputDataReceived += (_, _) => { };
    process.BeginOutputReadLine();
    return process;
}

static async Task UntilAsync(HttpClient client, string url)
{
    for (var i = 0; i < 600; i++)
    {
        try
        {
            using var answer = await client.GetAsync(url);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
        }

        await Task.Delay(50);
    }

    throw new TimeoutException($"{url} did not answer");
}
