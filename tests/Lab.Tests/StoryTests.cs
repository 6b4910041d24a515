using CloudManager.Journey.Tests.Support;
using CloudManager.Lab.Tests.Support;
using static CloudManager.Lab.Tests.Support.Orders;

namespace CloudManager.Lab.Tests;

/// <summary>The story of docs/first-hour.md on a real OpenStack, looked up with OpenStack's own command line.</summary>
[Collection(LabCollection.Name)]
public sealed class StoryTests
{
    [Fact]
    public async Task What_was_ordered_runs_in_the_cloud_as_it_was_ordered()
    {
        Assert.SkipUnless(TheLab.IsThere, TheLab.Missing);
        await using var project = await LabProject.CreateAsync();
        await using var host = await project.StartHostAsync();
        var id = await TestingAsync(host, "lab", Servers(2, 2, 4), Volumes(2, 10), Address());
        await AssertCloudAsync(host, project, "testing", flavour: "2C4G", sizeGiB: 10);

        // Tested with 2 cores, advised and delivered with 4: the servers of the test are resized, their volumes grow.
        await DeliverAsync(host, id, Servers(2, 4, 8), Volumes(2, 20), Address());
        await ActAsync(host, id, "tenant-a", "confirm");
        await AssertCloudAsync(host, project, "inService", flavour: "4C8G", sizeGiB: 20);

        // Deregistered, it is destroyed before the provider may say so.
        var end = await ReclaimedAsync(host);
        Assert.True(await IsEmptyAsync(project), host.Output);
        await ActAsync(host, end, "tenant-a", "confirm");
        await WaitAsync(host, end, "ended");
    }

    [Fact]
    public async Task What_is_withdrawn_is_gone_from_the_cloud()
    {
        Assert.SkipUnless(TheLab.IsThere, TheLab.Missing);
        await using var project = await LabProject.CreateAsync();
        await using var host = await project.StartHostAsync();
        var id = await TestingAsync(host, "lab", Servers(1, 1, 2), Volumes(1, 10), Address());
        await AssertCloudAsync(host, project, "testing", flavour: "1C2G", sizeGiB: 10);

        await ActAsync(host, id, "tenant-a", "withdraw");
        Assert.True(await IsEmptyAsync(project), host.Output);
        Assert.Empty(await ResourcesAsync(host, "server", "testing"));
    }

    /// <summary>Whether nothing is left in the project; the cloud may still be at work on the last deletions.</summary>
    private static Task<bool> IsEmptyAsync(LabProject project) =>
        Patience.UntilAsync(async () =>
            (await project.Cli.ListAsync("server", "list")).Count
                + (await project.Cli.ListAsync("volume", "list")).Count
                + (await project.Cli.ListAsync("floating", "ip", "list")).Count
                + (await project.Cli.ListAsync("port", "list", "--project", project.Name)).Count
            == 0
        );

    /// <summary>The project holds what the books say, no more and no less.</summary>
    private static async Task AssertCloudAsync(
        HostProcess host,
        LabProject project,
        string state,
        string flavour,
        int sizeGiB
    )
    {
        var servers = await project.Cli.ListAsync("server", "list", "--long");
        Assert.Equal(await NativesAsync(host, "server", state), servers.Select(s => Text(s, "ID")).Order());
        Assert.All(servers, s => Assert.Equal(("ACTIVE", flavour), (Text(s, "Status"), Text(s, "Flavor Name"))));

        var (volumes, systemDisks) = await VolumesAsync(project);
        Assert.Equal(await NativesAsync(host, "volume", state), volumes.Select(v => Text(v, "ID")).Order());
        Assert.All(
            volumes,
            v =>
                Assert.Equal(
                    ("in-use", sizeGiB, "ssd"),
                    (Text(v, "Status"), v["Size"]!.GetValue<int>(), Text(v, "Type"))
                )
        );
        Assert.Equal(servers.Select(s => Text(s, "ID")).Order(), volumes.Select(Server).Order());

        // Where the flavour's own disk is smaller than ordered, the system disk is a volume that lives with its server.
        Assert.All(systemDisks, d => Assert.Contains(Server(d), servers.Select(s => Text(s, "ID"))));

        var address = Assert.Single(await project.Cli.ListAsync("floating", "ip", "list"));
        Assert.Equal(await NativesAsync(host, "publicAddress", state), [Text(address, "ID")]);
        var bound = await project.Cli.ShowAsync("port", "show", Text(address, "Port"));
        Assert.Contains(Text(bound, "device_id"), servers.Select(s => Text(s, "ID")));
    }

    private static async Task<IEnumerable<string>> NativesAsync(HostProcess host, string kind, string state) =>
        (await ResourcesAsync(host, kind, state)).Select(r => Text(r, "nativeId")).Order();
}
