using System.Text.Json;
using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Sdk.Testing;
using CloudManager.Adapters.Tests.Mock;

namespace CloudManager.Adapters.Tests.Conformance;

public sealed class ConformanceSuiteTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("resizes are confirmed", """{"resizeNeedsConfirm": true}""")]
    [InlineData("resizes are done at once", "{}")]
    [InlineData("a resize needs a stop", """{"resizeNeedsStop": true, "resizeNeedsConfirm": true}""")]
    public async Task Art16_the_mock_passes_all_checks_and_nothing_is_left(string because, string settings)
    {
        await using var pool = new MockPool(settings);
        await pool.CreateServerAsync("somebody-else");
        var progress = new Told();
        var report = await ConformanceSuite.RunAsync(pool.Adapter, await OnMock.WithNetworkAsync(pool), progress, None);

        var notPassed = report.Results.Where(result => result.Outcome != CheckOutcome.Passed);
        Assert.True(!notPassed.Any(), $"{because}: {string.Join("; ", notPassed)}");
        Assert.Equal(ConformanceSuite.Checks.Select(check => check.Id), report.Results.Select(result => result.Id));
        Assert.True(report.IsConformant);
        Assert.Equal(
            ConformanceSuite.Checks.Select(check => check.Id),
            progress.Running.Take(progress.Running.Count - 1)
        );
        Assert.Equal((62, 62, null), (progress.Last!.Done, progress.Last.Total, progress.Last.Running));
        Assert.Equal(["somebody-else", "default-network"], await OnMock.LeftAsync(pool));
    }

    [Fact]
    public async Task Art16_a_run_makes_few_things()
    {
        await using var pool = new MockPool();
        await ConformanceSuite.RunAsync(pool.Adapter, OnMock.Options(pool), null, None);
        Assert.Equal("mock-t-srv-4", (await pool.CreateServerAsync()).Id.Value);
        Assert.Equal("mock-t-vol-4", (await pool.CreateVolumeAsync()).Id.Value);
        Assert.Equal("mock-t-net-2", (await pool.CreateNetworkAsync()).Id.Value);
    }

    [Fact]
    public void Art16_every_check_has_a_name_a_group_an_article_and_says_what_it_proves_in_both_languages()
    {
        string[] groups =
        [
            "connect",
            "offerings",
            "servers",
            "networks",
            "volumes",
            "addresses",
            "inventory",
            "usage",
            "idempotency",
            "errors",
            "limits",
            "clean-up",
        ];
        Assert.Equal(groups, ConformanceSuite.Checks.Select(check => check.Group).Distinct());
        Assert.Equal(62, ConformanceSuite.Checks.Select(check => check.Id).Distinct().Count());
        Assert.All(
            ConformanceSuite.Checks,
            check =>
            {
                Assert.Matches("^[a-z-]+\\.[a-z-]+$", check.Id);
                Assert.Matches("^A[0-9]+[a-z]?$", check.Article);
                Assert.Matches("\\p{IsCJKUnifiedIdeographs}", check.Proves.Zh);
                Assert.Matches("^[a-z]", check.Proves.En);
                Assert.All(check.Requires, name => Assert.NotNull(typeof(ICloudAdapter).GetProperty(name)));
            }
        );
    }

    [Fact]
    public async Task What_the_adapter_does_not_offer_is_skipped_with_the_reason()
    {
        await using var pool = new MockPool();
        var cloud = new TwistedCloud(pool.Adapter)
        {
            Attachment = null,
            Networks = null,
            Snapshots = null,
            Usage = null,
            Inventory = null,
        };
        var report = await ConformanceSuite.RunAsync(cloud, OnMock.Options(pool), null, None);
        var skipped = report.Results.Where(result => result.Outcome == CheckOutcome.Skipped).ToList();
        Assert.Contains(skipped, it => (it.Id, it.Message) == ("volumes.attach", "The adapter offers no Attachment."));
        Assert.Contains(
            skipped,
            it => (it.Id, it.Message) == ("clean-up.leaves-nothing", "The adapter offers no Inventory.")
        );
        Assert.Equal(0, report.Count(CheckOutcome.Failed));
        Assert.True(report.IsConformant);
        Assert.Empty(await OnMock.LeftAsync(pool));
    }

    [Fact]
    public async Task Nothing_is_left_when_the_run_is_stopped_at_any_check()
    {
        for (var after = 0; after < ConformanceSuite.Checks.Count - 2; after++)
        {
            await using var pool = new MockPool();
            using var cancel = new CancellationTokenSource();
            var progress = new Told { CancelAfter = (after, cancel) };
            var report = await ConformanceSuite.RunAsync(pool.Adapter, OnMock.Options(pool), progress, cancel.Token);
            Assert.True(report.Stopped);
            Assert.False(report.IsConformant);
            Assert.Equal(ConformanceSuite.Checks.Count, report.Results.Count);
            Assert.All(report.Results.TakeLast(2), result => Assert.Equal(CheckOutcome.Passed, result.Outcome));
            Assert.Empty(await OnMock.LeftAsync(pool));
        }
    }

    [Fact]
    public async Task Nothing_is_left_on_a_cloud_that_fails_every_third_call()
    {
        await using var pool = new MockPool(
            """
            {"seed": 5, "faults": {"*": [{"kind": "timeoutAfterSuccess", "probability": 0.2},
                                         {"kind": "unavailable", "probability": 0.2}]}}
            """
        );
        var report = await ConformanceSuite.RunAsync(pool.Adapter, OnMock.Options(pool), null, None);
        Assert.All(report.Results.TakeLast(2), result => Assert.Equal(CheckOutcome.Passed, result.Outcome));
        Assert.False(report.IsConformant);
        Assert.Empty(await OnMock.LeftAsync(pool));
    }

    [Fact]
    public async Task What_a_create_made_whose_answer_was_lost_is_found_by_its_key_once_the_cloud_shows_it()
    {
        await using var pool = new MockPool(
            """{"faults": {"createServer": {"kind": "timeoutAfterSuccess", "probability": 1}}}"""
        );
        var finds = 0;
        var cloud = new TwistedCloud(pool.Adapter)
        {
            Info = pool.Adapter.Info with { Limits = new CloudLimits { SettleTime = TimeSpan.FromSeconds(5) } },
            Inventory = null,
            Servers = Twist<IServerService>.Of(
                pool.Adapter.Servers!,
                "FindAsync",
                (_, real) => finds++ < 20 ? Task.FromResult<CloudServer?>(null) : real()
            ),
        };
        await ConformanceSuite.RunAsync(cloud, OnMock.Options(pool), null, None);
        Assert.Empty(await OnMock.LeftAsync(pool));
    }

    [Fact]
    public async Task What_a_killed_run_left_is_removed_by_its_prefix()
    {
        await using var pool = new MockPool();
        var options = OnMock.Options(pool) with { Prefix = "conf-000007-ab" };
        await pool.CreateServerAsync("somebody-else");
        var volume = (await pool.CreateVolumeAsync("conf-000007-ab-3")).Id;
        await pool.CreateAddressAsync("conf-000007-ab-9");
        await pool.Adapter.Snapshots!.CreateAsync(
            new SnapshotSpec("s", volume),
            new OperationKey("conf-000007-ab-12"),
            None
        );
        await pool.CreateServerAsync(
            "conf-000007-ab-5",
            network: (await pool.CreateNetworkAsync("conf-000007-ab-4")).Id
        );
        var results = await ConformanceSuite.RemoveLeftoversAsync(pool.Adapter, options, None);
        Assert.All(results, result => Assert.Equal(CheckOutcome.Passed, result.Outcome));
        Assert.Equal("somebody-else", Assert.Single(await OnMock.LeftAsync(pool)));
    }

    [Fact]
    public async Task Waits_by_machine_time_on_a_slow_cloud()
    {
        await using var pool = new MockPool(
            """{"createSeconds": 60, "resizeSeconds": 30, "resizeNeedsConfirm": true}"""
        );
        var options = OnMock.Options(pool) with
        {
            MachineTime = pool.Machine,
            PollDelay = TimeSpan.FromSeconds(5),
            SettleTimeout = TimeSpan.FromDays(1),
            CleanUpTimeout = TimeSpan.FromDays(1),
        };
        var running = ConformanceSuite.RunAsync(pool.Adapter, options, null, None);
        while (!running.IsCompleted)
        {
            await Task.Yield();
            pool.Machine.Advance(TimeSpan.FromMilliseconds(100));
        }

        var report = await running;
        Assert.DoesNotContain(report.Results, result => result.Outcome == CheckOutcome.Failed);
        Assert.True(report.Duration >= TimeSpan.FromMinutes(3), $"two servers and two resizes in {report.Duration}");
    }

    [Fact]
    public async Task A_server_that_never_settles_fails_its_check_and_is_removed()
    {
        await using var pool = new MockPool("""{"createSeconds": 86400}""");
        var options = OnMock.Options(pool) with { SettleTimeout = TimeSpan.FromMilliseconds(30) };
        var report = await ConformanceSuite.RunAsync(pool.Adapter, options, null, None);
        var failed = report.Results.First(result => result.Id == "servers.come-up");
        Assert.Equal(CheckOutcome.Failed, failed.Outcome);
        Assert.Contains("in vain for server", failed.Message, StringComparison.Ordinal);
        var dependent = report.Results.First(result => result.Id == "servers.reboot");
        Assert.Equal(
            (CheckOutcome.Skipped, "It needs what servers.come-up makes, which failed."),
            (dependent.Outcome, dependent.Message!)
        );
        Assert.All(report.Results.TakeLast(2), result => Assert.Equal(CheckOutcome.Passed, result.Outcome));
        Assert.Empty(await OnMock.LeftAsync(pool));
    }

    [Fact]
    public async Task A_report_reads_back_from_JSON_as_it_was_written()
    {
        await using var pool = new MockPool();
        await using var cloud = new TwistedCloud(pool.Adapter) { Usage = null };
        var report = await ConformanceSuite.RunAsync(cloud, OnMock.Options(pool), null, None);
        var json = JsonSerializer.Serialize(report, JsonSerializerOptions.Web);
        Assert.Contains("\"outcome\":\"Skipped\"", json, StringComparison.Ordinal);
        var back = JsonSerializer.Deserialize<ConformanceReport>(json, JsonSerializerOptions.Web)!;
        Assert.Equal(report.Results, back.Results);
        Assert.Equal(report with { Results = [] }, back with { Results = [] });
    }

    private sealed class Told : IProgress<ConformanceProgress>
    {
        public List<string?> Running { get; } = [];

        public ConformanceProgress? Last { get; private set; }

        public (int After, CancellationTokenSource Source)? CancelAfter { get; init; }

        public void Report(ConformanceProgress value)
        {
            Running.Add(value.Running);
            Last = value;
            if (CancelAfter is { } cancel && Running.Count > cancel.After)
            {
                cancel.Source.Cancel();
            }
        }
    }
}
