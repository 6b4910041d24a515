using CloudManager.Journey.Tests.Support;

namespace CloudManager.Clouds.Tests.Support;

/// <summary>
/// The story of docs/first-hour.md, word by word, with another cloud behind its pool (art. 16): the file adapters.json is
/// all that changes.
/// </summary>
internal static class StoryOn
{
    private const string Pool = "mock-a";
    private const string All = "CLOUDMANAGER_ALL_CLOUDS";

    /// <summary>Tells the story on the cloud that this starts.</summary>
    public static async Task GoesAsync(Func<Task<IOtherCloud>> start)
    {
        Assert.SkipUnless(FirstHour.CanRun, "needs sh and curl");
        var folder = Directory.CreateTempSubdirectory("cloudmanager-").FullName;
        try
        {
            await GoesAsync(start, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The same for a cloud that is left out of a quick run of the tests.</summary>
    public static Task GoesIfAllAsync(Func<Task<IOtherCloud>> start)
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable(All)), $"runs where {All} is set");
        return GoesAsync(start);
    }

    private static async Task GoesAsync(Func<Task<IOtherCloud>> start, string folder)
    {
        await using var cloud = await start();
        var page = new FirstHour();
        var adapters = Declared.Write(folder, new Dictionary<string, IOtherCloud> { [Pool] = cloud });
        await using var host = await HostProcess.StartAsync(folder, adapters, page.Options);
        await cloud.ConnectAsync(host);

        var said = await page.RunAsync(host, folder);

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
