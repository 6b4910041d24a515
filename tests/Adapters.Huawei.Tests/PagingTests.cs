using System.Web;
using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Tests.OpenStack;

namespace CloudManager.Adapters.Huawei.Tests;

/// <summary>Listings are whole and each thing once, or they throw.</summary>
public sealed class PagingTests
{
    private const string P = ScriptedCloud.Project;
    private const string Servers = $"GET /v1/{P}/cloudservers/detail";
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("an empty project", 0, 1000, 1)]
    [InlineData("less than a page", 7, 1000, 1)]
    [InlineData("a full page asks once more", 1000, 1000, 2)]
    [InlineData("several", 2345, 1000, 3)]
    [InlineData("a cloud that gives fewer than asked", 120, 50, 3)]
    public async Task Servers_are_listed_whole(string because, int count, int most, int calls)
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Servers, request => Page(request, count, most));

        var listed = await cloud.Adapter.Inventory!.ListServersAsync(None).Select(it => it.Id.Value).ToListAsync(None);

        Assert.True(Enumerable.Range(0, count).Select(Id).SequenceEqual(listed), because);
        Assert.Equal(calls, cloud.Sent(Servers).Count);
        Assert.All(cloud.Sent(Servers), call => Assert.DoesNotContain("offset", call.Target, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_that_comes_again_is_a_failure()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Servers, Recorded.Ok(Body([Id(1), Id(2)], 1_000)));

        var failure = await Assert.ThrowsAsync<AdapterException>(async () =>
            await cloud.Adapter.Inventory!.ListServersAsync(None).CountAsync(None)
        );

        Assert.Equal(FailureKind.Unavailable, failure.Kind);
        Assert.Equal(2, cloud.Sent(Servers).Count);
    }

    [Fact]
    public async Task A_listing_that_goes_in_a_circle_is_a_failure()
    {
        await using var cloud = new ScriptedCloud();
        var turn = 0;
        cloud.Always(Servers, _ => Recorded.Ok(Body([Id(turn++ % 3)], 1_000)));

        await Assert.ThrowsAsync<AdapterException>(async () =>
            await cloud.Adapter.Inventory!.ListServersAsync(None).CountAsync(None)
        );

        Assert.Equal(4, cloud.Sent(Servers).Count);
    }

    [Fact]
    public async Task A_listing_that_never_ends_is_a_failure()
    {
        var pages = 0;

        var failure = await Assert.ThrowsAsync<AdapterException>(async () =>
            await Pages
                .EachAsync(_ => Task.FromResult(new Page<int>([pages++], true)), item => Id(item), None)
                .CountAsync(None)
        );

        Assert.Contains("10000 pages", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_fails_breaks_the_listing_off()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(
            Servers,
            request =>
                request.Target.Contains("marker", StringComparison.Ordinal)
                    ? new WireAnswer(502, "")
                    : Page(request, 5000, 1000)
        );
        var seen = 0;

        await Assert.ThrowsAsync<AdapterException>(async () =>
        {
            await foreach (var _ in cloud.Adapter.Inventory!.ListServersAsync(None))
            {
                seen++;
            }
        });

        Assert.Equal(1000, seen);
    }

    [Fact]
    public async Task Images_have_no_total_so_a_full_page_has_another()
    {
        await using var cloud = new ScriptedCloud();
        const string Images = "GET /v2/cloudimages";
        cloud.Always(
            Images,
            request =>
            {
                var query = HttpUtility.ParseQueryString(request.Target.Split('?')[1]);
                var first = query["marker"] is { } marker ? int.Parse(marker[^12..]) + 1 : 0;
                var ids = Enumerable.Range(first, Math.Max(0, Math.Min(int.Parse(query["limit"]!), 700 - first)));
                return Recorded.Ok(
                    $$"""{"images": [{{string.Join(',', ids.Select(id => $$"""{"id": "{{Id(id)}}", "name": "i{{id}}", "__os_type": "Linux", "virtual_env_type": "{{(id == 3 ? "DataImage" : "FusionCompute")}}"}"""))}}]}"""
                );
            }
        );

        var images = await cloud.Adapter.Offerings!.ListImagesAsync(None).ToListAsync(None);

        Assert.Equal(699, images.Count);
        Assert.Equal(2, cloud.Sent(Images).Count);
        Assert.DoesNotContain(images, image => image.Name == "i3");
    }

    private static string Id(int number) => $"00000000-0000-0000-0000-{number:d12}";

    private static WireAnswer Page(WireRequest request, int count, int most)
    {
        var query = HttpUtility.ParseQueryString(request.Target.Split('?')[1]);
        var first = query["marker"] is { } marker ? int.Parse(marker[^12..]) + 1 : 0;
        var size = Math.Max(0, Math.Min(Math.Min(int.Parse(query["limit"]!), most), count - first));
        return Recorded.Ok(Body([.. Enumerable.Range(first, size).Select(Id)], count));
    }

    private static string Body(IReadOnlyList<string> ids, int count) =>
        $$"""{"count": {{count}}, "servers": [{{string.Join(',', ids.Select(id => Recorded.Server(id: id)))}}]}""";
}
