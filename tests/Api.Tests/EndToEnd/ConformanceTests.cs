using CloudManager.Adapters.Sdk;
using CloudManager.Api.Tests.Support;
using CloudManager.Core.Pools;

namespace CloudManager.Api.Tests.EndToEnd;

/// <summary>Accepting a pool over HTTP: run, watch, read the report, activate.</summary>
[Collection(DemoCollection.Name)]
public sealed class ConformanceTests(DemoHost host)
{
    private const string Technical = "technical";

    [Fact]
    public async Task Art16_a_suspended_pool_comes_back_only_on_a_passing_report()
    {
        await host.PostAsync(Technical, "/api/v1/pools/mock-b/suspend");
        var refused = await host.PostAsync(Technical, "/api/v1/pools/mock-b/activate");
        Assert.Equal((409, "pool.notConformant"), (refused.Status, refused.Code));

        var started = await host.PostAsync("provider-b", "/api/v1/pools/mock-b/conformance");
        Assert.Equal(202, started.Status);
        var again = await host.PostAsync(Technical, "/api/v1/pools/mock-b/conformance");
        Assert.Equal((409, "pool.conformanceRunning"), (again.Status, again.Code));
        var ended = await EndAsync(started.Id);
        var report = await host.GetAsync(Technical, $"/api/v1/conformance/{started.Id}/report");
        Assert.True(State(ended) == "passed", report.Text);
        Assert.Equal(62, ended.Body.GetProperty("progress").GetProperty("done").GetInt32());
        Assert.Equal(62, report.Body.GetProperty("results").GetArrayLength());

        var junit = await TextAsync(started.Id, "junit");
        Assert.Contains("<testsuites", junit, StringComparison.Ordinal);
        var page = await TextAsync(started.Id, "html");
        Assert.Contains(started.Id, page, StringComparison.Ordinal);

        var active = await host.PostAsync(Technical, "/api/v1/pools/mock-b/activate");
        Assert.Equal((200, "active"), (active.Status, active.Body.GetProperty("status").GetString()!));
        Assert.Equal(started.Id, active.Body.GetProperty("evidence").GetString());
        var over = await host.PostAsync(Technical, $"/api/v1/conformance/{started.Id}/stop");
        Assert.Equal((409, "conformance.notRunning"), (over.Status, over.Code));
        var listed = await host.GetAsync("authority", "/api/v1/pools/mock-b/conformance");
        Assert.Contains(started.Id, listed.Ids);
    }

    [Fact]
    public async Task Art16_a_stopped_run_cleans_up_and_is_no_evidence()
    {
        var started = await host.PostAsync(Technical, "/api/v1/pools/mock-a/conformance");
        Assert.Equal(202, (await host.PostAsync(Technical, $"/api/v1/conformance/{started.Id}/stop")).Status);
        Assert.Equal("stopped", State(await EndAsync(started.Id)));
        var report = await host.GetAsync(Technical, $"/api/v1/conformance/{started.Id}/report");
        Assert.True(report.Body.GetProperty("stopped").GetBoolean());
        var cleaned = report.Body.GetProperty("results").EnumerateArray().TakeLast(2);
        Assert.All(cleaned, check => Assert.Equal("Passed", check.GetProperty("outcome").GetString()));
    }

    [Theory]
    [InlineData("another provider's pool", "provider-a", "/api/v1/pools/mock-b/conformance", 404, "pool.notFound")]
    [InlineData("a tenant", "tenant-a", "/api/v1/pools/mock-b/conformance", 403, "access.notForYou")]
    [InlineData("no such pool", "technical", "/api/v1/pools/none/conformance", 404, "pool.notFound")]
    [InlineData("no such run", "technical", "/api/v1/conformance/conf-999999/stop", 404, "conformance.notFound")]
    [InlineData("reopening another's pool", "provider-a", "/api/v1/pools/mock-b/reopen", 404, "pool.notFound")]
    [InlineData("reopening by a tenant", "tenant-a", "/api/v1/pools/mock-b/reopen", 403, "access.notForYou")]
    [InlineData("reopening no pool", "technical", "/api/v1/pools/none/reopen", 404, "pool.notFound")]
    public async Task Refuses_whom_it_does_not_concern(string because, string by, string path, int status, string code)
    {
        var answer = await host.PostAsync(by, path);
        Assert.True(answer.Status == status, $"{because}: {answer.Text}");
        Assert.Equal(code, answer.Code);
    }

    [Fact]
    public async Task A_pool_is_reopened_by_its_provider_and_the_audit_trail_says_so()
    {
        var reopened = await host.PostAsync("provider-a", "/api/v1/pools/mock-a/reopen");
        Assert.Equal((200, "mock-a"), (reopened.Status, reopened.Id));
        var audit = await host.GetAsync("auditadmin", "/api/v1/audit?limit=500");
        Assert.Contains("pool.reopen", audit.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_says_on_what_it_is_active_and_that_its_mapping_is_right()
    {
        var pool = await host.GetAsync("tenant-a", "/api/v1/pools/mock-a");
        Assert.Equal("seeded", pool.Body.GetProperty("evidence").GetString());
        var health = pool.Body.GetProperty("health");
        Assert.True(health.GetProperty("answers").GetBoolean());
        Assert.Equal(0, health.GetProperty("mappingFaults").GetArrayLength());
    }

    [Fact]
    public async Task Art16_a_run_whose_host_died_is_broken_and_what_it_left_is_removed()
    {
        var pool = new PoolId("mock-b");
        var key = new OperationKey("conf-000900-dead-4");
        await host.KeepAsync<IPools>(
            (pools, _, token) => pools.Open(pool).Volumes!.CreateAsync(new VolumeSpec(key.Value, 10, "ssd"), key, token)
        );
        await host.KeepAsync<IConformanceStore>(
            (runs, transaction, token) => runs.AddAsync(transaction, Dead(pool, "conf-000900-dead"), token)
        );
        Assert.Equal("broken", State(await EndAsync("conf-000900")));
        var report = await host.GetAsync(Technical, "/api/v1/conformance/conf-000900/report");
        Assert.Equal((404, "conformance.noReport"), (report.Status, report.Code));
        CloudVolume? left = null;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        do
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), patience.Token);
            await host.KeepAsync<IPools>(
                async (pools, _, token) => left = await pools.Open(pool).Volumes!.FindAsync(key, token)
            );
        } while (left is not null);
    }

    private static ConformanceRun Dead(PoolId pool, string prefix) =>
        new()
        {
            Id = new ConformanceId(900),
            Pool = pool,
            Adapter = "Mock",
            Settings = "",
            Prefix = prefix,
            StartedBy = Technical,
            StartedAt = DateTimeOffset.UnixEpoch,
            State = ConformanceState.Running,
            MayHaveLeft = true,
            Owner = "elsewhere/1",
            SeenAt = DateTimeOffset.UnixEpoch,
        };

    private static string State(Answer answer) => answer.Body.GetProperty("state").GetString()!;

    private async Task<string> TextAsync(string id, string format) =>
        (await host.GetAsync(Technical, $"/api/v1/conformance/{id}/report?format={format}")).Text;

    private async Task<Answer> EndAsync(string id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var run = await host.GetAsync(Technical, $"/api/v1/conformance/{id}");
            if (State(run) != "running")
            {
                return run;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), patience.Token);
        }
    }
}
