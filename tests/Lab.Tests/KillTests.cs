using System.Diagnostics;
using System.Text.Json.Nodes;
using CloudManager.Lab.Tests.Support;
using static CloudManager.Lab.Tests.Support.Orders;

namespace CloudManager.Lab.Tests;

/// <summary>
/// The lab's API processes are stopped and started at random and our host is killed while servers are delivered and
/// ended. In the end Nova, Cinder and Neutron hold what the books say, nothing twice and nothing orphaned.
/// CLOUDMANAGER_LAB_SERVERS, CLOUDMANAGER_LAB_KILLS and CLOUDMANAGER_LAB_STOPS say how much of it.
/// </summary>
[Collection(LabCollection.Name)]
public sealed class KillTests
{
    /// <summary>Servers of one request; small, so that one that must be ordered again costs little.</summary>
    private const int Together = 4;
    private static readonly string[] Delivered = ["delivered"];

    [Fact]
    public async Task Neither_a_killed_host_nor_a_stopped_cloud_loses_or_doubles_anything()
    {
        Assert.SkipUnless(TheLab.IsThere, TheLab.Missing);
        var servers = TheLab.Number("CLOUDMANAGER_LAB_SERVERS", 4);
        var chaos = new Chaos(
            TheLab.Number("CLOUDMANAGER_LAB_KILLS", 2),
            TheLab.Number("CLOUDMANAGER_LAB_STOPS", 1),
            new Random(20240628)
        );
        await using var project = await LabProject.CreateAsync();
        await using var host = new LastingHost(project);
        await host.StartAsync();
        var ways = new List<Way>();
        var storm = chaos.RunAsync(host);
        for (var ordered = 0; ordered < servers || !storm.IsCompleted; ordered += Together)
        {
            // Every second request is ended after its test, the others are delivered.
            ways.Add(new Way(host, IsKept: ways.Count % 2 == 0));
            await ways[^1].OpenAsync(Servers(Together, 1, 1), Volumes(1, 10), Address());
            if (ways.Count % 4 == 0 || ordered + Together >= servers)
            {
                await Task.WhenAll(ways.Select(way => way.WalkAsync()));
            }
        }

        await storm;
        await Task.WhenAll(ways.Select(way => way.WalkAsync()));
        await AssertSameAsync(host, project, ways.Count(way => way.IsKept));
    }

