using CloudManager.Api.Tests.Support;
using CloudManager.Api.Web;

namespace CloudManager.Api.Tests.EndToEnd;

/// <summary>Utilisation and samples over HTTP: who sees what, and what is refused by name.</summary>
[Collection(DemoCollection.Name)]
public sealed class MeteringTests(DemoHost host)
{
    private const string Utilisation = "/api/v1/utilisation";
    private const string Range = "from=2026-03-01T00:00:00%2B08:00&until=2026-03-02T00:00:00%2B08:00";

    [Theory]
    [InlineData("no such way to group", "?month=2026-02&by=country", "by")]
    [InlineData("no such step", "?month=2026-02&step=0", "step")]
    [InlineData("a step of another kind", "?month=2026-02&step=5m", "step")]
    [InlineData("no such quarter", "?quarter=2026-Q5", "quarter")]
    [InlineData("a quarter of small letters", "?quarter=2026-q1", "quarter")]
    [InlineData("a quarter yet to come", "?quarter=2026-Q2", "quarter")]
    [InlineData("no such period", "?period=26", "period")]
    [InlineData("a period yet to come", "?period=2027", "period")]
    [InlineData("the last of all periods", "?period=9999", "period")]
    [InlineData("no end", "?from=2026-02-01", "until")]
    [InlineData("no beginning", "?until=2026-02-01", "from")]
    [InlineData("until before from", "?from=2026-02-02&until=2026-02-01", "until")]
    [InlineData("until is from", "?from=2026-02-02&until=2026-02-02", "until")]
    [InlineData("a hundred years", "?from=1926-02-02&until=2026-02-02", "until")]
    [InlineData("401 days", "?from=2025-01-01&until=2026-02-06", "until")]
    [InlineData("from a day yet to come", "?from=2026-03-03&until=2026-03-04", "from")]
    [InlineData("month and quarter", "?month=2026-02&quarter=2026-Q1", "quarter")]
    [InlineData("period and range", "?period=2026&from=2026-02-01&until=2026-02-02", "from")]
    [InlineData("two tenants", "?month=2026-02&tenant=a&tenant=b", "tenant")]
    [InlineData("no such month", "?month=2026-13", "month")]
    [InlineData("a month with a day", "?month=2026-02-01", "month")]
    [InlineData("a month yet to come", "?month=2026-04", "month")]
    [InlineData("a month of another age", "?month=9999-01", "month")]
    [InlineData("no such day", "?day=2026-02-30", "day")]
    [InlineData("a day yet to come", "?day=2026-03-31", "day")]
    [InlineData("month and day", "?month=2026-02&day=2026-02-01", "day")]
    [InlineData("neither", "", "month")]
    [InlineData("a name nobody knows", "?month=2026-02&year=2026", "year")]
    public async Task Refuses_what_is_no_window_by_name(string because, string query, string field)
    {
        var answer = await host.GetAsync("technical", Utilisation + query);

        Assert.True(answer.Status == 422, $"{because}: {answer.Text}");
        Assert.Equal("query.invalid", answer.Code);
        Assert.Equal([field], answer.Faults.Select(f => f.Path));
    }

    [Theory]
    [InlineData("a step of nothing", Range + "&step=0", "step")]
    [InlineData("no minutes", Range + "&step=0m", "step")]
    [InlineData("no whole slots", Range + "&step=7m", "step")]
    [InlineData("no unit", Range + "&step=5", "step")]
    [InlineData("an unknown unit", Range + "&step=5w", "step")]
    [InlineData("below nothing", Range + "&step=-5m", "step")]
    [InlineData("longer than 30 days", Range + "&step=31d", "step")]
    [InlineData("beyond any number", Range + "&step=99999999999999999999m", "step")]
    [InlineData("no step", Range, "step")]
    [InlineData("a step of the wrong letter", Range + "&step=5M", "step")]
    [InlineData(
        "ends after the last hour that China's calendar knows",
        "from=9999-12-30T00:00:00Z&until=9999-12-31T23:59:59Z&step=1h",
        "until"
    )]
    [InlineData("no beginning", "until=2026-03-02T00:00:00%2B08:00&step=5m", "from")]
    [InlineData("no end", "from=2026-03-02T00:00:00%2B08:00&step=5m", "until")]
    [InlineData(
        "ends as it begins",
        "from=2026-03-02T00:00:00%2B08:00&until=2026-03-02T00:00:00%2B08:00&step=5m",
        "until"
    )]
    [InlineData(
        "a hundred years",
        "from=1926-03-02T00:00:00%2B08:00&until=2026-03-02T00:00:00%2B08:00&step=30d",
        "until"
    )]
    [InlineData(
        "too many points",
        "from=2026-01-01T00:00:00%2B08:00&until=2026-03-01T00:00:00%2B08:00&step=5m",
        "step"
    )]
    [InlineData("no instant", "from=yesterday&until=2026-03-02T00:00:00%2B08:00&step=5m", "from")]
    public async Task Refuses_what_is_no_series_by_name(string because, string query, string field)
    {
        var server = await ServerAsync();
        var answer = await host.GetAsync("tenant-a", $"/api/v1/resources/{server}/samples?{query}");

        Assert.True(answer.Status == 422, $"{because}: {answer.Text}");
        Assert.Equal([field], answer.Faults.Select(f => f.Path));
    }

