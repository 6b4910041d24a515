using CloudManager.Adapters.Sdk;
using CloudManager.Agent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace CloudManager.Agent.Tests;

/// <summary>What goes through an agent: answers, failures, cancellation, listings of any length.</summary>
public sealed class CrossingTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly OperationKey Key = new("k-1");

    [Fact]
    public async Task Only_what_the_agent_announced_is_offered_with_its_limits()
    {
        await using var platform = await TestPlatform.StartAsync();
        Assert.All(
            platform.Capabilities,
            each => Assert.Contains("no agent has connected since", each.Reason, StringComparison.Ordinal)
        );
        await using var site = new TestSite { Factories = [new ScriptedCloud()] };

        await site.StartAsync(platform.Url);
        await platform.ConnectedAsync();

        var offered = platform.Capabilities.Where(each => each.Available).Select(each => each.Name);
        Assert.Equal(["servers", "inventory", "usage"], offered);
        Assert.Equal(7, platform.Adapter.Info.Limits.LargestVolumeGiB);
        var agent = platform.Relay.Agents.Single();
        Assert.Equal(("site-agent", "site-key", true), (agent.Name, agent.Credential, agent.Connected));
        Assert.Equal(SiteAgent.Version, agent.Version);
    }

    [Fact]
    public async Task Without_an_agent_calls_fail_at_once_and_a_create_says_that_nothing_was_done()
    {
        await using var platform = await TestPlatform.StartAsync(new FakeTimeProvider());

        var read = await FailsAsync(() => platform.Adapter.CheckAsync(None));
        var create = await FailsAsync(() => platform.Adapter.Servers!.CreateAsync(WireTests.Spec, Key, None));

        Assert.Equal(FailureKind.Unavailable, read.Kind);
        Assert.Contains("no agent has connected since 2000-01-01", read.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Throttled, create.Kind);
        Assert.False(create.IsUncertain);
        Assert.Contains("nothing was done", create.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_arrives_with_its_kind_code_request_and_pause()
    {
        await using var platform = await TestPlatform.StartAsync();
        await using var site = new TestSite { Factories = [new ScriptedCloud()] };
        await site.StartAsync(platform.Url);
        await platform.ConnectedAsync();

        var gone = await FailsAsync(() => platform.Adapter.Servers!.GetAsync(new NativeId("no"), None));
        var slow = await FailsAsync(() => platform.Adapter.Servers!.DeleteAsync(new NativeId("no"), None));
        var bug = await FailsAsync(() => platform.Adapter.Inventory!.ListAddressesAsync(None).ToListAsync().AsTask());
        var items = new List<CloudVolume>();
        var broken = await FailsAsync(async () =>
        {
            await foreach (var volume in platform.Adapter.Inventory!.ListVolumesAsync(None))
            {
                items.Add(volume);
            }
        });

        Assert.Equal((FailureKind.NotFound, "gone"), (gone.Kind, gone.Message));
        Assert.Equal(("Ecs.0114", "req-77"), (gone.ProviderCode, gone.ProviderRequestId));
        Assert.Equal((FailureKind.Throttled, TimeSpan.FromSeconds(90)), (slow.Kind, slow.RetryAfter));
        Assert.Equal("the adapter failed: InvalidOperationException", bug.Message);
        Assert.Equal("the second page did not come", broken.Message);
    }

    [Theory]
    [InlineData("unknown service", "moons", "create", "{}", "unsupported", "knows no call 'moons.create'")]
    [InlineData("unknown method", "servers", "clone", "{}", "unsupported", "knows no call 'servers.clone'")]
    [InlineData("a service it lacks", "volumes", "delete", "{\"id\":\"x\"}", "unsupported", "offers no 'volumes'")]
    [InlineData("argument missing", "servers", "get", "{}", "invalidRequest", "'servers.get' are not what it takes")]
    [InlineData(
        "argument unknown",
        "servers",
        "get",
        "{\"id\":\"x\",\"y\":1}",
        "invalidRequest",
        "'servers.get' are not"
    )]
    [InlineData("a key that is none", "servers", "find", "{\"key\":\"a b\"}", "invalidRequest", "at $.key")]
    public async Task The_agent_refuses_by_name_what_it_does_not_know(
        string because,
        string service,
        string method,
        string arguments,
        string kind,
        string words
    )
    {
        await using var lying = await LyingPlatform.StartAsync(service, method, arguments);
        await using var site = new TestSite { Factories = [new ScriptedCloud()] };
        await site.StartAsync(lying.Url);

        var failure = (await lying.AnsweredAsync())["failure"]!;

        Assert.True(kind == $"{failure["kind"]}", because);
        Assert.Contains(words, $"{failure["message"]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_a_call_on_the_platform_cancels_it_at_the_cloud()
    {
        var cancelled = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        var cloud = new ScriptedCloud
        {
            BeforeCreate = async token =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancelled.SetResult();
                token.ThrowIfCancellationRequested();
            },
        };
        await using var platform = await TestPlatform.StartAsync();
        await using var site = new TestSite { Factories = [cloud] };
        await site.StartAsync(platform.Url);
        await platform.ConnectedAsync();
        using var patience = new CancellationTokenSource();
        var creating = platform.Adapter.Servers!.CreateAsync(WireTests.Spec, Key, patience.Token);
        await begun.Task;

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => creating);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await UntilAsync(() => site.Journaled == 0);
    }

    [Fact]
    public async Task A_listing_waits_for_its_reader_and_stops_when_he_does()
    {
        var cloud = new ScriptedCloud { Listed = 100_000 };
        await using var platform = await TestPlatform.StartAsync();
        await using var site = new TestSite { Factories = [cloud] };
        await site.StartAsync(platform.Url);
        await platform.ConnectedAsync();

        await foreach (var server in platform.Adapter.Inventory!.ListServersAsync(None))
        {
            Assert.Equal("server-000000", server.Id.Value);
            await Task.Delay(300);
            break;
        }

        // Read one part, two stand by, one is on its way, one is gathered.
        Assert.InRange(cloud.HandedOut, 1, 3000);
        Assert.Equal(0, platform.Relay.Agents.Single().Calls);
    }

    [Fact]
    public async Task A_hundred_thousand_servers_come_whole_and_in_order_with_flat_memory()
    {
        await using var platform = await TestPlatform.StartAsync();
        await using var site = new TestSite { Factories = [new ScriptedCloud { Listed = 100_000 }] };
        await site.StartAsync(platform.Url);
        await platform.ConnectedAsync();
        var (count, most) = (0, 0L);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await foreach (var server in platform.Adapter.Inventory!.ListServersAsync(None))
        {
            Assert.Equal($"server-{count++:D6}", server.Id.Value);
            if (count % 20_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.Equal(100_000, count);
        Assert.True(most < 16 * 1024 * 1024, $"{most} bytes");
    }

    [Fact]
    public async Task A_large_batch_of_samples_is_cut_into_parts_and_arrives_unchanged()
    {
        await using var platform = await TestPlatform.StartAsync();
        await using var site = new TestSite { Factories = [new ScriptedCloud()] };
        await site.StartAsync(platform.Url);
        await platform.ConnectedAsync();
        var from = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        NativeId[] servers = [.. Enumerable.Range(0, 40).Select(i => new NativeId($"s-{i}"))];

        var samples = await platform
            .Adapter.Usage!.ReadAsync(servers, from, from.AddDays(1), None)
            .SelectMany(batch => batch)
            .ToListAsync();

        Assert.Equal(40 * 288, samples.Count);
        Assert.Equal(samples.Count, samples.Select(sample => (sample.Server, sample.Slot)).Distinct().Count());
        Assert.Equal(new UsageSample(new("s-0"), from, 0, null, float.NaN, 1.5f, 0), samples[0]);
    }

    [Fact]
    public async Task More_calls_than_the_queue_holds_are_turned_away()
    {
        await using var platform = await TestPlatform.StartAsync(new PlatformTerms { Queue = 2 });
        using var agent = new AgentWire(platform.Url);
        await agent.LeaseAsync(agent.Lease(places: 0));
        using var patience = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 2).Select(_ => platform.Adapter.CheckAsync(patience.Token)).ToList();

        var failure = await FailsAsync(() => platform.Adapter.CheckAsync(None));

        Assert.Equal(FailureKind.Throttled, failure.Kind);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(waiting));
    }

    internal static async Task UntilAsync(Func<bool> condition)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), "it did not come about");
            await Task.Delay(10);
        }
    }

    private static async Task<AdapterException> FailsAsync(Func<Task> call) =>
        await Assert.ThrowsAsync<AdapterException>(call);
}