    private static async Task AssertSameAsync(LastingHost host, LabProject project, int kept)
    {
        var servers = await NativesAsync(host, "server");
        Assert.True(
            kept * Together == servers.Count,
            $"{kept * Together} servers were to stay, the books have {servers.Count}\n{await StandingAsync(host)}"
        );
        await AssertListedAsync(servers, () => project.Cli.ListAsync("server", "list"));
        await AssertListedAsync(await NativesAsync(host, "volume"), async () => (await VolumesAsync(project)).Ordered);
        await AssertListedAsync(
            await NativesAsync(host, "publicAddress"),
            () => project.Cli.ListAsync("floating", "ip", "list")
        );
        var systemDisks = (await VolumesAsync(project)).SystemDisks;
        Assert.Equal(servers, systemDisks.Select(Server).Order());
        // A port for each server, none for one that is gone; the routers' own and a server's are told apart by their owner.
        var ports = (await project.Cli.ListAsync("port", "list", "--long"))
            .Where(port => Text(port, "Device Owner").StartsWith("compute:", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(servers.Count, ports.Count);
    }

    /// <summary>Every resource of the books and where it stands, for whoever reads the failure.</summary>
    private static async Task<string> StandingAsync(LastingHost host)
    {
        var page = await host.DoAsync(live =>
            live.CallAsync(HttpMethod.Get, "/api/v1/resources?limit=500", "technical")
        );
        return string.Join(
            '\n',
            page["items"]!.AsArray().Select(r => $"{Text(r!, "id")} {Text(r!, "kind")} {Text(r!, "state")}")
        );
    }

    /// <summary>The cloud may still be at work on the last deletions.</summary>
    private static async Task AssertListedAsync(IReadOnlyList<string> books, Func<Task<IReadOnlyList<JsonObject>>> list)
    {
        IEnumerable<string> cloud = [];
        await Patience.UntilAsync(async () =>
        {
            cloud = (await list()).Select(row => Text(row, "ID")).Order();
            return books.SequenceEqual(cloud);
        });
        Assert.Equal(books, cloud);
    }

    private static async Task<IReadOnlyList<string>> NativesAsync(LastingHost host, string kind)
    {
        var found = new List<string>();
        foreach (var state in Delivered)
        {
            var resources = await host.DoAsync(live => ResourcesAsync(live, kind, state));
            found.AddRange(resources.Select(r => Text(r, "nativeId")));
        }

        return [.. found.Order()];
    }

    /// <summary>One request on its way, whatever breaks meanwhile.</summary>
    private sealed record Way(LastingHost Host, bool IsKept)
    {
        private string _id = "";
        private JsonObject[] _lines = [];

        public async Task OpenAsync(params JsonObject[] lines)
        {
            _lines = lines;
            _id = await Host.DoAsync(live => ApprovedAsync(live, "lab", lines));
        }

        public async Task WalkAsync()
        {
            for (var patience = Stopwatch.StartNew(); ; await Task.Delay(500))
            {
                var request = await Host.DoAsync(live =>
                    live.CallAsync(HttpMethod.Get, $"/api/v1/requests/{_id}", "technical")
                );
                var state = Text(request, "state");
                if (state == (IsKept ? "delivered" : "withdrawn") && !await MendAsync())
                {
                    return;
                }

                Assert.True(
                    patience.Elapsed < TimeSpan.FromMinutes(8),
                    $"stuck: {request.ToJsonString()}\n{Host.Output}"
                );
                await StepAsync(state);
            }
        }

        private Task StepAsync(string state) =>
            state switch
            {
                "approved" => TryAsync("technical", "issue-test-order"),
                "testOrdered" or "deliveryOrdered" or "delivered" or "withdrawn" => MendAsync(),
                "testing" when !IsKept => TryAsync("tenant-a", "withdraw"),
                "testing" => TryAsync("tenant-a", "submit-test-report", new() { ["summary"] = "passed" }),
                "tested" => TryAsync("technical", "advise", new() { ["lines"] = Copy(_lines) }),
                "advised" => TryAsync("technical", "file-advice"),
                "filed" => TryAsync("technical", "issue-delivery-order"),
                _ => throw new InvalidOperationException($"{_id} went to {state}"),
            };

        /// <summary>
        /// Nova has no token of its own, so a create that was cut off and left nothing waits for a person: the provider
        /// looks, and has it made again under its key. An order that failed all the same is issued again.
        /// </summary>
        private async Task<bool> MendAsync()
        {
            var orders = await Host.DoAsync(live =>
                live.CallAsync(HttpMethod.Get, $"/api/v1/work-orders?request={_id}", "provider-a")
            );
            var atWork = false;
            foreach (var order in orders["items"]!.AsArray())
            {
                var path = $"/api/v1/work-orders/{Text(order!, "id")}";
                var shown = await Host.DoAsync(live => live.CallAsync(HttpMethod.Get, path, "provider-a"));
                atWork |= Text(shown, "state") is "issued" or "failing" or "cancelling";
                foreach (var task in shown["tasks"]!.AsArray().Where(task => Text(task!, "state") == "needsPerson"))
                {
                    await SettleAsync(Text(task!, "id"));
                }

                if (Text(shown, "state") == "failed")
                {
                    await TryAsync("technical", "reissue-order");
                }
            }

            return atWork;
        }

        private Task SettleAsync(string task) =>
            Host.DoAsync(live =>
                live.SendAsync(
                    HttpMethod.Post,
                    $"/api/v1/tasks/{task}/settle",
                    "provider-a",
                    new JsonObject { ["outcome"] = "retry", ["evidence"] = "looked: not there" }
                )
            );

        /// <summary>An action that an earlier, cut off call may have done already.</summary>
        private Task TryAsync(string account, string action, JsonObject? body = null) =>
            Host.DoAsync(live =>
                live.SendAsync(HttpMethod.Post, $"/api/v1/requests/{_id}/{action}", account, body ?? [])
            );
    }
}
