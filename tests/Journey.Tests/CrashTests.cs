using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.Sdk;
using CloudManager.Journey.Tests.Support;

namespace CloudManager.Journey.Tests;

/// <summary>
/// The host is killed at random moments while it delivers servers on a pool that fails in every way, and is started
/// again each time. In the end the servers in the pool are those in the books and those ordered, none twice, none
/// orphaned. CLOUDMANAGER_KILLS says how often (3 if not given).
/// </summary>
public sealed class CrashTests : IDisposable
{
    private const int Ordered = 20;
    private const string Faults = """
        {
          "createServer": [
            { "kind": "timeoutAfterSuccess", "probability": 0.2 },
            { "kind": "unavailable", "probability": 0.1 },
            { "kind": "throttled", "probability": 0.1 },
            { "kind": "slow", "probability": 0.5 }
          ],
          "*": [{ "kind": "unavailable", "probability": 0.05 }, { "kind": "slow", "probability": 0.2 }]
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("cloudmanager-").FullName;

    [Fact]
    public async Task A_killed_host_neither_loses_nor_doubles_a_server()
    {
        var kills = int.Parse(
            Environment.GetEnvironmentVariable("CLOUDMANAGER_KILLS") ?? "3",
            CultureInfo.InvariantCulture
        );
        var random = new Random(20240628);
        var adapters = await WriteAdaptersAsync();
        var host = await HostProcess.StartAsync(_folder, adapters, "--demo");
        var requests = 0;
        try
        {
            do
            {
                var id = await ApprovedAsync(host);
                requests++;
                (host, kills) = await DeliverAsync(host, id, kills, random, adapters);
            } while (kills > 0);

            await CompareAsync(host, requests);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Takes the request to delivery; while orders are at work the host is killed and started again.</summary>
    private async Task<(HostProcess Host, int Kills)> DeliverAsync(
        HostProcess host,
        string id,
        int kills,
        Random random,
        string adapters
    )
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var request = await host.CallAsync(HttpMethod.Get, $"/api/v1/requests/{id}", "technical");
            var state = request["state"]!.GetValue<string>();
            if (state == "delivered")
            {
                return (host, kills);
            }

            if (state is "testOrdered" or "deliveryOrdered")
            {
                Assert.True(
                    patience.Elapsed < TimeSpan.FromMinutes(3),
                    $"stuck: {request.ToJsonString()}\n{host.Output}"
                );
                await Task.Delay(random.Next(20, 500));
                if (kills > 0)
                {
                    kills--;
                    await host.KillAsync();
                    await host.DisposeAsync();
                    host = await HostProcess.StartAsync(_folder, adapters, "--demo");
                    patience.Restart();
                }
            }
            else
            {
                await StepAsync(host, id, state);
            }
        }
    }

    private static async Task StepAsync(HostProcess host, string id, string state)
    {
        var (account, action, body) = state switch
        {
            "approved" => ("technical", "issue-test-order", new JsonObject()),
            "testing" => ("tenant-a", "submit-test-report", new JsonObject { ["summary"] = "passed" }),
            "tested" => ("technical", "advise", new JsonObject { ["lines"] = Lines(8, 16) }),
            "advised" => ("technical", "file-advice", new JsonObject()),
            "filed" => ("technical", "issue-delivery-order", new JsonObject()),
            _ => throw new InvalidOperationException($"the request went to {state}"),
        };
        await host.CallAsync(HttpMethod.Post, $"/api/v1/requests/{id}/{action}", account, body);
    }

    private static async Task<string> ApprovedAsync(HostProcess host)
    {
        var systems = await host.CallAsync(HttpMethod.Get, "/api/v1/systems", "tenant-a");
        var body = new JsonObject
        {
            ["type"] = "provision",
            ["system"] = systems["items"]![0]!["code"]!.GetValue<string>(),
            ["pool"] = "mock-a",
            ["reason"] = "crash test",
            ["lines"] = Lines(4, 8),
        };
        var created = await host.CallAsync(HttpMethod.Post, "/api/v1/requests", "tenant-a", body);
        var id = created["id"]!.GetValue<string>();
        foreach (
            var (account, action) in ((string, string)[])
                [("tenant-a", "submit"), ("authority", "accept"), ("authority", "approve")]
        )
        {
            await host.CallAsync(HttpMethod.Post, $"/api/v1/requests/{id}/{action}", account, new JsonObject());
        }

        return id;
    }

    private static JsonArray Lines(int vcpus, int memoryGiB) =>
        [
            new JsonObject
            {
                ["item"] = "ecs-general",
                ["quantity"] = Ordered,
                ["spec"] = new JsonObject
                {
                    ["vcpus"] = vcpus,
                    ["memoryGiB"] = memoryGiB,
                    ["image"] = "kylin-v10-x86",
                },
            },
        ];

    private async Task CompareAsync(HostProcess host, int requests)
    {
        var inBooks = new List<string>();
        string? cursor = null;
        do
        {
            var query = cursor is null ? "" : $"&cursor={cursor}";
            var page = await host.CallAsync(HttpMethod.Get, $"/api/v1/resources?limit=500{query}", "technical");
            inBooks.AddRange(
                page["items"]!
                    .AsArray()
                    .Where(r => r!["state"]!.GetValue<string>() == "delivered")
                    .Select(r => r!["nativeId"]!.GetValue<string>())
            );
            cursor = page["next"]?.GetValue<string>();
        } while (cursor is not null);

        await host.KillAsync();
        var inPool = await ServersInPoolAsync();
        Assert.Equal(Ordered * requests, inPool.Count);
        Assert.Equal(inPool.Select(s => s.Id.Value).Order(), inBooks.Order());
        Assert.Equal(inPool.Count, inPool.Select(s => s.Key).Distinct().Count());
        Assert.All(inPool, s => Assert.Equal(new ServerSize(8, 16), s.Size));
    }

    private async Task<IReadOnlyList<CloudServer>> ServersInPoolAsync()
    {
        var settings = JsonDocument.Parse("""{"state": "mock-a.state"}""").RootElement;
        var context = new AdapterContext("mock-a", settings, _folder, TimeProvider.System, TimeProvider.System);
        await using var pool = new MockAdapterFactory().Create(context);
        var servers = new List<CloudServer>();
        await foreach (var server in pool.Inventory!.ListServersAsync(CancellationToken.None))
        {
            servers.Add(server);
        }

        return servers;
    }

    /// <summary>The shipped file with faults in mock-a.</summary>
    private async Task<string> WriteAdaptersAsync()
    {
        var shipped = Path.Combine(Repository.Root, "adapters.json");
        var file = JsonNode.Parse(await File.ReadAllTextAsync(shipped))!;
        var pool = file["pools"]!.AsArray().First(p => p!["id"]!.GetValue<string>() == "mock-a")!;
        pool["settings"] = new JsonObject
        {
            ["seed"] = 7,
            ["state"] = "mock-a.state",
            ["faults"] = JsonNode.Parse(Faults),
        };
        var path = Path.Combine(_folder, "adapters.json");
        await File.WriteAllTextAsync(path, file.ToJsonString());
        return path;
    }
}
