using CloudManager.Cli.Tests.Support;

namespace CloudManager.Cli.Tests.Commands;

/// <summary>cloudmgr plan, off-hours, forecast and circular.</summary>
public sealed class SavingTests : IAsyncLifetime
{
    private const string Change =
        """{"resource":"res-000001","action":"resize","was":{"vcpus":8,"memoryGiB":16},"becomes":{"vcpus":2,"memoryGiB":4},"monthlySaving":"162.00","runningTotal":"162.00","finding":null,"reasons":[{"zh":"够用","en":"enough"}]}""";

    private const string LeftOut =
        """{"resource":"res-000002","verdict":"insufficientData","reason":{"zh":"数据不足","en":"too few data"}}""";

    private readonly TestTerminal _terminal = new();
    private TinyServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TinyServer.StartAsync();
        await _terminal.SignInAsync(_server.Uri);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _terminal.Dispose();
    }

    [Fact]
    public async Task A_plan_shows_its_changes_how_many_are_enough_and_what_it_leaves_out()
    {
        _server.On(
            "GET /api/v1/systems/a-hr/plan",
            Reply.Ok(
                $$"""{"system":"a-hr","from":"2026-09-03","until":"2026-10-01","changes":[{{Change}}],"saving":"162.00","enough":1,"growth":[],"leftOut":[{{LeftOut}}]}"""
            )
        );

        var outcome = await _terminal.RunAsync("plan", "a-hr", "--lang", "en");

        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Contains(
            outcome.Lines,
            l => l.Contains("162.00", StringComparison.Ordinal) && l.Contains("saving", StringComparison.Ordinal)
        );
        Assert.Contains(outcome.Lines, l => l.StartsWith("res-000001  resize", StringComparison.Ordinal));
        Assert.Contains(outcome.Lines, l => l.Contains("too few data", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_system_the_largest_savings_are_listed()
    {
        _server.On(
            "GET /api/v1/plans",
            Reply.Ok(
                """{"items":[{"system":"a-hr","tenant":"tenant-a","region":"430000","until":"2026-10-01","saving":"162.00","enough":1,"changes":3,"leftOut":2}],"next":null}"""
            )
        );

        var outcome = await _terminal.RunAsync("plan", "--region", "430000");

        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Equal("?region=430000", Assert.Single(_server.Asked).Query);
        Assert.Contains("162.00", outcome.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hours_off_are_days_and_hours()
    {
        _server.On(
            "GET /api/v1/systems/a-test/off-hours",
            Reply.Ok(
                """{"system":"a-test","environment":"test","verdict":"determined","from":"2026-09-03","until":"2026-10-01","numbers":{"cpuMean":5,"leastHours":4,"weeks":4},"servers":[{"resource":"res-000001","periods":[{"stopDay":5,"stopHour":22,"startDay":1,"startHour":8,"hours":58}],"hours":58,"vcpuHours":232,"memoryGiBHours":464}],"vcpuHours":232,"memoryGiBHours":464,"monthlySaving":"0.00","reasons":[{"zh":"按天计费","en":"by days"}],"leftOut":[]}"""
            )
        );

        var outcome = await _terminal.RunAsync("off-hours", "a-test", "--lang", "en");

        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Contains(outcome.Lines, l => l.Contains("Fri 22:00  Mon 08:00", StringComparison.Ordinal));
        Assert.Contains("by days", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forecast_shows_when_a_limit_is_reached_or_why_nothing_is_said()
    {
        _server.On(
            "GET /api/v1/forecasts",
            Reply.Ok(
                """{"items":[{"resource":"res-000001","system":"a-hr","pool":"mock-a","part":"disk","slopePerDay":0.25,"crossings":[{"limit":90,"day":"2026-11-20","eighty":{"earliest":"2026-11-15","latest":"2026-11-25"},"ninetyFive":{"earliest":"2026-11-10","latest":null}}],"error":{"folds":12,"heldOut":300,"mae":0.5,"lastValueMae":2,"mase":0.25}}],"next":null}"""
            )
        );
        _server.On(
            "GET /api/v1/resources/res-000002/forecast",
            Reply.Ok(
                """{"resource":"res-000002","part":"disk","forecast":{"verdict":"insufficientData","reason":{"zh":"数据不足六周","en":"under six weeks"},"coverage":0.9,"error":null,"slopePerDay":null,"crossings":[],"history":[{"day":"2026-10-01","value":null}],"points":[]}}"""
            )
        );

        var list = await _terminal.RunAsync("forecast", "--before", "2026-12-31");
        var one = await _terminal.RunAsync("forecast", "res-000002", "--lang", "en");

        Assert.True(list.Code == 0, list.ToString());
        Assert.Equal("?of=disk&before=2026-12-31", _server.Asked[0].Query);
        Assert.Contains("2026-11-20", list.Lines[1], StringComparison.Ordinal);
        Assert.True(one.Code == 0, one.ToString());
        Assert.Contains("under six weeks", one.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_circular_is_listed_and_issued_with_an_opinion()
    {
        const string issued =
            """{"id":"circular-2026-09-tenant-a","month":"2026-09","tenant":"tenant-a","createdAt":"2026-10-01T08:00:00+08:00","issuedAt":"2026-10-02T08:00:00+08:00","issuedBy":"authority","opinion":"mend it"}""";
        _server.On("POST /api/v1/circulars/circular-2026-09-tenant-a/issue", Reply.Ok(issued));
        _server.On("GET /api/v1/circulars", Reply.Ok(Samples.Page(null, issued)));

        var done = await _terminal.RunAsync("circular", "issue", "circular-2026-09-tenant-a", "--opinion", "mend it");
        var list = await _terminal.RunAsync("circular", "list", "--month", "2026-09", "--tenant", "tenant-a");

        Assert.True(done.Code == 0, done.ToString());
        Assert.Contains("mend it", done.Lines[1], StringComparison.Ordinal);
        Assert.True(list.Code == 0, list.ToString());
        Assert.Equal("?month=2026-09&tenant=tenant-a", _server.Asked[1].Query);
        Assert.Contains("2026-10-02 08:00", list.Lines[1], StringComparison.Ordinal);
    }
}
