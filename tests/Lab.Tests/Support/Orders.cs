using System.Diagnostics;
using System.Text.Json.Nodes;
using CloudManager.Journey.Tests.Support;

namespace CloudManager.Lab.Tests.Support;

/// <summary>What is ordered, and the way of a request as the parties walk it over the API.</summary>
internal static class Orders
{
    private const string System = "a-social-security";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(6);

    public static JsonObject Servers(int quantity, int vcpus, int memoryGiB, string image = "kylin-v10-x86") =>
        Line(
            "ecs-general",
            quantity,
            new()
            {
                ["vcpus"] = vcpus,
                ["memoryGiB"] = memoryGiB,
                ["image"] = image,
            }
        );

    public static JsonObject Volumes(int quantity, int sizeGiB) =>
        Line("vol-ssd", quantity, new() { ["sizeGiB"] = sizeGiB, ["attachTo"] = 1 });

    public static JsonObject Address() => Line("eip", 1, new() { ["bandwidthMbps"] = 10, ["attachTo"] = 1 });

    /// <summary>A request that the authority has approved.</summary>
    public static async Task<string> ApprovedAsync(HostProcess host, string pool, params JsonObject[] lines)
    {
        var body = new JsonObject
        {
            ["type"] = "provision",
            ["system"] = System,
            ["pool"] = pool,
            ["reason"] = "lab",
            ["lines"] = Copy(lines),
        };
        var created = await host.CallAsync(HttpMethod.Post, "/api/v1/requests", "tenant-a", body);
        var id = created["id"]!.GetValue<string>();
        foreach (
            var (account, action) in ((string, string)[])
                [("tenant-a", "submit"), ("authority", "accept"), ("authority", "approve")]
        )
        {
            await ActAsync(host, id, account, action);
        }

        return id;
    }

    /// <summary>An approved request whose test runs.</summary>
    public static async Task<string> TestingAsync(HostProcess host, string pool, params JsonObject[] lines)
    {
        var id = await ApprovedAsync(host, pool, lines);
        await ActAsync(host, id, "technical", "issue-test-order");
        await WaitAsync(host, id, "testing");
        return id;
    }

    /// <summary>From the test to delivery of what is advised.</summary>
    public static async Task DeliverAsync(HostProcess host, string id, params JsonObject[] advice)
    {
        await ReportAsync(host, id, advice);
        await ActAsync(host, id, "technical", "issue-delivery-order");
        await WaitAsync(host, id, "delivered");
    }

    /// <summary>From the test to the filed advice.</summary>
    public static async Task ReportAsync(HostProcess host, string id, params JsonObject[] advice)
    {
        await ActAsync(host, id, "tenant-a", "submit-test-report", new JsonObject { ["summary"] = "passed" });
        await ActAsync(host, id, "technical", "advise", new JsonObject { ["lines"] = Copy(advice) });
        await ActAsync(host, id, "technical", "file-advice");
    }

    /// <summary>Ends all that the system has, as far as the provider's word that it is destroyed.</summary>
    public static async Task<string> ReclaimedAsync(HostProcess host)
    {
        var body = new JsonObject
        {
            ["type"] = "deregistration",
            ["system"] = System,
            ["reason"] = "lab",
            ["lines"] = new JsonArray(),
        };
        var created = await host.CallAsync(HttpMethod.Post, "/api/v1/requests", "tenant-a", body);
        var id = created["id"]!.GetValue<string>();
        foreach (
            var (account, action) in ((string, string)[])
                [
                    ("tenant-a", "submit"),
                    ("authority", "approve"),
                    ("technical", "issue-reclaim-order"),
                    ("tenant-a", "confirm-backup"),
                    ("tenant-a", "confirm-cleaned"),
                ]
        )
        {
            await ActAsync(host, id, account, action);
        }

        var orders = await host.CallAsync(HttpMethod.Get, $"/api/v1/work-orders?request={id}", "provider-a");
        var path = $"/api/v1/work-orders/{Text(orders["items"]![0]!, "id")}/complete";
        var word = new { evidence = "erased", statement = "not recoverable" };
        var taken = await Patience.UntilAsync(async () =>
            (int)(await host.SendAsync(HttpMethod.Post, path, "provider-a", word)).Status < 300
        );
        Assert.True(taken, $"{orders.ToJsonString()}\n{host.Output}");
        await WaitAsync(host, id, "reclaimed");
        return id;
    }

    public static Task<JsonNode> ActAsync(
        HostProcess host,
        string id,
        string account,
        string action,
        JsonObject? body = null
    ) => host.CallAsync(HttpMethod.Post, $"/api/v1/requests/{id}/{action}", account, body ?? []);

    public static async Task<JsonNode> WaitAsync(HostProcess host, string id, string state)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            var request = await host.CallAsync(HttpMethod.Get, $"/api/v1/requests/{id}", "technical");
            if (request["state"]!.GetValue<string>() == state)
            {
                return request;
            }

            Assert.True(patience.Elapsed < Longest, $"not {state}: {request.ToJsonString()}\n{host.Output}");
            if (Text(request, "order") == "failed")
            {
                var orders = await host.CallAsync(HttpMethod.Get, $"/api/v1/work-orders?request={id}", "provider-a");
                Assert.Fail($"{orders.ToJsonString()}\n{host.Output}");
            }

            await Task.Delay(250);
        }
    }

    /// <summary>The request's resources in this state, of this kind.</summary>
    public static async Task<IReadOnlyList<JsonNode>> ResourcesAsync(HostProcess host, string kind, string state)
    {
        var found = new List<JsonNode>();
        for (var cursor = ""; cursor is not null; )
        {
            var path = $"/api/v1/resources?limit=500&state={state}{cursor}";
            var page = await host.CallAsync(HttpMethod.Get, path, "technical");
            found.AddRange(page["items"]!.AsArray().Where(r => Text(r!, "kind") == kind)!);
            cursor = page["next"] is { } next ? $"&cursor={next.GetValue<string>()}" : null;
        }

        return found;
    }

    /// <summary>The project's volumes in Cinder: those ordered, and the system disks of servers.</summary>
    public static async Task<(IReadOnlyList<JsonObject> Ordered, IReadOnlyList<JsonObject> SystemDisks)> VolumesAsync(
        LabProject project
    )
    {
        var all = await project.Cli.ListAsync("volume", "list", "--long");
        var byKind = all.ToLookup(v => Text(v, "Bootable") == "true");
        return ([.. byKind[false]], [.. byKind[true]]);
    }

    /// <summary>The server that a volume of Cinder's listing is attached to.</summary>
    public static string Server(JsonObject volume) =>
        Text(Assert.Single(volume["Attached to"]!.AsArray())!, "server_id");

    public static string Text(JsonNode node, string name) => node[name]?.GetValue<string>() ?? "";

    private static JsonObject Line(string item, int quantity, JsonObject spec) =>
        new()
        {
            ["item"] = item,
            ["quantity"] = quantity,
            ["spec"] = spec,
        };

    /// <summary>A node has one parent, so each body has lines of its own.</summary>
    public static JsonArray Copy(IEnumerable<JsonObject> lines) => [.. lines.Select(line => line.DeepClone())];
}
