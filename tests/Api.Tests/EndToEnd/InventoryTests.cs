using CloudManager.Adapters.Sdk;
using CloudManager.Api.Tests.Support;
using CloudManager.Core.Audit;
using CloudManager.Core.Pools;

namespace CloudManager.Api.Tests.EndToEnd;

/// <summary>Inventory, findings and taking over as they go over the wire (art. 14).</summary>
[Collection(DemoCollection.Name)]
public sealed class InventoryTests(DemoHost host)
{
    private const string Inventory = "/api/v1/pools/mock-a/inventory";

    [Fact]
    public async Task Art14_A_server_nobody_knows_is_found_imported_and_confirmed_over_the_wire()
    {
        var native = await StrangerAsync("wire-01");
        Assert.Equal(200, (await host.PostAsync("technical", "/api/v1/jobs/sync-inventory/run")).Status);

        var finding = (
            await host.GetAsync("provider-a", "/api/v1/findings?kind=unknownResource&state=open&limit=500")
        ).Items.Single(f => f.GetProperty("subject").GetProperty("id").GetString() == native);
        Assert.Equal("unknown", finding.GetProperty("detail").GetString());
        Assert.Equal("mock-a", finding.GetProperty("subject").GetProperty("pool").GetString());
        Assert.Equal(4, finding.GetProperty("evidence").GetProperty("cloud").GetProperty("vcpus").GetInt32());
        var id = finding.GetProperty("id").GetString();
        Assert.Equal(404, (await host.GetAsync("tenant-a", $"/api/v1/findings/{id}")).Status);
        Assert.Equal(404, (await host.GetAsync("provider-b", $"/api/v1/findings/{id}")).Status);
        var listed = (await host.GetAsync("technical", $"{Inventory}?known=false&kind=server&limit=500")).Items;
        Assert.Contains(listed, t => t.GetProperty("nativeId").GetString() == native);

        var csv = $"资源池,实例ID,系统,目录项,依据\r\nmock-a,{native},a-social-security,ecs-general,函〔2026〕15号\r\n";
        var tried = await ImportAsync("technical", "?dryRun=true", csv);
        Assert.Equal(200, tried.Status);
        Assert.Empty(tried.Body.GetProperty("faults").EnumerateArray());
        Assert.NotEqual("0.00", tried.Body.GetProperty("rows")[0].GetProperty("monthlyPrice").GetString());
        var done = await ImportAsync("technical", "", csv);
        Assert.Equal(200, done.Status);
        var request = Assert.Single(done.Body.GetProperty("requests").EnumerateArray()).GetString();
        Assert.Equal(422, (await ImportAsync("technical", "", csv)).Status);

        var shown = await host.GetAsync("tenant-a", $"/api/v1/requests/{request}");
        Assert.Equal("takeover", shown.Body.GetProperty("type").GetString());
        Assert.Equal(200, (await host.PostAsync("tenant-a", $"/api/v1/requests/{request}/confirm", "{}")).Status);
        var closed = await host.GetAsync("technical", $"/api/v1/findings/{id}");
        Assert.Equal("closed", closed.Body.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Art14_A_server_is_taken_over_by_one_call_at_most_once_per_key()
    {
        var native = await StrangerAsync("wire-02");
        await host.PostAsync("technical", "/api/v1/jobs/sync-inventory/run");
        var body =
            $$"""{"system":"a-social-security","paper":"函","lines":[{"pool":"mock-a","nativeId":"{{native}}","item":"ecs-general"}]}""";
        var call = new Call("POST", "/api/v1/takeovers", body).With("Idempotency-Key", "takeover-wire-02");

        var made = await host.AsAsync("technical", call);
        var again = await host.AsAsync("technical", call);

        Assert.Equal((201, 201, made.Id), (made.Status, again.Status, again.Id));
        Assert.Equal("delivered", made.Body.GetProperty("state").GetString());
        Assert.Equal($"/api/v1/requests/{made.Id}", made.Headers["Location"]);
        var second = await host.PostAsync("technical", "/api/v1/takeovers", body);
        Assert.Equal([("lines[0].nativeId", (string?)"takeover.known")], second.Faults);
    }

    [Fact]
    public async Task Art36_a_console_is_opened_for_its_tenant_alone_and_every_attempt_is_on_record_without_the_address()
    {
        var native = await StrangerAsync("wire-03");
        await host.PostAsync("technical", "/api/v1/jobs/sync-inventory/run");
        var body =
            $$"""{"system":"a-social-security","paper":"函","lines":[{"pool":"mock-a","nativeId":"{{native}}","item":"ecs-general"}]}""";
        var made = await host.PostAsync("technical", "/api/v1/takeovers", body);
        Assert.True(made.Status == 201, made.Text);
        var id = (await host.GetAsync("tenant-a", "/api/v1/resources?system=a-social-security&limit=500"))
            .Items.Single(r => r.GetProperty("nativeId").GetString() == native)
            .GetProperty("id")
            .GetString();
        var path = $"/api/v1/resources/{id}/console";

        var opened = await host.PostAsync("tenant-a", path);
        Assert.Equal((200, "no-store"), (opened.Status, opened.Headers["Cache-Control"]));
        Assert.Contains(native, opened.Body.GetProperty("url").GetString(), StringComparison.Ordinal);
        foreach (var account in new[] { "provider-a", "technical", "authority", "agency" })
        {
            var refused = await host.PostAsync(account, path);
            Assert.Equal((403, "console.noGrant"), (refused.Status, refused.Code));
        }

        Assert.Equal(404, (await host.PostAsync("tenant-b", path)).Status);
        Assert.Equal(403, (await host.PostAsync("sysadmin", path)).Status);
        List<AuditEntry> noted = [];
        await host.KeepAsync<IAuditLog>(
            async (log, transaction, token) =>
                noted = await log.ReadAllAsync(transaction, token)
                    .Where(e => e.SubjectId == id && e.Action == "resource.openConsole")
                    .ToListAsync(token)
        );
        Assert.Equal(
            ["tenant-a", "provider-a", "technical", "authority", "agency", "tenant-b"],
            noted.Select(e => e.Account)
        );
        Assert.DoesNotContain(noted, e => $"{e.Before}{e.After}{e.Outcome}".Contains("://", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_task_is_settled_by_a_provider_and_only_if_there_is_one()
    {
        const string word = """{"outcome":"absent","evidence":"无残留"}""";
        Assert.Equal(403, (await host.PostAsync("technical", "/api/v1/tasks/task-999999/settle", word)).Status);
        var unknown = await host.PostAsync("provider-a", "/api/v1/tasks/task-999999/settle", word);
        Assert.Equal((404, "task.notFound"), (unknown.Status, unknown.Code));
        const string odd = """{"outcome":"maybe","evidence":"无残留"}""";
        Assert.InRange((await host.PostAsync("provider-a", "/api/v1/tasks/task-999999/settle", odd)).Status, 400, 422);
    }

    [Fact]
    public async Task Those_who_may_not_look_or_take_over_are_refused()
    {
        foreach (var account in new[] { "tenant-a", "authority", "provider-a", "agency", "finance", "sysadmin" })
        {
            Assert.Equal(403, (await ImportAsync(account, "?dryRun=true", "pool\n")).Status);
            Assert.Equal(403, (await host.PostAsync(account, $"{Inventory}/runs/run-000001/accept", "{}")).Status);
        }

        foreach (var account in new[] { "tenant-a", "finance", "audit", "sysadmin" })
        {
            Assert.Equal(403, (await host.GetAsync(account, Inventory)).Status);
        }

        Assert.Equal(404, (await host.GetAsync("provider-b", Inventory)).Status);
        Assert.Equal(404, (await host.GetAsync("technical", "/api/v1/pools/nowhere/inventory")).Status);
        Assert.Equal(422, (await host.GetAsync("technical", $"{Inventory}?known=maybe")).Status);
        var json = await host.AsAsync("technical", new Call("POST", "/api/v1/takeovers/import", "{}"));
        Assert.Equal((415, "body.mediaType"), (json.Status, json.Code));
    }

    private async Task<string> StrangerAsync(string name)
    {
        var spec = new ServerSpec
        {
            Name = name,
            Flavour = "m4-8",
            Size = new ServerSize(4, 8),
            Image = "kylin-v10-x86",
            SystemDiskGiB = 40,
        };
        var id = "";
        await host.KeepAsync<IPools>(
            async (pools, _, token) =>
                id = (await pools.Open(new("mock-a")).Servers!.CreateAsync(spec, new OperationKey(name), token))
                    .Id
                    .Value
        );
        return id;
    }

    private Task<Answer> ImportAsync(string account, string query, string csv) =>
        host.AsAsync(account, new Call("POST", $"/api/v1/takeovers/import{query}", csv) { MediaType = "text/csv" });
}
