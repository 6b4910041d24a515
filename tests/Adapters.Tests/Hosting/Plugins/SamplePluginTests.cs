using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Sdk.Testing;

namespace CloudManager.Adapters.Tests.Hosting.Plugins;

/// <summary>The sample plug-in, declared by its hash, loaded and guarded as in a host.</summary>
public sealed class SamplePluginTests
{
    [Fact]
    public async Task Art16_it_passes_the_whole_conformance_suite()
    {
        await using var host = await PluginHost.StartAsync(Declared.Sample(), new { endpoint = "memory://suite" });
        var report = await ConformanceSuite.RunAsync(host.Adapter, Options, progress: null, CancellationToken.None);
        var failed = report
            .Results.Where(it => it.Outcome == CheckOutcome.Failed)
            .Select(it => $"{it.Id}: {it.Message}");
        Assert.Empty(failed);
        Assert.True(report.IsConformant);
        Assert.Equal("MemoryCloud", report.Adapter);
        Assert.True(report.Count(CheckOutcome.Passed) > 30, $"{report.Count(CheckOutcome.Passed)} passed");
        Assert.All(
            report.Results.Where(it => it.Outcome == CheckOutcome.Skipped),
            it => Assert.StartsWith("The adapter offers n", it.Message, StringComparison.Ordinal)
        );
        Assert.Null(host.Malfunction);
    }

    [Fact]
    public async Task What_it_does_not_offer_is_shown_with_its_reason()
    {
        await using var host = await PluginHost.StartAsync(Declared.Sample(), new { endpoint = "memory://shown" });
        var capabilities = host.Pools.Capabilities(PluginHost.Id).ToDictionary(it => it.Name);
        Assert.Contains("one shared network", capabilities["networks"].Reason, StringComparison.Ordinal);
        Assert.Contains("2048 GiB", capabilities["volumes"].Reason, StringComparison.Ordinal);
        Assert.True(capabilities["servers"].Available);
    }

    [Fact]
    public async Task Wrong_settings_are_told_with_their_path()
    {
        var failure = await AdaptersJson.FaultsAsync(
            PluginHost.Text([Declared.Sample()], new { vcpus = 0, colour = 1 })
        );
        Assert.Equal(
            ["pools[1].settings.colour", "pools[1].settings.endpoint", "pools[1].settings.vcpus"],
            failure.Faults.Select(fault => fault.Path).Order()
        );
    }

    private static ConformanceOptions Options =>
        new()
        {
            Flavour = "small",
            Size = new ServerSize(2, 4),
            Larger = new CloudFlavour("large", new ServerSize(4, 8)),
            Image = "linux",
            VolumeType = "ssd",
            MappedFlavours = [new CloudFlavour("small", new ServerSize(2, 4))],
            MappedImages = ["linux"],
            MappedVolumeTypes = ["ssd", "hdd"],
            MachineTime = TimeProvider.System,
            BusinessTime = TimeProvider.System,
            SettleTimeout = TimeSpan.FromSeconds(30),
        };
}
