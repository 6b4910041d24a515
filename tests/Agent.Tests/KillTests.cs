using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.Sdk;
using CloudManager.Journey.Tests.Support;

namespace CloudManager.Agent.Tests;

/// <summary>
/// The built agent is killed at random moments in the middle of creates and is started again on the same journal, beside
/// the built platform. In the end the servers in the cloud are those in the books are those ordered.
/// CLOUDMANAGER_KILLS says how often (3 if not given).
/// </summary>
public sealed class KillTests : IDisposable
{
    private const int Ordered = 12;
    private const string Key = "key-of-mock-a-0123456789abcdef";
    private readonly DirectoryInfo _platform = Directory.CreateTempSubdirectory("cloudmanager-platform-");
    private readonly DirectoryInfo _site = Directory.CreateTempSubdirectory("cloudmanager-site-");

    private readonly List<string> _log = [];

    [Fact]
    public async Task A_killed_agent_neither_loses_nor_doubles_a_server()
    {
        var kills = int.Parse(
            Environment.GetEnvironmentVariable("CLOUDMANAGER_KILLS") ?? "3",
            CultureInfo.InvariantCulture
        );
        var random = new Random(20240629);
        var platform = await HostProcess.StartAsync(_platform.FullName, await DeclareAsync(), "--demo");
        await using var stopping = platform;
        await WriteSiteAsync(platform.Client.BaseAddress!);
        var agent = Start();
        try
        {
            var id = await ApprovedAsync(platform);
            await platform.CallAsync(
                HttpMethod.Post,
                $"/api/v1/requests/{id}/issue-test-order",
                "technical",
                new JsonObject()
            );
            var patience = Stopwatch.StartNew();
            while (await StateAsync(platform, id) != "testing")
            {
                Assert.True(patience.Elapsed < TimeSpan.FromMinutes(2), Told(platform));
                await Task.Delay(random.Next(100, 600));
                if (kills-- > 0)
                {
                    agent.Kill();
                    await agent.WaitForExitAsync();
                    agent.Dispose();
                    agent = Start();
                }
            }

            var pool = await platform.CallAsync(HttpMethod.Get, "/api/v1/pools/mock-a", "technical");
            Assert.Contains(
                pool["health"]!["agents"]!.AsArray(),
                each => each!["name"]!.GetValue<string>() == "killed"
            );
            var books = await BooksAsync(platform);
            Assert.Equal(Ordered, books.Count);
            Assert.Equal((await CloudAsync()).Order(), books.Order());
        }
        finally
        {
            agent.Kill();
            await agent.WaitForExitAsync();
            agent.Dispose();
        }
    }

    public void Dispose()
    {
        _platform.Delete(recursive: true);
        _site.Delete(recursive: true);
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, WorkingDirectory = _site.FullName };
        string[] arguments =
        [
            Built("src/Cli", "CloudManager.Cli.dll"),
            "agent",
            "--config",
            Path.Combine(_site.FullName, "agent.json"),
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        var agent = Process.Start(start)!;
        agent.OutputDataReceived += (_, line) => Keep(line.Data);
        agent.ErrorDataReceived += (_, line) => Keep(line.Data);
        agent.BeginOutputReadLine();
        agent.BeginErrorReadLine();
        return agent;
    }

    /// <summary>As it is built itself: beside these tests it would find the host's libraries in place of its own.</summary>
    private static string Built(string project, string name)
    {
        var tests = Path.Combine(Repository.Root, "tests", "Agent.Tests");
        return Path.Combine(Repository.Root, project, Path.GetRelativePath(tests, AppContext.BaseDirectory), name);
    }

    private void Keep(string? line)
    {
        lock (_log)
        {
            _log.Add(line ?? "");
        }
    }

    private string Told(HostProcess platform)
    {
        lock (_log)
        {
            return $"{platform.Output}\n---- agent\n{string.Join('\n', _log)}";
        }
    }

