using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Sdk.Testing;
using CloudManager.Labs.Aws;

namespace CloudManager.Adapters.Aws.Tests;

/// <summary>The whole suite over HTTP, and that it leaves the region as it was.</summary>
public sealed class ConformanceTests
{
    /// <summary>What this cloud has no service for; everything else must pass.</summary>
    private static readonly string[] NotOffered =
    [
        "servers.open-their-console",
        "addresses.change-bandwidth",
        "inventory.changes-show-what-was-made",
        "inventory.changes-show-what-was-deleted",
        "usage.capacity-adds-up",
        "limits.largest-volume",
    ];

    [Theory]
    [InlineData("everything is seen at once", 0, 1_000)]
    [InlineData("what was made is denied for a while, and lists have many pages", 150, 5)]
    public async Task Art16_the_conformance_suite_passes(string because, int unseen, int pageSize)
    {
        var options = new SimulatorOptions
        {
            Settle = TimeSpan.FromMilliseconds(60),
            Unseen = TimeSpan.FromMilliseconds(unseen),
            PageSize = pageSize,
            PremadeServers = 30,
        };
        await using var cloud = await OnSimulator.StartAsync(options);

        await PrepareAsync(cloud.Adapter);

        var report = await ConformanceSuite.RunAsync(cloud.Adapter, Order, null, CancellationToken.None);

        Assert.All(
            report.Results,
            result => Assert.True(result.Outcome != CheckOutcome.Failed, $"{because}: {result}")
        );
        Assert.Equal(
            NotOffered.Order(),
            report.Results.Where(each => each.Outcome == CheckOutcome.Skipped).Select(each => each.Id).Order()
        );
        Assert.True(report.IsConformant);
        Assert.Equal(0, cloud.Simulator.Counters.SignatureRefusals);
        Assert.Equal(OnSimulator.Untouched, await cloud.ThingsAsync());
    }

    /// <summary>The pool's security group is made with its first server, which asks to come again while it is not seen.</summary>
    private static async Task PrepareAsync(ICloudAdapter cloud)
    {
        var key = new OperationKey("cm-0");
        while (true)
        {
            try
            {
                var first = await cloud.Servers!.CreateAsync(OnSimulator.Server, key, default);
                await cloud.Servers.DeleteAsync(first.Id, default);
                return;
            }
            catch (AdapterException failure) when (failure.Kind == FailureKind.Throttled)
            {
                Assert.Contains(
                    failure.ProviderCode,
                    new[] { "InvalidGroup.NotFound", "InvalidGroup.Duplicate", "InvalidInstanceID.NotFound" }
                );
                await Task.Delay(50);
            }
        }
    }

    private static ConformanceOptions Order =>
        new()
        {
            Flavour = "t3.small",
            Size = new ServerSize(2, 2),
            Larger = new CloudFlavour("t3.medium", new ServerSize(2, 4)),
            Image = "kylin-v10-x86",
            VolumeType = "gp3",
            SystemDiskGiB = 20,
            Network = new NativeId(RunningSimulator.Subnet),
            MappedFlavours = [new CloudFlavour("m6i.large", new ServerSize(2, 8))],
            MappedImages = ["kylin-v10-arm"],
            MappedVolumeTypes = ["gp2"],
            MachineTime = TimeProvider.System,
            BusinessTime = TimeProvider.System,
            PollDelay = TimeSpan.FromMilliseconds(50),
            SettleTimeout = TimeSpan.FromSeconds(20),
        };
}
