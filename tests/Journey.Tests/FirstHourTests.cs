using CloudManager.Journey.Tests.Support;

namespace CloudManager.Journey.Tests;

/// <summary>The commands of docs/first-hour.md, run as they stand by a shell against the built host.</summary>
public sealed class FirstHourTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cloudmanager-").FullName;

    [Fact]
    public async Task The_first_hour_goes_as_it_is_written()
    {
        Assert.SkipUnless(FirstHour.CanRun, "needs sh and curl");
        var page = new FirstHour();
        Assert.Contains("issue-delivery-order", page.Commands, StringComparison.Ordinal);
        Assert.Contains("monthly-report/run", page.Commands, StringComparison.Ordinal);
        var adapters = Path.Combine(Repository.Root, "adapters.json");
        await using var host = await HostProcess.StartAsync(_folder, adapters, page.Options);

        var said = await page.RunAsync(host, _folder);

        Assert.Equal(5, page.ComputedByHand.Count);
        Assert.All(page.ComputedByHand, row => Assert.Contains(row, said, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