    private static async Task<string> StateAsync(HostProcess platform, string id) =>
        (await platform.CallAsync(HttpMethod.Get, $"/api/v1/requests/{id}", "technical"))["state"]!.GetValue<string>();

    private static async Task<List<string>> BooksAsync(HostProcess platform)
    {
        var page = await platform.CallAsync(HttpMethod.Get, "/api/v1/resources?limit=500", "technical");
        return
        [
            .. page["items"]!
                .AsArray()
                .Where(each => each!["state"]!.GetValue<string>() == "testing")
                .Select(each => each!["nativeId"]!.GetValue<string>()),
        ];
    }

    /// <summary>What the mock's state file holds.</summary>
    private async Task<List<string>> CloudAsync()
    {
        var settings = JsonElement.Parse("""{"state": "site.state"}""");
        var context = new AdapterContext("mock-a", settings, _site.FullName, TimeProvider.System, TimeProvider.System);
        await using var pool = new MockAdapterFactory().Create(context);
        return await pool.Inventory!.ListServersAsync(CancellationToken.None).Select(it => it.Id.Value).ToListAsync();
    }

    private static async Task<string> ApprovedAsync(HostProcess host)
    {
        var systems = await host.CallAsync(HttpMethod.Get, "/api/v1/systems", "tenant-a");
        var line = new JsonObject
        {
            ["item"] = "ecs-general",
            ["quantity"] = Ordered,
            ["spec"] = new JsonObject
            {
                ["vcpus"] = 4,
                ["memoryGiB"] = 8,
                ["image"] = "kylin-v10-x86",
            },
        };
        var body = new JsonObject
        {
            ["type"] = "provision",
            ["system"] = systems["items"]![0]!["code"]!.GetValue<string>(),
            ["pool"] = "mock-a",
            ["reason"] = "kill test",
            ["lines"] = new JsonArray(line),
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

    /// <summary>The shipped file with mock-a behind an agent.</summary>
    private async Task<string> DeclareAsync()
    {
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "adapters.json")))!;
        var pool = file["pools"]!.AsArray().First(each => each!["id"]!.GetValue<string>() == "mock-a")!;
        pool["adapter"] = "Agent";
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Key)));
        pool["settings"] = new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject { ["name"] = "site-key", ["sha256"] = hash }),
        };
        return await WriteAsync(_platform, "adapters.json", file);
    }

    private async Task WriteSiteAsync(Uri platform)
    {
        var faults = """
            {
              "createServer": [{ "kind": "timeoutAfterSuccess", "probability": 0.2 }, { "kind": "slow", "probability": 0.9 }],
              "*": [{ "kind": "unavailable", "probability": 0.05 }]
            }
            """;
        var pool = new JsonObject
        {
            ["id"] = "mock-a",
            ["name"] = "池",
            ["provider"] = "provider-a",
            ["region"] = "430000",
            ["kind"] = "new",
            ["adapter"] = "Mock",
            ["settings"] = new JsonObject
            {
                ["seed"] = 7,
                ["state"] = "site.state",
                ["slowMilliseconds"] = 400,
                ["faults"] = JsonNode.Parse(faults),
            },
            ["limits"] = new JsonObject { ["concurrency"] = 4 },
        };
        await WriteAsync(_site, "adapters.json", new JsonObject { ["pools"] = new JsonArray(pool) });
        await File.WriteAllTextAsync(Path.Combine(_site.FullName, "key"), Key);
        var agent = new JsonObject
        {
            ["name"] = "killed",
            ["platforms"] = new JsonArray(platform.ToString()),
            ["pools"] = new JsonObject { ["mock-a"] = new JsonObject { ["secret"] = "file:key" } },
        };
        await WriteAsync(_site, "agent.json", agent);
    }

    private static async Task<string> WriteAsync(DirectoryInfo folder, string name, JsonNode content)
    {
        var path = Path.Combine(folder.FullName, name);
        await File.WriteAllTextAsync(path, content.ToJsonString());
        return path;
    }
}
