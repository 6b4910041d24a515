using System.Text.Json;
using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Sdk.Testing;
using CloudManager.Adapters.Tests.Mock;

namespace CloudManager.Adapters.Tests.Conformance;

public sealed class ConformanceSuiteTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Art16_the_mock_passes_all_checks_and_nothing_is_left()
    {
        await using var pool = new MockPool();
        await pool.CreateServerAsync("somebody-else");
        var progress = new Told();
        var report = await ConformanceSuite.RunAsync(pool.Adapter, OnMock.Options(pool), progress, None);

        Assert.DoesNotContain(report.Results, result => result.Outcome != CheckOutcome.Passed);
        Assert.Equal(15, report.Results.Count);
        Assert.True(report.IsConformant);
        Assert.Equal(report.Results, progress.Results);
        Assert.Equal("somebody-else", Assert.Single(await OnMock.LeftAsync(pool)));
    }

    [Fact]
    public void Art16_every_check_has_a_name_a_group_an_article_and_says_what_it_proves_in_both_languages()
    {
        string[] groups =
        [
            "connect",
            "offerings",
            "servers",
            "volumes",
            "networks",
            "addresses",
            "inventory",
            "usage",
            "idempotency",
            "errors",
            "clean-up",
        ];
        Assert.Equal(groups, ConformanceSuite.Checks.Select(check => check.Group).Distinct());
        Assert.Equal(15, ConformanceSuite.Checks.Select(check => check.Id).Distinct().Count());
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
    public async Task A_report_reads_back_from_JSON_as_it_was_written()
    {
        await using var pool = new MockPool();
        await using var cloud = new TwistedCloud(pool.Adapter) { Usage = null };
        var report = await ConformanceSuite.RunAsync(cloud, OnMock.Options(pool), null, None);
        var json = JsonSerializer.Serialize(report, JsonSerializerOptions.Web);
        Assert.Contains("\"outcome\":\"Skipped\"", json, StringComparison.Ordinal);
        var back = JsonSerializer.Deserialize<ConformanceReport>(json, JsonSerializerOptions.Web)!;
        Assert.Equal(report.Results, back.Results);
        Assert.Equal(
            (report.Adapter, report.CloudVersion, report.StartedAt, report.Duration),
            (back.Adapter, back.CloudVersion, back.StartedAt, back.Duration)
        );
    }

    [Fact]
    public async Task What_the_adapter_does_not_offer_is_skipped_with_the_reason()
    {
        await using var pool = new MockPool();
        var cloud = new TwistedCloud(pool.Adapter)
        {
            Attachment = null,
            Binding = null,
            Usage = null,
            Inventory = null,
        };
        var report = await ConformanceSuite.RunAsync(cloud, OnMock.Options(pool), null, None);
        Assert.Equal(
            [
                ("volumes.attach-and-detach", "The adapter offers no Attachment."),
                ("addresses.bind-and-unbind", "The adapter offers no Binding."),
                ("inventory.shows-each-thing-once", "The adapter offers no Inventory."),
                ("usage.reads-in-bulk", "The adapter offers no Usage."),
            ],
            report
                .Results.Where(result => result.Outcome == CheckOutcome.Skipped)
                .Select(result => (result.Id, result.Message!))
        );
        Assert.True(report.IsConformant);
        Assert.Empty(await OnMock.LeftAsync(pool));
    }

    [Fact]
    public async Task Nothing_is_left_when_the_run_is_cancelled_at_any_check()
    {
        for (var after = 0; after < 13; after++)
        {
            await using var pool = new MockPool();
            using var cancel = new CancellationTokenSource();
            var progress = new Told { CancelAfter = (after, cancel) };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                ConformanceSuite.RunAsync(pool.Adapter, OnMock.Options(pool), progress, cancel.Token)
            );
            Assert.Equal("clean-up.leaves-nothing", progress.Results[^1].Id);
            Assert.Equal(CheckOutcome.Passed, progress.Results[^1].Outcome);
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
        Assert.Equal(CheckOutcome.Passed, report.Results[^1].Outcome);
        Assert.False(report.IsConformant);
        Assert.Empty(await OnMock.LeftAsync(pool));
    }

    [Fact]
    public async Task Waits_by_machine_time_until_a_server_settles()
    {
        await using var pool = new MockPool("""{"createSeconds": 60}""");
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
            pool.Machine.Advance(TimeSpan.FromMilliseconds(10));
        }

        var report = await running;
        Assert.DoesNotContain(report.Results, result => result.Outcome != CheckOutcome.Passed);
        Assert.True(report.Duration >= TimeSpan.FromMinutes(2), $"two servers settled in {report.Duration}");
    }

    [Fact]
    public async Task A_server_that_never_settles_fails_its_check_and_is_removed()
    {
        await using var pool = new MockPool("""{"createSeconds": 86400}""");
        var options = OnMock.Options(pool) with { SettleTimeout = TimeSpan.FromMilliseconds(30) };
        var report = await ConformanceSuite.RunAsync(pool.Adapter, options, null, None);
        var failed = report.Results.First(result => result.Id == "servers.run-as-ordered");
        Assert.Equal(CheckOutcome.Failed, failed.Outcome);
        Assert.Contains("in vain for server", failed.Message, StringComparison.Ordinal);
        Assert.Equal(CheckOutcome.Passed, report.Results[^1].Outcome);
        Assert.Empty(await OnMock.LeftAsync(pool));
    }

    private sealed class Told : IProgress<CheckResult>
    {
        public List<CheckResult> Results { get; } = [];

        public (int After, CancellationTokenSource Source)? CancelAfter { get; init; }

        public void Report(CheckResult value)
        {
            Results.Add(value);
            if (CancelAfter is { } cancel && Results.Count > cancel.After)
            {
                cancel.Source.Cancel();
            }
        }
    }
}
