using System.Net;
using CloudManager.Journey.Tests.Support;

namespace CloudManager.Journey.Tests.ByHand;

/// <summary>
/// The first hour's story (docs/first-hour.md) on a pool that nothing can call, over HTTP: every machine is made, changed
/// and removed by the provider's people, and the bill is computed by hand.
/// </summary>
public sealed class WholeStoryTests
{
    private const string Asked = """
        [{"item":"ecs-general","quantity":2,"spec":{"vcpus":4,"memoryGiB":8,"image":"kylin-v10-x86"}},
         {"item":"vol-ssd","quantity":2,"spec":{"sizeGiB":SIZE,"attachTo":1}},
         {"item":"eip","quantity":1,"spec":{"bandwidthMbps":10,"attachTo":1}}]
        """;

    [Fact]
    public async Task Art19_The_first_hours_story_goes_on_a_pool_without_any_interface()
    {
        await using var host = await HandHost.StartAsync("2026-08-31T09:00:00+08:00");
        await AcceptedAsync(host);
        await host.AdvanceAsync("2026-09-01T09:00:00+08:00");
        await RefusedUpFrontAsync(host);
        var id = await TestedAsync(host);
        await DeliveredAsync(host, id);
        await ListedAsync(host);
        await BilledAsync(host);
        await EndedAsync(host);
    }

    /// <summary>Art. 16: activated on the report of the suite, as any pool.</summary>
    private static async Task AcceptedAsync(HandHost host)
    {
        await host.PostAsync("technical", $"/pools/{HandHost.Pool}/suspend");
        var run = await host.PostAsync("provider-a", $"/pools/{HandHost.Pool}/conformance");
        var number = run["id"]!.GetValue<string>();
        await host.UntilAsync($"/conformance/{number}", "technical", "passed");
        var pool = await host.PostAsync("technical", $"/pools/{HandHost.Pool}/activate");
        Assert.Equal(("active", number), (pool["status"]!.GetValue<string>(), pool["evidence"]!.GetValue<string>()));
        var report = await host.GetAsync("technical", $"/conformance/{number}/report?format=json");
        Assert.Contains("The adapter offers no Servers: ", report.ToJsonString(), StringComparison.Ordinal);
    }

