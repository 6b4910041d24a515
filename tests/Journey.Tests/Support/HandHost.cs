using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace CloudManager.Journey.Tests.Support;

/// <summary>The built host with a pool that nothing can call, spoken to over HTTP by everybody of the story.</summary>
internal sealed class HandHost : IAsyncDisposable
{
    public const string Pool = "hand-a";

    private const string Declaration = """
        {"id":"hand-a","name":"行业专有机房","provider":"provider-a","region":"430000","kind":"new","adapter":"Manual",
         "settings":{"limits":{"largestVolumeGiB":2000,"largestBandwidthMbps":200},
           "flavours":[{"flavour":"s","vcpus":2,"memoryGiB":4},{"flavour":"m","vcpus":4,"memoryGiB":8},{"flavour":"l","vcpus":8,"memoryGiB":16}],
           "images":["kylin-v10"],"volumeTypes":["san"]},
         "mapping":{
           "flavours":[{"vcpus":2,"memoryGiB":4,"flavour":"s"},{"vcpus":4,"memoryGiB":8,"flavour":"m"},{"vcpus":8,"memoryGiB":16,"flavour":"l"}],
           "images":{"kylin-v10-x86":"kylin-v10"},"volumeTypes":{"vol-ssd":"san"}}}
        """;

    private readonly string _folder;
    private readonly HostProcess _host;

    private HandHost(string folder, HostProcess host) => (_folder, _host) = (folder, host);

    public static async Task<HandHost> StartAsync(string clock)
    {
        var folder = Directory.CreateTempSubdirectory("cloudmanager-").FullName;
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "adapters.json"));
        var declared = JsonNode.Parse(text)!;
        declared.AsObject().Remove("$schema");
        declared["pools"]!.AsArray().Add(JsonNode.Parse(Declaration));
        var file = Path.Combine(folder, "adapters.json");
        await File.WriteAllTextAsync(file, declared.ToJsonString());
        return new HandHost(folder, await HostProcess.StartAsync(folder, file, "--demo", "--clock", clock));
    }

    public Task<JsonNode> GetAsync(string account, string path) =>
        _host.CallAsync(HttpMethod.Get, $"/api/v1{path}", account);

    public Task<JsonNode> PostAsync(string account, string path, object? body = null) =>
        _host.CallAsync(HttpMethod.Post, $"/api/v1{path}", account, body ?? new JsonObject());

    public Task<JsonNode> PostAsync(string account, string path, string json) =>
        PostAsync(account, path, (object)JsonNode.Parse(json)!);

    public Task<JsonNode> HandInAsync(string account, string path, string csv) =>
        _host.CallAsync(HttpMethod.Post, $"/api/v1{path}", account, Csv(csv));

    /// <summary>What is refused: its code, and each field at fault.</summary>
    public async Task<(HttpStatusCode Status, string Code, IReadOnlyList<JsonNode> Errors)> RefusedAsync(
        string account,
        string path,
        string json
    )
    {
        var (status, body) = await _host.SendAsync(HttpMethod.Post, $"/api/v1{path}", account, JsonNode.Parse(json));
        return (status, body!["code"]!.GetValue<string>(), [.. body["errors"]!.AsArray().Select(e => e!)]);
    }

    /// <summary>A step of a request, which must lead to the state.</summary>
    public async Task<JsonNode> StepAsync(string id, string action, string account, string state, string json = "{}")
    {
        var answer = await PostAsync(account, $"/requests/{id}/{action}", json);
        Assert.Equal(state, answer["state"]!.GetValue<string>());
        return answer;
    }

    public async Task AdvanceAsync(string to)
    {
        var answer = await PostAsync("technical", "/demo/clock", $$"""{"advanceTo":"{{to}}"}""");
        Assert.Equal("[]", answer["troubles"]!.ToJsonString());
    }

    /// <summary>Waits until the platform has gone on by itself.</summary>
    public async Task UntilAsync(string path, string account, string state)
    {
        for (var i = 0; i < 300; i++)
        {
            if ((await GetAsync(account, path))["state"]!.GetValue<string>() == state)
            {
                return;
            }

            await Task.Delay(100);
        }

        Assert.Fail($"{path} did not become {state}: {await GetAsync(account, path)}");
    }

    /// <summary>The one open order of a request, with its tasks.</summary>
    public async Task<JsonNode> OrderAsync(string request)
    {
        var open = await GetAsync("provider-a", $"/work-orders?request={request}&state=issued");
        var id = Assert.Single(open["items"]!.AsArray())!["id"]!.GetValue<string>();
        return await GetAsync("provider-a", $"/work-orders/{id}");
    }

    /// <summary>Samples of every five minutes in [from, until), for each server the same.</summary>
    public static string Samples(IEnumerable<string> servers, string from, string until)
    {
        var csv = new StringBuilder("实例ID,时刻,CPU%,内存%,磁盘%,流入字节,流出字节\n");
        foreach (var server in servers)
        {
            for (var at = Instant(from); at < Instant(until); at = at.AddMinutes(5))
            {
                csv.Append(
                    CultureInfo.InvariantCulture,
                    $"{server},{at:yyyy-MM-dd'T'HH:mm:sszzz},60,55.5,30,1000,2000\n"
                );
            }
        }

        return csv.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static ByteArrayContent Csv(string text)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return content;
    }
}
