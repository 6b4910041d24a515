using System.Net;

namespace CloudManager.Labs.Huawei.Tests;

/// <summary>Cloud Eye: what it bounds and what it does not tell.</summary>
public sealed class MetricsTests
{
    private const string Batch = "/V1.0/{p}/batch-query-metric-data";

    [Fact]
    public async Task A_batch_gives_a_point_for_every_period_that_is_over()
    {
        await using var lab = await Lab.StartAsync(options =>
        {
            options.PremadeServers = 1;
            options.Usage = (_, _, at) => at.Minute;
        });
        var server = await ServerAsync(lab);

        var answer = await lab.PostAsync(Batch, Order(lab, [(server, "SYS.ECS", "cpu_util")], minutes: 20));

        var points = answer.Find("metrics", "0", "datapoints")!.AsArray();
        Assert.Equal([40.0, 45, 50, 55], points.Select(point => point!["average"]!.GetValue<double>()));
        Assert.Equal(
            lab.Clock.GetUtcNow().AddMinutes(-20).ToUnixTimeMilliseconds(),
            points[0]!["timestamp"]!.GetValue<long>()
        );
        Assert.Equal("%", answer.Text("metrics", "0", "unit"));
        Assert.Null(points[0]!["unit"]);
    }

    [Fact]
    public async Task More_than_three_thousand_points_move_the_beginning_without_a_word()
    {
        await using var lab = await Lab.StartAsync(options => options.PremadeServers = 500);
        var servers = Enumerable.Repeat(await ServerAsync(lab), 500).Select(id => (id, "SYS.ECS", "cpu_util")).ToList();

        var answer = await lab.PostAsync(Batch, Order(lab, servers, minutes: 60));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(500, answer.Body!["metrics"]!.AsArray().Count);
        Assert.Equal(6, answer.Find("metrics", "0", "datapoints")!.AsArray().Count);
    }

    [Theory]
    [InlineData("the period is a number", "\"period\":\"300\"", "\"period\":300")]
    [InlineData("a period nobody has", "\"period\":\"300\"", "\"period\":\"301\"")]
    [InlineData("no such filter", "average", "median")]
    public async Task Refuses_a_batch(string because, string good, string bad)
    {
        await using var lab = await Lab.StartAsync(options => options.PremadeServers = 1);
        var order = Order(lab, [(await ServerAsync(lab), "SYS.ECS", "cpu_util")], minutes: 20);

        var refused = await lab.PostAsync(Batch, order.Replace(good, bad, StringComparison.Ordinal));

        Assert.True(refused.Text("message", "code") == "ces.0014" && refused.Text("http_code") == "400", because);
    }

    [Fact]
    public async Task Five_hundred_and_one_metrics_are_too_many()
    {
        await using var lab = await Lab.StartAsync(options => options.PremadeServers = 1);
        var metrics = Enumerable.Repeat((await ServerAsync(lab), "SYS.ECS", "cpu_util"), 501).ToList();

        Assert.Equal(HttpStatusCode.BadRequest, (await lab.PostAsync(Batch, Order(lab, metrics, minutes: 20))).Status);
    }

    [Theory]
    [InlineData("Linux on KVM does not tell its memory from outside", "SYS.ECS", "mem_util", 100, false)]
    [InlineData("the agent tells it", "AGT.ECS", "mem_usedPercent", 100, true)]
    [InlineData("no agent, no memory", "AGT.ECS", "mem_usedPercent", 0, false)]
    public async Task Memory_is_known_to_the_agent(string because, string space, string metric, int agents, bool known)
    {
        await using var lab = await Lab.StartAsync(options =>
        {
            options.PremadeServers = 1;
            options.AgentPercent = agents;
        });

        var answer = await lab.PostAsync(Batch, Order(lab, [(await ServerAsync(lab), space, metric)], minutes: 20));

        Assert.True((answer.Find("metrics", "0", "datapoints")!.AsArray().Count > 0) == known, because);
    }

    [Fact]
    public async Task A_stopped_server_is_not_measured()
    {
        await using var lab = await Lab.StartAsync();
        var id = await lab.ServerAsync("vm");
        lab.Pass(1800);
        await lab.PostAsync("/v1/{p}/cloudservers/action", $$$"""{"os-stop":{"servers":[{"id":"{{{id}}}"}]}}""");
        lab.Pass(1800);

        var answer = await lab.PostAsync(Batch, Order(lab, [(id, "SYS.ECS", "cpu_util")], minutes: 70));

        // On from 08:00:10 until 08:30:20: 08:05 to 08:30.
        Assert.Equal(6, answer.Find("metrics", "0", "datapoints")!.AsArray().Count);
    }

    [Fact]
    public async Task One_metric_names_its_value_after_the_filter_and_its_unit_in_the_point()
    {
        await using var lab = await Lab.StartAsync(options => options.PremadeServers = 1);
        var (from, to) = Span(lab, 20);

        var answer = await lab.GetAsync(
            "/V1.0/{p}/metric-data?namespace=SYS.ECS&metric_name=cpu_util"
                + $"&dim.0=instance_id%2C{await ServerAsync(lab)}&from={from}&to={to}&period=1200&filter=max"
        );

        Assert.NotNull(answer.Find("datapoints", "0", "max"));
        Assert.Equal("%", answer.Text("datapoints", "0", "unit"));
    }

    [Fact]
    public async Task The_list_of_metrics_goes_on_from_its_marker()
    {
        await using var lab = await Lab.StartAsync(options => options.PremadeServers = 3);

        var first = await lab.GetAsync("/V1.0/{p}/metrics?namespace=SYS.ECS&metric_name=cpu_util&limit=2");
        var last = await lab.GetAsync(
            $"/V1.0/{{p}}/metrics?namespace=SYS.ECS&metric_name=cpu_util&limit=2&start={first.Text("meta_data", "marker")}"
        );

        Assert.Equal(2, first.Body!["metrics"]!.AsArray().Count);
        Assert.Single(last.Body!["metrics"]!.AsArray());
    }

    private static async Task<string> ServerAsync(Lab lab) =>
        (await lab.GetAsync("/v1/{p}/cloudservers/detail?limit=1")).Text("servers", "0", "id");

    private static (long From, long To) Span(Lab lab, int minutes)
    {
        var now = lab.Clock.GetUtcNow();
        return (now.AddMinutes(-minutes).ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());
    }

    private static string Order(Lab lab, IReadOnlyList<(string Id, string Space, string Name)> metrics, int minutes)
    {
        var (from, to) = Span(lab, minutes);
        var list = metrics.Select(metric =>
            $$"""
                {"namespace":"{{metric.Space}}","metric_name":"{{metric.Name}}",
                "dimensions":[{"name":"instance_id","value":"{{metric.Id}}"}]}
                """
        );
        return $$"""{"metrics":[{{string.Join(',', list)}}],"from":{{from}},"to":{{to}},"period":"300","filter":"average"}""";
    }
}
