using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.Sdk;
using CloudManager.Journey.Tests.Support;

namespace CloudManager.Journey.Tests.OpenInterface;

/// <summary>A city's installation is a pool of its province's: two hosts, one story through both.</summary>
public sealed class TwoInstallationsTests : IDisposable
{
    private const string ProvinceKey = "province-0123456789abcdef";
    private const string OtherKey = "neighbour-0123456789abcdef";
    private const string Asked = """
        [{"item": "ecs-general", "quantity": 2, "spec": {"vcpus": 4, "memoryGiB": 8, "image": "kylin-v10-x86"}},
         {"item": "vol-ssd", "quantity": 1, "spec": {"sizeGiB": 100, "attachTo": 1}},
         {"item": "eip", "quantity": 1, "spec": {"bandwidthMbps": 10, "attachTo": 1}}]
        """;

    private readonly string _below = Directory.CreateTempSubdirectory("cloudmanager-city-").FullName;
    private readonly string _above = Directory.CreateTempSubdirectory("cloudmanager-province-").FullName;

    [Fact]
    public async Task Art16_a_request_of_the_province_is_served_by_the_citys_cloud_and_nothing_is_left()
    {
        await using var city = await HostProcess.StartAsync(_below, CityFile(), "--demo");
        await using var province = await HostProcess.StartAsync(_above, ProvinceFile(city), "--demo");
        await PassesAsync(province);

        var systems = await province.CallAsync(HttpMethod.Get, "/api/v1/systems", "tenant-a");
        var system = systems["items"]![0]!["code"]!.GetValue<string>();
        var id = await OrderAsync(province, system);
        await InServiceAsync(province, id);
        var made = await OwnAsync(city, ProvinceKey, "servers");
        Assert.Equal(2, made.Count);
        var ours = await ResourcesAsync(province);
        Assert.All(made, server => Assert.Contains((string?)server!["id"], ours));

        await KnowsWhoseAsync(city);
        await IsClosedToOthersAsync(city, (string)made[0]!["id"]!);

        await DeregisterAsync(province, system);
        foreach (var kind in new[] { "servers", "volumes", "addresses" })
        {
            Assert.Empty(await OwnAsync(city, ProvinceKey, kind));
        }

        var left = await province.CallAsync(HttpMethod.Get, "/api/v1/resources?limit=500", "technical");
        Assert.All(left["items"]!.AsArray(), it => Assert.Equal("reclaimed", (string?)it!["state"]));
        await city.KillAsync();
        Assert.Empty(await InCloudAsync());
    }

    public void Dispose()
    {
        Directory.Delete(_below, recursive: true);
        Directory.Delete(_above, recursive: true);
    }

    /// <summary>The conformance suite runs through both.</summary>
    private static async Task PassesAsync(HostProcess province)
    {
        var run = await province.CallAsync(HttpMethod.Post, "/api/v1/pools/mock-a/conformance", "technical");
        var path = $"/api/v1/conformance/{(string)run["id"]!}";
        await UntilAsync(
            async () =>
                (string?)(await province.CallAsync(HttpMethod.Get, path, "technical"))["state"] is not "running",
            () => province.Output
        );
        var report = await province.CallAsync(HttpMethod.Get, $"{path}/report?format=json", "technical");
        var failed = report["results"]!.AsArray().Where(it => (string?)it!["outcome"] is "Failed");
        Assert.True(!failed.Any(), string.Join("\n", failed.Select(it => it!.ToJsonString())));
        Assert.Contains(report["results"]!.AsArray(), it => (string?)it!["outcome"] is "Passed");
    }

    private static async Task<string> OrderAsync(HostProcess province, string system)
    {
        var body = JsonNode.Parse(
            $$"""{"type": "provision", "system": "{{system}}", "pool": "mock-a", "reason": "city", "lines": {{Asked}}}"""
        );
        var created = await province.CallAsync(HttpMethod.Post, "/api/v1/requests", "tenant-a", body);
        return (string)created["id"]!;
    }

