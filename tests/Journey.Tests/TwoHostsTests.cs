using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudManager.Adapters.Mock;
using CloudManager.Adapters.Sdk;
using CloudManager.Journey.Tests.Support;
using CloudManager.Tests.Databases;

namespace CloudManager.Journey.Tests;

/// <summary>Two processes of the host on one PostgreSQL database and one data folder.</summary>
public sealed class TwoHostsTests
{
    private const int Ordered = 3;

    [Fact]
    public async Task Both_serve_and_each_server_is_made_once()
    {
        Assert.SkipWhen(TestDatabase.WhyNoPostgres is not null, TestDatabase.WhyNoPostgres ?? "");
        await using var database = await TestDatabase.CreateAsync(Database.Postgres);
        var adapters = await WriteAdaptersAsync(database.Folder);
        string[] options = ["--demo", "--books", database.ConnectionString!];
        await using var first = await HostProcess.StartAsync(database.Folder, adapters, options);
        await using var second = await HostProcess.StartAsync(database.Folder, adapters, options);

        // Each request goes through both: what one process writes the other acts on.
        var ids = new[] { await OrderAsync(first, second), await OrderAsync(second, first) };
        foreach (var (id, host) in ids.Zip([second, first]))
        {
            await UntilTestingAsync(host, id);
        }

        var page = await second.CallAsync(HttpMethod.Get, "/api/v1/resources?limit=500", "technical");
        var inBooks = page["items"]!.AsArray().Select(r => r!["nativeId"]!.GetValue<string>()).Order().ToList();
        await first.KillAsync();
        await second.KillAsync();
        var inPool = await ServersInPoolAsync(database.Folder);
        Assert.Equal(2 * Ordered, inPool.Count);
        Assert.Equal(inPool.Select(s => s.Id.Value).Order(), inBooks);
    }

    [Theory]
    [InlineData("no connection string", "postgres://u:geheim@h/d", 2)]
    [InlineData("no database named", "Host=127.0.0.1;Password=geheim", 2)]
    [InlineData("a piece of a password is no keyword", "Host=h;Database=d;Password=a;geheim=1", 2)]
    [InlineData("a reference that leads nowhere", "env:CLOUDMANAGER_NO_SUCH_VARIABLE", 2)]
    [InlineData("nobody listens there", "Host=127.0.0.1;Port=1;Database=d;Username=u;Password=geheim", 1)]
    public async Task Books_that_cannot_be_had_stop_the_start(string because, string books, int code)
    {
        var folder = Directory.CreateTempSubdirectory("cloudmanager-").FullName;
        var dll = Path.Combine(AppContext.BaseDirectory, "CloudManager.Api.dll");
        var adapters = Path.Combine(Repository.Root, "adapters.json");
        var start = new ProcessStartInfo("dotnet", [dll, "--data", folder, "--adapters", adapters, "--books", books])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var host = Process.Start(start)!;
        var output = host.StandardOutput.ReadToEndAsync();
        var errors = await host.StandardError.ReadToEndAsync() + await output;
        await host.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);

        Assert.True(code == host.ExitCode, $"{because}: {host.ExitCode}\n{errors}");
        Assert.Contains("--books: ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", errors, StringComparison.Ordinal);
    }

    /// <summary>A request that is made through one process and decided through the other.</summary>
    private static async Task<string> OrderAsync(HostProcess one, HostProcess other)
    {
        var systems = await one.CallAsync(HttpMethod.Get, "/api/v1/systems", "tenant-a");
        var body = new JsonObject
        {
            ["type"] = "provision",
            ["system"] = systems["items"]![0]!["code"]!.GetValue<string>(),
            ["pool"] = "mock-a",
            ["reason"] = "two processes",
            ["lines"] = new JsonArray(
                new JsonObject
                {
                    ["item"] = "ecs-general",
                    ["quantity"] = Ordered,
                    ["spec"] = new JsonObject
                    {
                        ["vcpus"] = 4,
                        ["memoryGiB"] = 8,
                        ["image"] = "kylin-v10-x86",
                    },
                }
            ),
        };
        var created = await one.CallAsync(HttpMethod.Post, "/api/v1/requests", "tenant-a", body);
        var id = created["id"]!.GetValue<string>();
        await one.CallAsync(HttpMethod.Post, $"/api/v1/requests/{id}/submit", "tenant-a", new JsonObject());
        await other.CallAsync(HttpMethod.Post, $"/api/v1/requests/{id}/accept", "authority", new JsonObject());
        await one.CallAsync(HttpMethod.Post, $"/api/v1/requests/{id}/approve", "authority", new JsonObject());
        await other.CallAsync(
            HttpMethod.Post,
            $"/api/v1/requests/{id}/issue-test-order",
            "technical",
            new JsonObject()
        );
        return id;
    }

    private static async Task UntilTestingAsync(HostProcess host, string id)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            var request = await host.CallAsync(HttpMethod.Get, $"/api/v1/requests/{id}", "technical");
            var state = request["state"]!.GetValue<string>();
            if (state == "testing")
            {
                return;
            }

            Assert.Equal("testOrdered", state);
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(2), $"stuck: {request.ToJsonString()}\n{host.Output}");
            await Task.Delay(100);
        }
    }

    private static async Task<IReadOnlyList<CloudServer>> ServersInPoolAsync(string folder)
    {
        var settings = JsonDocument.Parse("""{"state": "mock-a.state"}""").RootElement;
        var context = new AdapterContext("mock-a", settings, folder, TimeProvider.System, TimeProvider.System);
        await using var pool = new MockAdapterFactory().Create(context);
        return await pool.Inventory!.ListServersAsync(CancellationToken.None).ToListAsync();
    }

    /// <summary>The shipped file with a cloud that stays when a process goes.</summary>
    private static async Task<string> WriteAdaptersAsync(string folder)
    {
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "adapters.json")))!;
        var pool = file["pools"]!.AsArray().First(p => p!["id"]!.GetValue<string>() == "mock-a")!;
        pool["settings"] = new JsonObject { ["state"] = "mock-a.state" };
        var path = Path.Combine(folder, "adapters.json");
        await File.WriteAllTextAsync(path, file.ToJsonString());
        return path;
    }
}
