using System.Diagnostics;
using System.Text.Json.Nodes;
using CloudManager.Clouds.Tests.Support;
using CloudManager.Journey.Tests.Support;

namespace CloudManager.Clouds.Tests;

/// <summary>One request, three clouds: a line names its pool, each pool gets a work order of its own (art. 14).</summary>
public sealed class ThreeCloudsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cloudmanager-").FullName;

    [Fact]
    public async Task Art14_one_request_has_lines_on_three_clouds()
    {
        await using var huawei = await HuaweiCloud.StartAsync();
        await using var aws = await AwsCloud.StartAsync();
        var clouds = new Dictionary<string, IOtherCloud> { ["mock-a"] = huawei, ["mock-a2"] = aws };
        var adapters = Declared.Write(_folder, clouds, file => file["pools"]![2]!["kind"] = "new");
        await using var host = await HostProcess.StartAsync(_folder, adapters, "--demo");
        var id = await OrderAsync(host, "mock-a", "mock-a2", "mock-b");

        await WaitAsync(host, id, "testing");

        var orders = await host.CallAsync(HttpMethod.Get, $"/api/v1/work-orders?request={id}", "technical");
        Assert.Equal(
            ["mock-a", "mock-a2", "mock-b"],
            orders["items"]!.AsArray().Select(order => order!["pool"]!.GetValue<string>()).Order()
        );
        Assert.Equal((1, 1), (await huawei.CountServersAsync(), await aws.CountServersAsync()));

        await ActAsync(host, id, "tenant-a", "withdraw");
        await WaitForNoneAsync(huawei, aws);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> OrderAsync(HostProcess host, params string[] pools)
    {
        var body = new JsonObject
        {
            ["type"] = "provision",
            ["system"] = "a-social-security",
            ["pool"] = pools[0],
            ["reason"] = "three clouds",
            ["lines"] = new JsonArray([.. pools.Select(Line)]),
        };
        var created = await host.CallAsync(HttpMethod.Post, "/api/v1/requests", "tenant-a", body);
        var id = created["id"]!.GetValue<string>();
        foreach (
            var (account, action) in ((string, string)[])
                [
                    ("tenant-a", "submit"),
                    ("authority", "accept"),
                    ("authority", "approve"),
                    ("technical", "issue-test-order"),
                ]
        )
        {
            await ActAsync(host, id, account, action);
        }

        return id;
    }

    private static JsonObject Line(string pool) =>
        new()
        {
            ["item"] = "ecs-general",
            ["quantity"] = 1,
            ["pool"] = pool,
            ["spec"] = new JsonObject
            {
                ["vcpus"] = 2,
                ["memoryGiB"] = 4,
                ["image"] = "kylin-v10-x86",
            },
        };

    private static Task<JsonNode> ActAsync(HostProcess host, string id, string account, string action) =>
        host.CallAsync(HttpMethod.Post, $"/api/v1/requests/{id}/{action}", account, new JsonObject());

    private static async Task WaitAsync(HostProcess host, string id, string state)
    {
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(200))
        {
            var request = await host.CallAsync(HttpMethod.Get, $"/api/v1/requests/{id}", "technical");
            if (request["state"]!.GetValue<string>() == state)
            {
                return;
            }

            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(1), $"{request.ToJsonString()}\n{host.Output}");
        }
    }

    private static async Task WaitForNoneAsync(params IOtherCloud[] clouds)
    {
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(200))
        {
            var left = 0;
            foreach (var cloud in clouds)
            {
                left += await cloud.CountServersAsync();
            }

            if (left == 0)
            {
                return;
            }

            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(1), $"{left} servers are left");
        }
    }
}
