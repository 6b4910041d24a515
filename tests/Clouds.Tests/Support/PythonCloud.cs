using System.Diagnostics;
using System.Text.Json.Nodes;
using CloudManager.Journey.Tests.Support;

namespace CloudManager.Clouds.Tests.Support;

/// <summary>The reference provider of the open interface (开放接口) in Python, as a process of its own.</summary>
internal sealed class PythonCloud(Process process, string address) : IOtherCloud
{
    public static bool CanRun =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "python3")));

    public static async Task<IOtherCloud> StartAsync()
    {
        var script = Path.Combine(Repository.Root, "samples", "open-provider-python", "provider.py");
        string[] words = ["-B", script, "--port", "0", "--key", OpenCloud.Key, "--settle", "0.1", "--steady", "55"];
        var start = new ProcessStartInfo("python3", words) { RedirectStandardOutput = true, UseShellExecute = false };
        var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var address = await process.StandardOutput.ReadLineAsync(patience.Token);
        Assert.StartsWith("http://127.0.0.1:", address, StringComparison.Ordinal);
        return new PythonCloud(process, address!);
    }

    public IReadOnlyDictionary<string, JsonNode> Declare(JsonObject pool, string folder)
    {
        pool["adapter"] = "OpenInterface";
        pool["settings"] = OpenCloud.Settings(folder, address);
        pool["mapping"] = Declared.Mapping([(2, 4, "p2-4"), (4, 8, "p4-8"), (8, 16, "p8-16")], "kylin-v10-x86", "ssd");
        return new Dictionary<string, JsonNode>();
    }

    public async Task<int> CountServersAsync()
    {
        using var handler = new HttpClientHandler { UseProxy = false };
        using var http = new HttpClient(handler) { BaseAddress = new Uri(address) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", OpenCloud.Key);
        var page = JsonNode.Parse(await http.GetStringAsync("/open/v1/servers"));
        return page!["items"]!.AsArray().Count;
    }

    public ValueTask DisposeAsync()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        return ValueTask.CompletedTask;
    }
}
