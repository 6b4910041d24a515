using System.Text.Json.Nodes;

namespace CloudManager.Bench.Year;

/// <summary>The parties' steps that bring servers into service.</summary>
internal sealed class Province(Host host)
{
    private const int AtOnce = 1_000;
    private static readonly (string Account, string Step)[] ToTest =
    [
        ("tenant-a", "submit"),
        ("authority", "accept"),
        ("authority", "approve"),
        ("technical", "issue-test-order"),
    ];

    /// <summary>Applies for servers of a system, at most a thousand a request, and confirms their delivery.</summary>
    public async Task ServeAsync(string system, int servers)
    {
        for (var left = servers; left > 0; left -= AtOnce)
        {
            await OrderAsync(system, Math.Min(left, AtOnce));
        }
    }

    private async Task OrderAsync(string system, int servers)
    {
        var lines = new[]
        {
            new
            {
                item = "ecs-general",
                quantity = servers,
                spec = new
                {
                    vcpus = 4,
                    memoryGiB = 8,
                    image = "kylin-v10-x86",
                },
            },
        };
        var wanted = new
        {
            type = "provision",
            system,
            pool = "mock-a",
            reason = "bench",
            lines,
        };
        var id = (await host.CallAsync("tenant-a", "/requests", wanted))["id"]!.GetValue<string>();
        foreach (var (account, step) in ToTest)
        {
            await StepAsync(account, id, step, new { opinion = "bench" });
        }

        await WaitAsync(id, "testing");
        await StepAsync("tenant-a", id, "submit-test-report", new { summary = "bench" });
        await StepAsync("technical", id, "advise", new { lines });
        await StepAsync("technical", id, "file-advice", new { });
        await StepAsync("technical", id, "issue-delivery-order", new { });
        await WaitAsync(id, "delivered");
        await StepAsync("tenant-a", id, "confirm", new { });
    }

    private Task<JsonNode> StepAsync(string account, string id, string step, object body) =>
        host.CallAsync(
            account,
            $"/requests/{id}/{step}",
            step is "submit" or "accept" or "issue-test-order" ? new { } : body
        );

    private async Task WaitAsync(string id, string state)
    {
        while ((await host.CallAsync("technical", $"/requests/{id}"))["state"]!.GetValue<string>() != state)
        {
            await Task.Delay(200);
        }
    }
}