    [Fact]
    public async Task An_empty_step_is_refused_by_name()
    {
        var answer = await host.GetAsync("tenant-a", $"/api/v1/resources/{await ServerAsync()}/samples?{Range}&step=");

        Assert.True(answer.Status == 422, answer.Text);
        Assert.All(answer.Faults, f => Assert.Equal("step", f.Path));
    }

    [Fact]
    public async Task Too_many_points_are_refused_with_the_step_as_it_was_asked_for()
    {
        const string year = "from=2026-01-01T00:00:00%2B08:00&until=2026-12-01T00:00:00%2B08:00&step=10m";

        var answer = await host.GetAsync("tenant-a", $"/api/v1/resources/{await ServerAsync()}/samples?{year}");

        Assert.Contains("\"path\":\"step\",\"value\":\"10m\"", answer.Text);
    }

    [Theory]
    [InlineData("tenant-a", 200)]
    [InlineData("provider-a", 200)]
    [InlineData("technical", 200)]
    [InlineData("tenant-b", 404)]
    [InlineData("provider-b", 404)]
    [InlineData("sysadmin", 403)]
    public async Task Samples_are_seen_by_whom_the_resource_is(string account, int status)
    {
        var server = $"/api/v1/resources/{await ServerAsync()}";
        var resource = await host.GetAsync(account, server);
        var samples = await host.GetAsync(account, $"{server}/samples?{Range}&step=1h");

        Assert.Equal((status, resource.Code), (samples.Status, samples.Code));
        Assert.Equal(resource.Status, samples.Status);
    }

    [Fact]
    public async Task Every_step_has_a_point_and_null_where_nobody_measured()
    {
        var path = $"/api/v1/resources/{await ServerAsync()}/samples?{Range}&step=1h";

        var answer = await host.GetAsync("tenant-a", path);

        var points = answer.Body.GetProperty("points").EnumerateArray().ToList();
        Assert.Equal(24, points.Count);
        Assert.Equal("1h", answer.Body.GetProperty("step").GetString());
        Assert.Equal("2026-03-01T01:00:00+08:00", points[1].GetProperty("at").GetString());
        string[] members =
        [
            "cpu",
            "memory",
            "disk",
            "networkInBytes",
            "networkOutBytes",
            "cpuMax",
            "memoryMax",
            "diskMax",
            "cpuMin",
            "memoryMin",
            "diskMin",
        ];
        Assert.All(members, m => Assert.Equal(System.Text.Json.JsonValueKind.Null, points[1].GetProperty(m).ValueKind));
    }

    [Theory]
    [InlineData("resource")]
    [InlineData("system")]
    [InlineData("tenant")]
    [InlineData("pool")]
    [InlineData("volume")]
    [InlineData("region")]
    [InlineData("province")]
    public async Task A_month_without_service_has_no_rows(string by)
    {
        var answer = await host.GetAsync("tenant-a", $"{Utilisation}?month=2026-02&by={by}");

        Assert.Equal(200, answer.Status);
        Assert.Empty(answer.Items);
    }

    [Fact]
    public async Task A_cursor_among_systems_is_none_among_servers()
    {
        var cursor = Cursor.Write("utilisation by System", "a-employment");

        var systems = await host.GetAsync("technical", $"{Utilisation}?month=2026-02&by=system&cursor={cursor}");
        var servers = await host.GetAsync("technical", $"{Utilisation}?month=2026-02&by=resource&cursor={cursor}");

        Assert.Equal(200, systems.Status);
        Assert.Equal((422, "cursor"), (servers.Status, servers.Faults.Single().Path));
    }

    [Fact]
    public async Task Staff_of_the_platform_sees_no_utilisation() =>
        Assert.Equal(403, (await host.GetAsync("auditadmin", $"{Utilisation}?month=2026-02")).Status);

    private Task<string> ServerAsync() => Servers.OneAsync(host);
}