    private static async Task InServiceAsync(HostProcess province, string id)
    {
        await StepAsync(province, id, "submit", "tenant-a");
        await StepAsync(province, id, "accept", "authority");
        await StepAsync(province, id, "approve", "authority");
        await StepAsync(province, id, "issue-test-order", "technical");
        await UntilStateAsync(province, id, "testing");
        await StepAsync(province, id, "submit-test-report", "tenant-a", """{"summary": "fits"}""");
        await StepAsync(province, id, "advise", "technical", $$"""{"lines": {{Asked}}}""");
        await StepAsync(province, id, "file-advice", "technical");
        await StepAsync(province, id, "issue-delivery-order", "technical");
        await UntilStateAsync(province, id, "delivered");
        await StepAsync(province, id, "confirm", "tenant-a");
    }

    private static async Task DeregisterAsync(HostProcess province, string system)
    {
        var held = await province.CallAsync(HttpMethod.Get, "/api/v1/resources?limit=500", "tenant-a");
        var lines = new JsonArray();
        foreach (var resource in held["items"]!.AsArray().Where(it => (string?)it!["state"] == "inService"))
        {
            lines.Add(new JsonObject { ["resource"] = (string)resource!["id"]!, ["remove"] = true });
        }

        var body = new JsonObject
        {
            ["type"] = "deregistration",
            ["system"] = system,
            ["reason"] = "ended",
            ["lines"] = lines,
        };
        var created = await province.CallAsync(HttpMethod.Post, "/api/v1/requests", "tenant-a", body);
        var id = (string)created["id"]!;
        await StepAsync(province, id, "submit", "tenant-a");
        await StepAsync(province, id, "approve", "authority");
        await StepAsync(province, id, "issue-reclaim-order", "technical");
        await StepAsync(province, id, "confirm-backup", "tenant-a");
        await StepAsync(province, id, "confirm-cleaned", "tenant-a");
        await ReclaimedAsync(province, id);
    }

    /// <summary>The provider gives its word once all is gone.</summary>
    private static async Task ReclaimedAsync(HostProcess province, string id)
    {
        await UntilAsync(
            async () =>
            {
                var orders = await province.CallAsync(HttpMethod.Get, $"/api/v1/work-orders?request={id}", "technical");
                foreach (var order in orders["items"]!.AsArray())
                {
                    await province.SendAsync(
                        HttpMethod.Post,
                        $"/api/v1/work-orders/{(string)order!["id"]!}/complete",
                        "provider-a",
                        new { evidence = "erased, report 7", statement = "nothing can be recovered" }
                    );
                }

                return await StateAsync(province, id) == "reclaimed";
            },
            () => province.Output
        );
    }

    /// <summary>The city's own inventory lists what is the province's as the province's, and finds nothing about it.</summary>
    private static async Task KnowsWhoseAsync(HostProcess city)
    {
        await city.CallAsync(HttpMethod.Post, "/api/v1/jobs/sync-inventory/run", "technical");
        JsonArray items = [];
        await UntilAsync(
            async () =>
            {
                var page = await city.CallAsync(HttpMethod.Get, "/api/v1/pools/mock-a/inventory", "technical");
                items = page["items"]!.AsArray();
                // Between two full listings a run looks at servers only.
                return items.Count(it => (string?)it!["kind"] == "server") >= 2;
            },
            () => city.Output
        );
        Assert.All(items, it => Assert.Equal(("province", true), ((string?)it!["client"], (bool)it["known"]!)));
        var unknown = await city.CallAsync(HttpMethod.Get, "/api/v1/pools/mock-a/inventory?known=false", "technical");
        Assert.Empty(unknown["items"]!.AsArray());
        var findings = await city.CallAsync(HttpMethod.Get, "/api/v1/findings", "technical");
        Assert.DoesNotContain(
            findings["items"]!.AsArray(),
            it => (string?)it!["kind"] is "unknownResource" or "orphan" && (string?)it["state"] == "open"
        );
    }

