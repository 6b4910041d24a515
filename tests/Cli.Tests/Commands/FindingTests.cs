using CloudManager.Cli.Commands;
using CloudManager.Cli.Tests.Support;

namespace CloudManager.Cli.Tests.Commands;

/// <summary>cloudmgr findings and policy, against a server that answers as it is told.</summary>
public sealed class FindingTests : IAsyncLifetime
{
    private const string Finding = """
        {"id":"fin-000042","kind":"lowUse","title":{"zh":"低使用率","en":"low use"},
        "subject":{"kind":"server","id":"res-000007","pool":"mock-a","name":"=cmd|'x',\"y\""},"detail":null,
        "window":{"from":"2026-10-05","until":"2026-11-02"},"tenant":"tenant-a","system":"a-portal","region":"430000",
        "evidence":{"books":null,"cloud":null,"numbers":[{"name":"cpuMean","value":4.25,"threshold":10,"bound":"under","coverage":0.97}],
        "reasons":[{"zh":"CPU 平均使用率 4.25 %，低于 10 %","en":"mean CPU 4.25 %, under 10 %"}]},
        "policyVersion":"430000-v1","recommendation":{"spec":{"vcpus":2,"memoryGiB":4},"monthlySaving":"120.50","reasons":[]},
        "state":"open","openedAt":"2026-11-02T04:00:00+08:00","closedAt":null,"lastSeenAt":"2026-11-02T04:00:00+08:00","lastHeldOn":"2026-11-02"}
        """;

