using CloudManager.Clouds.Tests.Support;
using CloudManager.Journey.Tests.Support;

namespace CloudManager.Clouds.Tests;

/// <summary>
/// The story of docs/first-hour.md, word by word, with another cloud behind its pool (art. 16): the file adapters.json is
/// all that changes.
/// </summary>
public sealed class FirstHourOnEachCloudTests : IDisposable
{
    private const string Pool = "mock-a";
    private readonly string _folder = Directory.CreateTempSubdirectory("cloudmanager-").FullName;

    [Fact]
    public Task Art16_it_goes_on_Huawei() => GoesAsync(HuaweiCloud.StartAsync);

    [Fact]
    public Task Art16_it_goes_on_EC2() => GoesAsync(AwsCloud.StartAsync);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task GoesAsync(Func<Task<IOtherCloud>> start)
    {
        Assert.SkipUnless(FirstHour.CanRun, "needs sh and curl");
        await using var cloud = await start();
        var page = new FirstHour();
        var adapters = Declared.Write(_folder, new Dictionary<string, IOtherCloud> { [Pool] = cloud });
        await using var host = await HostProcess.StartAsync(_folder, adapters, page.Options);
        await cloud.ConnectAsync(host);

        var said = await page.RunAsync(host, _folder);

        Assert.All(page.ComputedByHand, row => Assert.Contains(row, said, StringComparison.Ordinal));
        Assert.Equal(await CountInServiceAsync(host), await cloud.CountServersAsync());
    }

    /// <summary>The servers that the books hold when the story ends.</summary>
    private static async Task<int> CountInServiceAsync(HostProcess host)
    {
        var all = await host.CallAsync(HttpMethod.Get, "/api/v1/resources?state=inService&limit=500", "technical");
        var servers = all["items"]!.AsArray().Count(r => r!["kind"]!.GetValue<string>() == "server");
        Assert.NotEqual(0, servers);
        return servers;
    }
}