    /// <summary>Another installation's key, and none, reach nothing of the province's.</summary>
    private static async Task IsClosedToOthersAsync(HostProcess city, string server)
    {
        Assert.Empty(await OwnAsync(city, OtherKey, "servers"));
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(city, HttpMethod.Get, $"servers/{server}", OtherKey));
        Assert.Equal(
            HttpStatusCode.NotFound,
            await SendAsync(city, HttpMethod.Post, $"servers/{server}/stop", OtherKey)
        );
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(city, HttpMethod.Delete, $"servers/{server}", OtherKey));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(city, HttpMethod.Get, $"servers/{server}", ProvinceKey));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(city, HttpMethod.Get, "servers", "wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(city, HttpMethod.Get, "servers", null));
    }

    private static async Task StepAsync(HostProcess host, string id, string action, string by, string body = "{}") =>
        await host.CallAsync(HttpMethod.Post, $"/api/v1/requests/{id}/{action}", by, JsonNode.Parse(body));

    private static async Task<string?> StateAsync(HostProcess host, string id) =>
        (string?)(await host.CallAsync(HttpMethod.Get, $"/api/v1/requests/{id}", "technical"))["state"];

    private static Task UntilStateAsync(HostProcess host, string id, string state) =>
        UntilAsync(async () => await StateAsync(host, id) == state, () => host.Output);

    private static async Task UntilAsync(Func<Task<bool>> isSo, Func<string> output)
    {
        var patience = Stopwatch.StartNew();
        while (!await isSo())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(2), output());
            await Task.Delay(100);
        }
    }

    private static async Task<HashSet<string?>> ResourcesAsync(HostProcess host)
    {
        var page = await host.CallAsync(HttpMethod.Get, "/api/v1/resources?limit=500", "technical");
        return [.. page["items"]!.AsArray().Select(it => (string?)it!["nativeId"])];
    }

    private static async Task<JsonArray> OwnAsync(HostProcess city, string key, string kind)
    {
        using var call = Call(HttpMethod.Get, kind, key);
        using var answer = await city.Client.SendAsync(call);
        var page = await answer.Content.ReadFromJsonAsync<JsonNode>();
        Assert.True(answer.IsSuccessStatusCode, page?.ToJsonString());
        return page!["items"]!.AsArray();
    }

    private static async Task<HttpStatusCode> SendAsync(HostProcess city, HttpMethod method, string path, string? key)
    {
        using var call = Call(method, path, key);
        using var answer = await city.Client.SendAsync(call);
        return answer.StatusCode;
    }

    private static HttpRequestMessage Call(HttpMethod method, string path, string? key)
    {
        var call = new HttpRequestMessage(method, $"/open/v1/{path}");
        if (key is not null)
        {
            call.Headers.Authorization = new("Bearer", key);
        }

        return call;
    }

    private string CityFile()
    {
        var file = Shipped();
        Pool(file)["settings"] = new JsonObject { ["state"] = "mock-a.state" };
        var clients = new JsonArray();
        foreach (var (client, key) in new[] { ("province", ProvinceKey), ("neighbour", OtherKey) })
        {
            File.WriteAllText(Path.Combine(_below, $"{client}.key"), key);
            clients.Add(
                new JsonObject
                {
                    ["client"] = client,
                    ["pool"] = "mock-a",
                    ["key"] = $"file:{client}.key",
                }
            );
        }

        file["openInterface"] = clients;
        return Write(_below, file);
    }

    private string ProvinceFile(HostProcess city)
    {
        var file = Shipped();
        File.WriteAllText(Path.Combine(_above, "city.key"), ProvinceKey);
        var pool = Pool(file);
        pool["adapter"] = "OpenInterface";
        pool["settings"] = new JsonObject
        {
            ["baseUrl"] = city.Client.BaseAddress!.ToString(),
            ["key"] = "file:city.key",
            ["useProxy"] = false,
        };
        return Write(_above, file);
    }

    private static JsonNode Shipped() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "adapters.json")))!;

    private static JsonNode Pool(JsonNode file) =>
        file["pools"]!.AsArray().First(pool => (string?)pool!["id"] == "mock-a")!;

    private static string Write(string folder, JsonNode file)
    {
        var path = Path.Combine(folder, "adapters.json");
        File.WriteAllText(path, file.ToJsonString());
        return path;
    }

    private async Task<IReadOnlyList<string>> InCloudAsync()
    {
        var settings = JsonElement.Parse("""{"state": "mock-a.state"}""");
        var context = new AdapterContext("mock-a", settings, _below, TimeProvider.System, TimeProvider.System);
        await using var pool = new MockAdapterFactory().Create(context);
        var none = CancellationToken.None;
        var inventory = pool.Inventory!;
        return
        [
            .. await inventory.ListServersAsync(none).Select(it => it.Name).ToListAsync(none),
            .. await inventory.ListVolumesAsync(none).Select(it => it.Name).ToListAsync(none),
            .. await inventory.ListAddressesAsync(none).Select(it => it.Address).ToListAsync(none),
        ];
    }
}
