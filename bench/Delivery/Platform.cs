using System.Diagnostics;
using System.Text.Json.Nodes;

namespace CloudManager.Bench.Delivery;

/// <summary>The platform: from the test order to the hand-over of all its servers.</summary>
internal sealed class Platform(Host host)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public async Task<TimeSpan> DeliverAsync(int servers)
    {
        var systems = await host.CallAsync("tenant-a", "/systems");
        var created = await host.CallAsync("tenant-a", "/requests", Request(systems, servers));
        var id = (string)created["id"]!;
        foreach (
            var (account, action) in ((string, string)[])
                [("tenant-a", "submit"), ("authority", "accept"), ("authority", "approve")]
        )
        {
            await host.CallAsync(account, $"/requests/{id}/{action}", new JsonObject());
        }

        var watch = Stopwatch.StartNew();
        await host.CallAsync("technical", $"/requests/{id}/issue-test-order", new JsonObject());
        while (true)
        {
            var request = await host.CallAsync("technical", $"/requests/{id}");
            var state = (string)request["state"]!;
            if (state == "testing")
            {
                return watch.Elapsed;
            }

            if (state != "testOrdered" || request.ToJsonString().Contains("\"failed\"", StringComparison.Ordinal))
            {
                throw new InvalidOperationException(request.ToJsonString());
            }

            await Task.Delay(Pause);
        }
    }

    private static JsonObject Request(JsonNode systems, int servers) =>
        new()
        {
            ["type"] = "provision",
            ["system"] = (string)systems["items"]![0]!["code"]!,
            ["pool"] = "lab",
            ["reason"] = "bench",
            ["lines"] = new JsonArray(
                new JsonObject
                {
                    ["item"] = "ecs-general",
                    ["quantity"] = servers,
                    ["spec"] = new JsonObject
                    {
                        ["vcpus"] = 2,
                        ["memoryGiB"] = 4,
                        ["image"] = "kylin-v10-x86",
                    },
                }
            ),
        };
}