    /// <summary>What can be ordered is known before, and what cannot is refused with capability, reason and limit.</summary>
    private static async Task RefusedUpFrontAsync(HandHost host)
    {
        var catalogue = await host.GetAsync("tenant-a", $"/catalogue/items?pool={HandHost.Pool}");
        var offers = catalogue["items"]!.AsArray().ToDictionary(i => i!["code"]!.GetValue<string>(), i => i!["offer"]!);
        Assert.True(offers["ecs-general"]["orderable"]!.GetValue<bool>());
        Assert.True(offers["ecs-general"]["byHand"]!.GetValue<bool>());
        Assert.Equal("""["2C4G","4C8G","8C16G"]""", offers["ecs-general"]["sizes"]!.ToJsonString());
        Assert.Equal(2000, offers["vol-ssd"]["largestSizeGiB"]!.GetValue<int>());
        Assert.Equal("item.notMapped", offers["vol-ssd-domestic"]["code"]!.GetValue<string>());
        var pool = await host.GetAsync("tenant-a", $"/pools/{HandHost.Pool}");
        Assert.Equal(offers.Count, pool["items"]!.AsArray().Count);

        var refused = await host.RefusedAsync(
            "tenant-a",
            "/requests",
            Request(Asked.Replace("SIZE", "2001", StringComparison.Ordinal))
        );
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "request.invalid"), (refused.Status, refused.Code));
        var error = Assert.Single(refused.Errors);
        Assert.Equal(
            ("lines[1].spec.sizeGiB", "pool.overLimit", "volumes", 2000),
            (
                error["path"]!.GetValue<string>(),
                error["code"]!.GetValue<string>(),
                error["capability"]!.GetValue<string>(),
                error["limit"]!.GetValue<int>()
            )
        );
    }

    private static async Task<string> TestedAsync(HandHost host)
    {
        var asked = Asked.Replace("SIZE", "100", StringComparison.Ordinal);
        var id = (await host.PostAsync("tenant-a", "/requests", Request(asked)))["id"]!.GetValue<string>();
        await host.StepAsync(id, "submit", "tenant-a", "submitted");
        await host.StepAsync(id, "accept", "authority", "accepted");
        await host.StepAsync(id, "approve", "authority", "approved");
        await host.StepAsync(id, "issue-test-order", "technical", "testOrdered");

        var order = await host.OrderAsync(id);
        var number = order["id"]!.GetValue<string>();
        var tasks = order["tasks"]!.AsArray();
        Assert.Equal(
            ["createServer", "createServer", "createVolume", "createVolume", "createAddress"],
            tasks.Select(t => t!["insteadOf"]?.GetValue<string>()).OfType<string>()
        );
        var resources = tasks.Select(t => t!["resource"]?.GetValue<string>()).OfType<string>().ToList();
        var wrong = await host.RefusedAsync("provider-a", $"/work-orders/{number}/complete", Made(resources, vcpus: 2));
        Assert.Equal(
            ("byHand.invalid", "resources[1].vcpus"),
            (wrong.Code, Assert.Single(wrong.Errors)["path"]!.GetValue<string>())
        );

        // One server by its own task, the rest with the order.
        await host.PostAsync(
            "provider-a",
            $"/tasks/{tasks[0]!["id"]}/complete",
            """{"evidence":"验收单 YS-1","nativeId":"vm-0","addresses":["10.8.0.10"],"vcpus":4,"memoryGiB":8,"sizeGiB":40}"""
        );
        await host.PostAsync("provider-a", $"/work-orders/{number}/complete", Made(resources, vcpus: 4, skip: 1));
        await host.UntilAsync($"/requests/{id}", "tenant-a", "testing");

        await host.AdvanceAsync("2026-09-11T09:00:00+08:00");
        await MeasuredAsync(host, id);
        return id;
    }

    /// <summary>Art. 22: samples of the test are handed in; the advice speaks from them.</summary>
    private static async Task MeasuredAsync(HandHost host, string id)
    {
        var path = $"/pools/{HandHost.Pool}/samples";
        var csv = HandHost.Samples(["vm-0", "vm-1"], "2026-09-01T09:00:00+08:00", "2026-09-11T09:00:00+08:00");
        var dry = await host.HandInAsync("provider-a", $"{path}?dryRun=true", csv);
        Assert.Equal(5760, dry["taken"]!.GetValue<int>());
        var taken = await host.HandInAsync("provider-a", path, csv);
        Assert.Equal((5760, 0), (taken["taken"]!.GetValue<int>(), taken["setAsideCount"]!.GetValue<int>()));
        var again = await host.HandInAsync("technical", path, csv);
        Assert.Equal((0, 5760), (again["taken"]!.GetValue<int>(), again["known"]!.GetValue<int>()));

        await host.StepAsync(
            id,
            "submit-test-report",
            "tenant-a",
            "tested",
            """{"summary":"通过，数据盘需 120 GiB"}"""
        );
        var advice = await host.GetAsync("technical", $"/requests/{id}/advice");
        Assert.Equal("determined", advice["verdict"]!.GetValue<string>());
    }

    private static async Task DeliveredAsync(HandHost host, string id)
    {
        var lines = Asked.Replace("SIZE", "120", StringComparison.Ordinal);
        await host.StepAsync(id, "advise", "technical", "advised", $$"""{"lines":{{lines}}}""");
        await host.StepAsync(id, "file-advice", "technical", "filed");
        await host.AdvanceAsync("2026-09-12T09:00:00+08:00");
        await host.StepAsync(id, "issue-delivery-order", "technical", "deliveryOrdered");

        var order = await host.OrderAsync(id);
        var grown = order["tasks"]!
            .AsArray()
            .Where(t => t!["insteadOf"]?.GetValue<string>() == "extendVolume")
            .ToList();
        Assert.Equal(2, grown.Count);
        var rows = grown.Select(t => $$"""{"resource":"{{t!["resource"]}}","sizeGiB":120}""");
        await host.PostAsync(
            "provider-a",
            $"/work-orders/{order["id"]}/complete",
            $$"""{"evidence":"交付单 JF-7","resources":[{{string.Join(',', rows)}}]}"""
        );
        await host.UntilAsync($"/requests/{id}", "tenant-a", "delivered");
        await host.AdvanceAsync("2026-09-14T09:00:00+08:00");
        var confirmed = await host.StepAsync(id, "confirm", "tenant-a", "inService");
        Assert.Equal("2026-09-12", confirmed["completedOn"]!.GetValue<string>());
    }

    /// <summary>Art. 14: the people's list is held against the books; what they do not know is a finding.</summary>
    private static async Task ListedAsync(HandHost host)
    {
        const string csv = """
            类型,实例ID,核数,内存GiB,容量GiB,带宽Mbps,地址,挂载于
            云服务器,vm-0,4,8,,,10.8.0.10,
            云服务器,vm-1,4,8,,,10.8.0.11,
            云服务器,vm-99,2,4,,,10.8.0.99,
            云硬盘,vm-2,,,120,,,vm-0
            云硬盘,vm-3,,,120,,,vm-1
            弹性公网IP,vm-4,,,,10,203.0.113.4,vm-0
            """;
        var listed = await host.HandInAsync("provider-a", $"/pools/{HandHost.Pool}/inventory", csv);
        Assert.Equal(
            ("completed", 3),
            (listed["run"]!["outcome"]!.GetValue<string>(), listed["run"]!["servers"]!.GetValue<int>())
        );
        var findings = await host.GetAsync("technical", $"/findings?pool={HandHost.Pool}&state=open");
        var finding = Assert.Single(findings["items"]!.AsArray())!;
        Assert.Equal("unknownResource", finding["kind"]!.GetValue<string>());
        Assert.Contains("vm-99", finding.ToJsonString(), StringComparison.Ordinal);
    }

    /// <summary>Art. 40, 41: from the confirmed day, 19 of September's 30 days, each line rounded to the fen.</summary>
    private static async Task BilledAsync(HandHost host)
    {
        var rest = HandHost.Samples(["vm-0", "vm-1"], "2026-09-11T09:00:00+08:00", "2026-09-14T09:00:00+08:00");
        await host.HandInAsync("provider-a", $"/pools/{HandHost.Pool}/samples", rest);
        await host.AdvanceAsync("2026-10-03T09:00:00+08:00");

        var bill = await host.GetAsync("tenant-a", "/bills/2026-09.tenant-a.provider-a?limit=500");
        Assert.Equal("closed", bill["state"]!.GetValue<string>());
        var lines = bill["lines"]!.AsArray().Select(l => $"{l!["component"]} {l["quantity"]} {l["amount"]}");
        (string Component, int Quantity, decimal Price, int Lines)[] expected =
        [
            ("vcpu", 4, 39.6675m, 2),
            ("memory", 8, 20.4160m, 2),
            ("storage", 40, 0.3862m, 2),
            ("storage", 120, 0.8167m, 2),
            ("bandwidth", 10, 56.4420m, 1),
        ];
        var byHand = expected.SelectMany(e =>
            Enumerable.Repeat((e.Component, e.Quantity, Amount: ByHand(e.Quantity, e.Price)), e.Lines)
        );
        Assert.Equal(byHand.Select(l => $"{l.Component} {l.Quantity} {l.Amount:F2}").Order(), lines.Order());
        Assert.Equal("909.03", bill["total"]!.GetValue<string>());

        var use = await host.GetAsync("technical", "/utilisation?month=2026-09&by=pool&limit=500");
        var own = Assert.Single(use["items"]!.AsArray(), r => r!["pool"]?.GetValue<string>() == HandHost.Pool)!;
        Assert.Equal(60, own["cpu"]!["mean"]!.GetValue<double>());
        var report = await host.GetAsync("technical", "/reports/monthly-2026-09");
        Assert.Contains($"\"{HandHost.Pool}\"", report.ToJsonString(), StringComparison.Ordinal);
    }

    private static decimal ByHand(int quantity, decimal price) =>
        Math.Round(quantity * price * 19 / 30, 2, MidpointRounding.AwayFromZero);

    /// <summary>Art. 21: nothing is removed before the clean-up, and nothing is over without the statement.</summary>
    private static async Task EndedAsync(HandHost host)
    {
        var asked = await host.PostAsync(
            "tenant-a",
            "/requests",
            """{"type":"deregistration","system":"a-social-security","reason":"系统下线","lines":[]}"""
        );
        var id = asked["id"]!.GetValue<string>();
        await host.StepAsync(id, "submit", "tenant-a", "submitted");
        await host.StepAsync(id, "approve", "authority", "approved");
        await host.StepAsync(id, "issue-reclaim-order", "technical", "backingUp");
        await host.StepAsync(id, "confirm-backup", "tenant-a", "cleaning");
        await host.StepAsync(id, "confirm-cleaned", "tenant-a", "cleaning");

        var complete = $"/work-orders/{(await host.OrderAsync(id))["id"]}/complete";
        var refused = await host.RefusedAsync("provider-a", complete, """{"evidence":"销毁记录 XH-12"}""");
        Assert.Equal("workOrder.statementRequired", refused.Code);
        await host.PostAsync(
            "provider-a",
            complete,
            """{"evidence":"销毁记录 XH-12","statement":"不以任何技术手段恢复"}"""
        );
        await host.UntilAsync($"/requests/{id}", "tenant-a", "reclaimed");
        await host.StepAsync(id, "confirm", "tenant-a", "ended");
        var left = await host.GetAsync("tenant-a", "/resources?system=a-social-security&state=inService");
        Assert.Empty(left["items"]!.AsArray());
    }

    private static string Request(string lines) =>
        $$"""{"type":"provision","system":"a-social-security","pool":"hand-a","reason":"业务高峰","lines":{{lines}}}""";

    /// <summary>What the people made: two servers, two volumes, an address; the first so many are left out.</summary>
    private static string Made(List<string> resources, int vcpus, int skip = 0)
    {
        string[] rows =
        [
            $$"""{"resource":"{{resources[0]}}","nativeId":"vm-0","addresses":["10.8.0.10"],"vcpus":4,"memoryGiB":8}""",
            $$"""{"resource":"{{resources[1]}}","nativeId":"vm-1","addresses":["10.8.0.11"],"vcpus":{{vcpus}},"memoryGiB":8}""",
            $$"""{"resource":"{{resources[2]}}","nativeId":"vm-2","sizeGiB":100}""",
            $$"""{"resource":"{{resources[3]}}","nativeId":"vm-3","sizeGiB":100,"evidence":"验收单 YS-3"}""",
            $$"""{"resource":"{{resources[4]}}","nativeId":"vm-4","addresses":["203.0.113.4"],"bandwidthMbps":10}""",
        ];
        return $$"""{"evidence":"交付单 JF-1","resources":[{{string.Join(',', rows.Skip(skip))}}]}""";
    }
}
