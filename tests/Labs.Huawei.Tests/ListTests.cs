using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace CloudManager.Labs.Huawei.Tests;

/// <summary>Each list pages in its own way; this is where adapters stumble.</summary>
public sealed class ListTests
{
    [Fact]
    public async Task The_offset_of_servers_is_a_page_number_and_that_of_volumes_a_row()
    {
        await using var lab = await Lab.StartAsync(options => options.PremadeServers = 7);

        var second = await lab.GetAsync("/v1/{p}/cloudservers/detail?limit=3&offset=2");
        var third = await lab.GetAsync("/v1/{p}/cloudservers/detail?limit=3&offset=3");
        var row = await lab.GetAsync("/v2/{p}/cloudvolumes/detail?limit=3&offset=2");

        Assert.Equal(["premade-000003", "premade-000004", "premade-000005"], Names(second, "servers"));
        Assert.Equal(["premade-000006"], Names(third, "servers"));
        Assert.Equal("7", third.Text("count"));
        Assert.Equal("premade-000002-volume-0000", row.Text("volumes", "0", "name"));
    }

    [Fact]
    public async Task Markers_walk_through_all_servers_those_made_first_and_none_twice()
    {
        await using var lab = await Lab.StartAsync(options => options.PremadeServers = 5);
        await lab.ServerAsync("mine");
        var seen = new List<string>();
        var marker = "";
        while (true)
        {
            var page = await lab.GetAsync($"/v1/{{p}}/cloudservers/detail?limit=2{marker}");
            var servers = page.Body!["servers"]!.AsArray();
            if (servers.Count == 0)
            {
                break;
            }

            seen.AddRange(servers.Select(server => server!["name"]!.ToString()));
            marker = $"&marker={servers[^1]!["id"]}";
        }

        Assert.Equal(
            ["mine", "premade-000000", "premade-000001", "premade-000002", "premade-000003", "premade-000004"],
            seen
        );
    }

    [Fact]
    public async Task Unknown_ids_come_back_as_items_with_nothing_in_them()
    {
        await using var lab = await Lab.StartAsync(options => options.PremadeServers = 1);
        var all = await lab.GetAsync("/v1/{p}/cloudservers/detail");
        var known = all.Text("servers", "0", "id");

        var found = await lab.GetAsync($"/v1/{{p}}/cloudservers/detail?server_id={known},gone&name=ignored");

        Assert.Equal("premade-000000", found.Text("servers", "0", "name"));
        Assert.Equal("gone", found.Text("servers", "1", "id"));
        Assert.Null(found.Find("servers", "1", "status"));
    }

    [Fact]
    public async Task The_newer_list_gives_ten_and_a_link_and_numbers_that_are_numbers()
    {
        await using var lab = await Lab.StartAsync(options => options.PremadeServers = 11);

        var first = await lab.GetAsync("/v1.1/{p}/cloudservers/detail");
        var next = new Uri(first.Text("servers_links", "0", "href"));
        var last = await lab.GetAsync(next.PathAndQuery);

        Assert.Equal(10, first.Body!["servers"]!.AsArray().Count);
        Assert.Equal(1024, first.Find("servers", "0", "flavor", "ram")!.GetValue<int>());
        Assert.Equal(["premade-000010"], Names(last, "servers"));
        Assert.Empty(last.Body!["servers_links"]!.AsArray());
    }

    [Fact]
    public async Task A_hundred_thousand_servers_are_read_without_being_kept()
    {
        await using var lab = await Lab.StartAsync(options => options.PremadeServers = 100_000);
        var watch = Stopwatch.StartNew();

        var last = await lab.GetAsync("/v1/{p}/cloudservers/detail?limit=1000&offset=100");
        var behind = await lab.GetAsync("/v1/{p}/cloudservers/detail?limit=1000&offset=101");
        var volumes = await lab.GetAsync("/v2/{p}/cloudvolumes/detail?limit=1000&offset=99000");

        Assert.Equal("100000", last.Text("count"));
        Assert.Equal("premade-099999", Names(last, "servers")[^1]);
        Assert.Empty(Names(behind, "servers"));
        Assert.Equal(1000, volumes.Body!["volumes"]!.AsArray().Count);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"three pages took {watch.Elapsed}");
    }

    [Fact]
    public async Task A_server_that_was_there_from_the_start_can_be_changed_and_deleted()
    {
        await using var lab = await Lab.StartAsync(options => options.PremadeServers = 3);
        var all = await lab.GetAsync("/v1/{p}/cloudservers/detail");
        var (first, second) = (all.Text("servers", "0", "id"), all.Text("servers", "1", "id"));

        await lab.SendAsync("PUT", $"/v1/{{p}}/cloudservers/{second}", """{"server":{"name":"renamed"}}""");
        await lab.PostAsync("/v1/{p}/cloudservers/delete", $$"""{"servers":[{"id":"{{first}}"}]}""");
        lab.Pass(10);
        var left = await lab.GetAsync("/v1/{p}/cloudservers/detail");

        Assert.Equal(["renamed", "premade-000002"], Names(left, "servers"));
        Assert.Equal((2, 2), (lab.Simulator.Servers, lab.Simulator.Volumes));
    }

    [Fact]
    public async Task The_last_page_of_version_three_has_no_next_marker()
    {
        await using var lab = await Lab.StartAsync();
        for (var i = 0; i < 2; i++)
        {
            await lab.PostAsync("/v1/{p}/vpcs", $$$"""{"vpc":{"name":"v{{{i}}}","cidr":"10.{{{i}}}.0.0/16"}}""");
        }

        var first = await lab.GetAsync("/v3/{p}/vpc/vpcs?limit=2");
        var last = await lab.GetAsync($"/v3/{{p}}/vpc/vpcs?limit=2&marker={first.Text("page_info", "next_marker")}");
        var two = await lab.GetAsync("/v3/{p}/vpc/vpcs?name=v0&name=v1");

        Assert.Equal(["v1", "v0"], Names(first, "vpcs"));
        Assert.Equal(["vpc-default"], Names(last, "vpcs"));
        Assert.Null(last.Find("page_info", "next_marker"));
        Assert.Equal(2, Names(two, "vpcs").Count);
    }

    [Theory]
    [InlineData("more than a page may hold", "/v1/{p}/cloudservers/detail?limit=1001")]
    [InlineData("no number", "/v1/{p}/cloudservers/detail?limit=ten")]
    [InlineData("a marker that is gone", "/v1/{p}/cloudservers/detail?marker=gone")]
    [InlineData("a marker that is gone", "/v2/{p}/cloudvolumes/detail?marker=gone")]
    [InlineData("more than a page may hold", "/v1.1/{p}/cloudservers/detail?limit=101")]
    public async Task Refuses_a_page_that_cannot_be(string because, string path)
    {
        await using var lab = await Lab.StartAsync();

        Assert.True((await lab.GetAsync(path)).Status == HttpStatusCode.BadRequest, because);
    }

    private static List<string> Names(Answer answer, string list) =>
        [.. answer.Body![list]!.AsArray().Select((JsonNode? item) => item!["name"]!.ToString())];
}
