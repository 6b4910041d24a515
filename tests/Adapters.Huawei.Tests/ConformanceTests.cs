using System.Text.Json;
using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Sdk.Testing;
using CloudManager.Labs.Huawei;

namespace CloudManager.Adapters.Huawei.Tests;

/// <summary>The conformance suite (适配器一致性测试, art. 16) on a simulated cloud that verifies every signature.</summary>
public sealed class ConformanceTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("the public cloud's ways", "jobs", "v1")]
    [InlineData("a private edition's ways", "cinder", "v1.1")]
    public async Task Art16_the_adapter_conforms(string because, string evsStyle, string serverCreate)
    {
        await using var cloud = await HuaweiSimulator.StartAsync(new SimulatorOptions { LockAfter = 1 }, None);
        await using var adapter = Adapter(cloud, evsStyle, serverCreate);

        var report = await ConformanceSuite.RunAsync(adapter, Options(cloud), null, None);

        var failed = report.Results.Where(result => result.Outcome == CheckOutcome.Failed).ToList();
        Assert.True(failed.Count == 0, $"{because}: {string.Join("\n", failed)}");
        Assert.Equal((0, 0, 0), (cloud.Servers, cloud.Volumes, cloud.Addresses));
        Assert.Equal(0, cloud.SignaturesRefused);
        Assert.Equal(cloud.TotalCalls, cloud.SignaturesVerified);
    }

    internal static ICloudAdapter Adapter(RunningSimulator cloud, string evsStyle = "jobs", string serverCreate = "v1")
    {
        var url = cloud.BaseUrl.ToString().TrimEnd('/');
        var settings = JsonSerializer.SerializeToElement(
            new
            {
                region = cloud.Options.Region,
                accessKey = cloud.Options.AccessKey,
                secretKey = cloud.Options.SecretKey,
                endpoints = CloudServices.All.ToDictionary(service => service, _ => url),
                vpc = cloud.DefaultVpc,
                evsStyle,
                serverCreate,
                securityGroup = new
                {
                    name = "cloudmanager",
                    rules = new[]
                    {
                        new
                        {
                            direction = "ingress",
                            protocol = "tcp",
                            ports = "22-22",
                            from = "10.0.0.0/8",
                        },
                    },
                },
            }
        );
        return new HuaweiAdapterFactory().Create(
            new AdapterContext("hw", settings, Path.GetTempPath(), TimeProvider.System, TimeProvider.System)
        );
    }

    private static ConformanceOptions Options(RunningSimulator cloud) =>
        new()
        {
            Flavour = "s6.large.2",
            Size = new ServerSize(2, 4),
            Image = RunningSimulator.Image(),
            VolumeType = "SSD",
            Larger = new CloudFlavour("s6.xlarge.2", new ServerSize(4, 8)),
            MappedFlavours = [new CloudFlavour("s6.large.2", new ServerSize(2, 4))],
            MappedImages = [RunningSimulator.Image()],
            MappedVolumeTypes = ["SSD"],
            Network = new NativeId(cloud.DefaultVpc),
            MachineTime = TimeProvider.System,
            BusinessTime = TimeProvider.System,
            PollDelay = TimeSpan.FromMilliseconds(50),
            SettleTimeout = TimeSpan.FromSeconds(20),
        };
}
