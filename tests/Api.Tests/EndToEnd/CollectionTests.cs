using System.Text.Json;
using CloudManager.Api.Tests.Support;

namespace CloudManager.Api.Tests.EndToEnd;

/// <summary>How collection stands and how well a server is measured, over HTTP.</summary>
[Collection(DemoCollection.Name)]
public sealed class CollectionTests(DemoHost host)
{
    private const string Collection = "/api/v1/collection";

    [Theory]
    [InlineData("technical", true, true)]
    [InlineData("authority", true, true)]
    [InlineData("provider-a", true, false)]
    [InlineData("provider-b", false, true)]
    public async Task Each_sees_the_pools_that_are_theirs_to_watch(string account, bool seesA, bool seesB)
    {
        var answer = await host.GetAsync(account, Collection);

        Assert.Equal(200, answer.Status);
        var pools = answer.Items.ToDictionary(item => item.GetProperty("pool").GetString()!);
        Assert.Equal((seesA, seesB), (pools.ContainsKey("mock-a"), pools.ContainsKey("mock-b")));
        var pool = pools[seesA ? "mock-a" : "mock-b"];
        Assert.True(pool.GetProperty("measured").GetBoolean());
        Assert.Equal(JsonValueKind.Null, pool.GetProperty("clock").GetProperty("offsetSeconds").ValueKind);
        Assert.False(pool.GetProperty("clock").GetProperty("probablyAhead").GetBoolean());
        Assert.Equal(0, pool.GetProperty("setAsideCount").GetInt64());
    }

    [Theory]
    [InlineData("tenant-a")]
    [InlineData("finance")]
    [InlineData("sysadmin")]
    public async Task Others_do_not_see_it(string account) =>
        Assert.Equal(403, (await host.GetAsync(account, Collection)).Status);

    [Fact]
    public async Task It_comes_page_by_page()
    {
        var whole = await host.GetAsync("technical", Collection);
        var pools = new List<string?>();
        for (var next = ""; next is not null; )
        {
            var page = await host.GetAsync("technical", $"{Collection}?limit=1{next}");
            pools.Add(Assert.Single(page.Items).GetProperty("pool").GetString());
            var cursor = page.Body.GetProperty("next").GetString();
            next = cursor is null ? null : $"&cursor={cursor}";
        }

        Assert.Equal(whole.Items.Select(item => item.GetProperty("pool").GetString()), pools);
        Assert.Equal(pools.Order(StringComparer.Ordinal), pools);
    }

    [Theory]
    [InlineData("no window", "", "from,until")]
    [InlineData("no end", "?from=2026-02-01", "until")]
    [InlineData("until before from", "?from=2026-02-02&until=2026-02-01", "until")]
    [InlineData("until is from", "?from=2026-02-02&until=2026-02-02", "until")]
    [InlineData("a hundred years", "?from=1926-02-02&until=2026-02-02", "until")]
    [InlineData("no day", "?from=2026-02-30&until=2026-03-01", "from")]
    [InlineData("an unknown name", "?from=2026-02-02&until=2026-03-01&step=1d", "step")]
    public async Task Refuses_what_is_no_window_of_coverage_by_name(string because, string query, string fields)
    {
        var answer = await host.GetAsync(
            "technical",
            $"/api/v1/resources/{await Servers.OneAsync(host)}/coverage{query}"
        );

        Assert.True(answer.Status == 422, $"{because}: {answer.Text}");
        Assert.Equal(fields.Split(','), answer.Faults.Select(f => f.Path));
    }

    [Theory]
    [InlineData("tenant-a", 200)]
    [InlineData("provider-a", 200)]
    [InlineData("tenant-b", 404)]
    [InlineData("provider-b", 404)]
    public async Task Coverage_is_seen_by_whom_the_resource_is(string account, int status)
    {
        var path = $"/api/v1/resources/{await Servers.OneAsync(host)}/coverage?from=2026-02-01&until=2026-02-03";

        var answer = await host.GetAsync(account, path);

        Assert.Equal(status, answer.Status);
        if (status == 200)
        {
            Assert.Empty(answer.Body.GetProperty("days").EnumerateArray());
        }
    }
}
