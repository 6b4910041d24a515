using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Sdk.Testing;
using CloudManager.Agent.Tests.Support;

namespace CloudManager.Agent.Tests;

public sealed class ConformanceTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_pool_behind_an_agent_passes_the_whole_suite()
    {
        await using var platform = await TestPlatform.StartAsync();
        await using var site = new TestSite();
        await site.StartAsync(platform.Url);
        await platform.ConnectedAsync();
        var network = await platform.Adapter.Networks!.CreateAsync(
            new NetworkSpec("default-network", "10.30.0.0/24"),
            new OperationKey("default-network"),
            None
        );

        var report = await ConformanceSuite.RunAsync(platform.Adapter, Options(network.Id), null, None);

        Assert.DoesNotContain(report.Results, check => check.Outcome != CheckOutcome.Passed);
        Assert.True(report.IsConformant);
        Assert.Equal("Agent", platform.Adapter.Info.Kind);
        Assert.StartsWith("Mock", platform.Adapter.Info.CloudVersion, StringComparison.Ordinal);
        Assert.All(platform.Capabilities, capability => Assert.True(capability.Available, capability.Name));
    }

    private static ConformanceOptions Options(NativeId network) =>
        new()
        {
            Flavour = "m2-4",
            Size = new ServerSize(2, 4),
            Image = "kylin-v10-x86",
            VolumeType = "ssd",
            Larger = new CloudFlavour("m4-8", new ServerSize(4, 8)),
            MappedFlavours = [new CloudFlavour("m2-4", new ServerSize(2, 4))],
            MappedImages = ["kylin-v10-x86"],
            MappedVolumeTypes = ["ssd", "hdd"],
            MachineTime = TimeProvider.System,
            BusinessTime = TimeProvider.System,
            PollDelay = TimeSpan.FromMilliseconds(1),
            SettleTimeout = TimeSpan.FromSeconds(30),
            Network = network,
        };
}
