using System.Text.Json;
using CloudManager.Adapters.Manual;
using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Sdk.Testing;
using CloudManager.Adapters.Tests.Hosting;
using CloudManager.Core.Pools;

namespace CloudManager.Adapters.Tests.Manual;

/// <summary>A pool whose provider offers no interface: what it says, and what the suite proves of it.</summary>
public sealed class ManualAdapterTests
{
    private const string Declared = """
        {"limits":{"largestVolumeGiB":8192,"largestBandwidthMbps":500},
         "flavours":[{"flavour":"4C8G","vcpus":4,"memoryGiB":8},{"flavour":"8C16G","vcpus":8,"memoryGiB":16}],
         "images":["kylin-v10"],"volumeTypes":["san"]}
        """;

    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("nothing declared", "{}")]
    [InlineData("only limits", """{"limits":{"largestVolumeGiB":8192}}""")]
    [InlineData("everything", Declared)]
    public void Settings_that_are_right_have_no_faults(string because, string settings)
    {
        var faults = new ManualAdapterFactory().Validate(JsonElement.Parse(settings));
        Assert.True(faults.Count == 0, $"{because}: {string.Join("; ", faults)}");
    }

    [Theory]
    [InlineData("an unknown member", """{"url":"http://x"}""", "url")]
    [InlineData("an unknown limit", """{"limits":{"largestDisk":1}}""", "limits.largestDisk")]
    [InlineData("a limit of none", """{"limits":{"largestVolumeGiB":0}}""", "limits.largestVolumeGiB")]
    [InlineData("a limit in words", """{"limits":{"largestVolumeGiB":"8"}}""", "limits.largestVolumeGiB")]
    [InlineData("limits that are none", """{"limits":7}""", "limits")]
    [InlineData("no list", """{"images":"kylin"}""", "images")]
    [InlineData("an empty name", """{"images":[" "]}""", "images[0]")]
    [InlineData("a name twice", """{"images":["a","a"]}""", "images[1]")]
    [InlineData("no size", """{"flavours":[{"flavour":"s","vcpus":4}]}""", "flavours[0].memoryGiB")]
    [InlineData("no name", """{"flavours":[{"vcpus":4,"memoryGiB":8}]}""", "flavours[0].flavour")]
    [InlineData("no object", """{"flavours":["4C8G"]}""", "flavours[0]")]
    [InlineData(
        "more than a size",
        """{"flavours":[{"flavour":"s","vcpus":4,"memoryGiB":8,"gpu":1}]}""",
        "flavours[0].gpu"
    )]
    public void Every_fault_of_the_settings_is_named_by_its_path(string because, string settings, string path)
    {
        var fault = Assert.Single(new ManualAdapterFactory().Validate(JsonElement.Parse(settings)));
        Assert.True(path == fault.Path, $"{because}: {fault}");
        Assert.NotEmpty(fault.Expected);
    }

    [Fact]
    public async Task Art16_the_suite_passes_its_subset_and_says_why_it_left_out_the_rest()
    {
        await using var adapter = Make(Declared);
        var report = await ConformanceSuite.RunAsync(adapter, Options(), null, None);

        Assert.True(report.IsConformant);
        Assert.Equal(
            [
                "connect.answers",
                "connect.describes-itself",
                "connect.takes-calls-at-once",
                "connect.honours-cancellation",
                "offerings.list-flavours",
                "offerings.list-images",
                "offerings.mapped-flavours-exist",
            ],
            report
                .Results.Where(r =>
                    r.Outcome == CheckOutcome.Passed && !r.Id.StartsWith("clean-up", StringComparison.Ordinal)
                )
                .Select(r => r.Id)
                .Take(7)
        );
        var servers = report.Results.Single(r => r.Id == "servers.come-up");
        Assert.Equal(CheckOutcome.Skipped, servers.Outcome);
        Assert.Contains("done by the provider's people", servers.Message!, StringComparison.Ordinal);
        Assert.All(
            report.Results.Where(r => r.Outcome == CheckOutcome.Skipped),
            r => Assert.False(string.IsNullOrWhiteSpace(r.Message), r.Id)
        );
        Assert.DoesNotContain(report.Results, r => r.Outcome == CheckOutcome.Failed);
    }

    [Fact]
    public async Task Art16_a_mapping_that_leads_to_what_is_not_declared_fails()
    {
        await using var adapter = Make(Declared);
        var wrong = Options() with { MappedFlavours = [new("16C32G", new ServerSize(16, 32))] };
        var report = await ConformanceSuite.RunAsync(adapter, wrong, null, None);
        Assert.Equal(
            "offerings.mapped-flavours-exist",
            Assert.Single(report.Results, r => r.Outcome == CheckOutcome.Failed).Id
        );
    }

    [Fact]
    public async Task Art14_what_people_do_can_be_ordered_though_nothing_can_be_called()
    {
        using var folder = new TempFolder();
        var declared = Pools.Declared() with { Adapter = "Manual", Settings = JsonElement.Parse(Declared) };
        await using var hosted = Pools.Host([declared], folder, new ManualAdapterFactory());
        var capabilities = hosted.Capabilities(Pools.Id).ToDictionary(c => c.Name);

        foreach (
            var name in (string[])
                ["servers", "resizing", "volumes", "attachment", "networks", "addresses", "bandwidth", "binding"]
        )
        {
            var capability = capabilities[name];
            Assert.Equal((false, true, true), (capability.Available, capability.ByHand, capability.Orderable));
            Assert.Contains("done by the provider's people", capability.Reason!, StringComparison.Ordinal);
        }

        Assert.Equal((8192, 500), (capabilities["volumes"].Limit, capabilities["addresses"].Limit));
        Assert.Contains("8192 GiB", capabilities["volumes"].Reason!, StringComparison.Ordinal);
        Assert.Equal((false, false), (capabilities["console"].ByHand, capabilities["console"].Orderable));
        Assert.True(capabilities["offerings"].Available);
        Assert.True(hosted.IsByHand(Pools.Id));
    }

    [Fact]
    public async Task A_cancelled_check_ends_as_cancelled()
    {
        await using var adapter = Make("{}");
        await adapter.CheckAsync(None);
        await Assert.ThrowsAsync<OperationCanceledException>(() => adapter.CheckAsync(new CancellationToken(true)));
        Assert.Null(adapter.Offerings);
    }

    private static ICloudAdapter Make(string settings) =>
        new ManualAdapterFactory().Create(
            new AdapterContext("hand-a", JsonElement.Parse(settings), "/", TimeProvider.System, TimeProvider.System)
        );

    private static ConformanceOptions Options() =>
        new()
        {
            Flavour = "4C8G",
            Size = new ServerSize(4, 8),
            Image = "kylin-v10",
            VolumeType = "san",
            MappedFlavours = [new("4C8G", new ServerSize(4, 8)), new("8C16G", new ServerSize(8, 16))],
            MachineTime = TimeProvider.System,
            BusinessTime = TimeProvider.System,
        };
}