    private const string Policy = """
        {"id":"430000-v1","region":"430000","version":1,"state":"approved","effectiveFrom":"2026-10-01",
        "document":{"number":"12","title":"标准"},"numbers":{"windowDays":28,"lowUse":{"cpuMean":10,"cpuP95":20}},"revision":3}
        """;

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
    public async Task Art22_a_finding_is_shown_with_its_numbers_and_a_line_of_its_days_whose_gaps_stay_gaps()
    {
        _server.On("GET /api/v1/findings/fin-000042", Reply.Ok(Finding));
        _server.On(
            "GET /api/v1/findings/fin-000042/days",
            Reply.Ok(
                """
                {"window":{"from":"2026-10-05","until":"2026-10-08"},"thresholds":[],"days":[
                {"day":"2026-10-05","cpuMean":0,"cpuP95":50,"memoryMean":99,"memoryP95":100,"coverage":1},
                {"day":"2026-10-06","cpuMean":null,"cpuP95":null,"memoryMean":null,"memoryP95":null,"coverage":0},
                {"day":"2026-10-07","cpuMean":25,"cpuP95":130,"memoryMean":60,"memoryP95":70,"coverage":1}]}
                """
            )
        );

        var outcome = await _terminal.RunAsync("--lang", "en", "findings", "show", "fin-000042");

        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Contains("mean CPU 4.25 %, under 10 %", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("2026-10-05 … 2026-11-01", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("▁·▃", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("▅·█", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_goes_into_the_csv_and_no_text_is_a_formula()
    {
        _server.On(
            "GET /api/v1/findings",
            Reply.Ok($$"""{"items":[{{Finding}}],"next":"n"}"""),
            Reply.Ok($$"""{"items":[{{Finding}}],"next":null}""")
        );
        var file = Path.GetTempFileName();
        try
        {
            var outcome = await _terminal.RunAsync("findings", "export", "--kind", "lowUse", "--csv", file);

            Assert.True(outcome.Code == 0, outcome.ToString());
            Assert.All(_server.Asked, a => Assert.Contains("kind=lowUse", a.Query, StringComparison.Ordinal));
            var lines = (await File.ReadAllTextAsync(file)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(3, lines.Length);
            Assert.StartsWith("id,kind,detail,state", lines[0], StringComparison.Ordinal);
            Assert.StartsWith(
                "fin-000042,lowUse,,open,server,res-000007,\"'=cmd|'x',\"\"y\"\"\",tenant-a",
                lines[1],
                StringComparison.Ordinal
            );
            Assert.Contains(",4.25,,", lines[1], StringComparison.Ordinal);
            Assert.Contains(",2,4,120.50,2026-11-02,", lines[1], StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Art22_a_draft_starts_from_the_numbers_in_force_and_takes_single_ones()
    {
        _server.On("GET /api/v1/policies/in-force", Reply.Ok(Policy));
        _server.On("POST /api/v1/policies", new Reply(201, Policy));

        var outcome = await _terminal.RunAsync(
            "policy",
            "draft",
            "--region",
            "430000",
            "--set",
            "windowDays=14",
            "--set",
            "lowUse.cpuMean=7.5"
        );

        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Equal(
            """{"numbers":{"windowDays":14,"lowUse":{"cpuMean":7.5,"cpuP95":20}},"region":"430000"}""",
            _server.Asked[^1].Body
        );
        Assert.Contains("lowUse.cpuP95", outcome.Out, StringComparison.Ordinal);
        var odd = await _terminal.RunAsync("--lang", "en", "policy", "draft", "--set", "windowDays");
        Assert.Equal(2, odd.Code);
        Assert.Contains("'windowDays' is not valid", odd.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revision_says_which_revision_it_has_seen()
    {
        _server.On("GET /api/v1/policies/430000-v1", Reply.Ok(Policy));
        _server.On("PUT /api/v1/policies/430000-v1", Reply.Ok(Policy));

        var outcome = await _terminal.RunAsync("policy", "revise", "430000-v1", "--set", "windowDays=14");

        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Equal("\"3\"", _server.Asked[^1].Headers["If-Match"]);
    }

    [Theory]
    [InlineData("done", 0)]
    [InlineData("broken", 1)]
    public async Task A_trial_is_followed_to_its_end_and_shown(string state, int code)
    {
        _server.On("POST /api/v1/policies/430000-v1/trials", new Reply(202, Trial("running")));
        _server.On("GET /api/v1/trials/trial-000001", Reply.Ok(Trial("running")), Reply.Ok(Trial(state)));
        _server.On(
            "GET /api/v1/trials/trial-000001/systems",
            Reply.Ok(
                """
                {"items":[{"kind":"zombie","subject":{"kind":"system","id":"a-portal","pool":null,"name":"门户"},"tenant":"tenant-a","system":"a-portal",
                "outcome":"added","policy":["2026-11-02"],"inForce":[],"recommendation":null},
                {"kind":"lowUse","subject":{"kind":"server","id":"res-000007","pool":"mock-a","name":"x"},"tenant":"tenant-a","system":"a-portal",
                "outcome":"same","policy":["2026-11-02"],"inForce":["2026-11-02"],"recommendation":null}],"next":null}
                """
            )
        );

        var outcome = await _terminal.RunAsync("policy", "trial", "430000-v1", "--months", "2", "--changes");

        Assert.True(code == outcome.Code, outcome.ToString());
        Assert.Equal("""{"months":2}""", _server.Asked[0].Body);
        Assert.Contains("a-portal", outcome.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("res-000007", outcome.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, '▁')]
    [InlineData(12.4, '▁')]
    [InlineData(12.5, '▂')]
    [InlineData(99.9, '█')]
    [InlineData(400, '█')]
    public void A_block_stands_for_an_eighth(double percent, char block) =>
        Assert.Equal($"{block}", FindingSparks.Of([percent]));

    private static string Trial(string state) =>
        $$"""
            {"id":"trial-000001","policy":"430000-v1","months":2,"from":"2026-09-02","until":"2026-11-02","state":"{{state}}",
            "progress":{"done":1,"total":2},"counts":[{"kind":"zombie","subject":"system","outcome":"added","count":1,"monthlySaving":"0.00"}]}
            """;
}
