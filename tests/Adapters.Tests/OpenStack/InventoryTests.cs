using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.OpenStack;

/// <summary>Listings stream page by page, and one that breaks off throws instead of ending.</summary>
public sealed class InventoryTests
{
    private const string Detail = "GET /compute/v2.1/servers/detail";
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Pages_follow_one_another_from_the_last_server_seen()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Once(Detail, Page("a", "b", more: true)).Once(Detail, Page("c", "d", more: true)).Once(Detail, Page());

        var servers = await cloud.Adapter.Inventory!.ListServersAsync(None).ToListAsync(None);

        Assert.Equal(["a", "b", "c", "d"], servers.Select(server => server.Id.Value));
        Assert.Contains(cloud.Calls, call => call.Target.Contains("marker=b", StringComparison.Ordinal));
        Assert.Contains(cloud.Calls, call => call.Target.Contains("marker=d", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("500")]
    [InlineData("429")]
    [InlineData("half")]
    [InlineData("html")]
    [InlineData("reset")]
    public async Task A_listing_that_breaks_off_on_its_second_page_throws(string fault)
    {
        await using var cloud = new ScriptedCloud();
        cloud.Once(Detail, Page("a", "b", more: true)).Always(Detail, WireFaultTests.Answer(fault));
        var seen = new List<string>();

        var failure = await Assert.ThrowsAsync<AdapterException>(async () =>
        {
            await foreach (var server in cloud.Adapter.Inventory!.ListServersAsync(None))
            {
                seen.Add(server.Id.Value);
            }
        });

        Assert.Equal(["a", "b"], seen);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task A_service_that_gives_the_same_page_again_and_again_breaks_the_listing_off()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Detail, Page("a", "b", more: true));

        var failure = await Assert.ThrowsAsync<AdapterException>(async () =>
            await cloud.Adapter.Inventory!.ListServersAsync(None).Take(1000).ToListAsync(None)
        );

        Assert.Equal(FailureKind.Unavailable, failure.Kind);
        Assert.Contains("'b'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_is_down_breaks_the_listing_off()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Detail, new WireAnswer(200, """{"servers": [{"id": "x", "status": "UNKNOWN", "links": []}]}"""));

        var failure = await Assert.ThrowsAsync<AdapterException>(async () =>
            await cloud.Adapter.Inventory!.ListServersAsync(None).ToListAsync(None)
        );

        Assert.Equal(FailureKind.Unavailable, failure.Kind);
    }

    [Fact]
    public async Task Deleted_servers_are_changes_and_not_inventory()
    {
        await using var cloud = new ScriptedCloud();
        var body = $$$"""{"servers": [{{{Recorded.Server("DELETED")}}}]}""";
        cloud.Always(Detail, new WireAnswer(200, body));

        Assert.Empty(await cloud.Adapter.Inventory!.ListServersAsync(None).ToListAsync(None));
        var since = new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.FromHours(8));
        var change = Assert.Single(await cloud.Adapter.Changes!.ListAsync(since, None).ToListAsync(None));
        Assert.Equal((Recorded.ServerId, null), (change.Id.Value, change.Server));
        Assert.Contains(
            cloud.Calls,
            call =>
                Uri.UnescapeDataString(call.Target)
                    .Contains("changes-since=2026-11-23T16:00:00Z", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Offers_hold_what_can_be_ordered()
    {
        await using var cloud = new ScriptedCloud();

        var flavours = await cloud.Adapter.Offerings!.ListFlavoursAsync(None).ToListAsync(None);
        var images = await cloud.Adapter.Offerings.ListImagesAsync(None).ToListAsync(None);

        Assert.Equal(
            [new CloudFlavour("1C1G", new ServerSize(1, 1)), new CloudFlavour("2C4G", new ServerSize(2, 4))],
            flavours
        );
        Assert.Equal([new CloudImage("8fad4b60-156e-46af-b289-1dafcf33beb9", "lab-linux", "x86_64")], images);
    }

    private static WireAnswer Page(params string[] ids) => Page(ids, more: false);

    private static WireAnswer Page(string first, string second, bool more) => Page([first, second], more);

    private static WireAnswer Page(string[] ids, bool more)
    {
        var servers = string.Join(",", ids.Select(id => Recorded.Server(id: id)));
        var links = more ? """[{"rel": "next", "href": "http://10.0.0.1/inner"}]""" : "[]";
        return new WireAnswer(200, $$$"""{"servers": [{{{servers}}}], "servers_links": {{{links}}}}""");
    }
}
