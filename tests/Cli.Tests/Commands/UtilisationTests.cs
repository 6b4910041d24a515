using CloudManager.Cli.Tests.Support;

namespace CloudManager.Cli.Tests.Commands;

/// <summary>cloudmgr utilisation and samples: small lines, and files.</summary>
public sealed class UtilisationTests : IAsyncLifetime
{
    private const string None = """{"mean":null,"p95":null,"max":null,"coverage":0}""";
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
    public async Task By_resource_a_line_shows_the_daily_means_and_blanks_where_nothing_was_measured()
    {
        _server.On(
            "GET /api/v1/utilisation",
            Reply.Ok(Page(Row("2026-09-01", "2026-09-05", 40))),
            Reply.Ok(
                Page(
                    Row("2026-09-01", "2026-09-02", 0),
                    Row("2026-09-02", "2026-09-03", 100),
                    Row("2026-09-04", "2026-09-05", 50)
                )
            )
        );

        var outcome = await _terminal.RunAsync("utilisation", "--from", "2026-09-01", "--until", "2026-09-05");

        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Equal(
            ["?from=2026-09-01&until=2026-09-05", "?from=2026-09-01&until=2026-09-05&step=day&limit=500"],
            _server.Asked.Select(c => c.Query)
        );
        Assert.EndsWith("▁█ ▅", outcome.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Steps_and_json_draw_no_line()
    {
        _server.On("GET /api/v1/utilisation", Reply.Ok(Page(Row("2026-09-01", "2026-09-02", 40))));

        await _terminal.RunAsync("utilisation", "--quarter", "2026-Q3", "--step", "day", "--system", "a-employment");
        await _terminal.RunAsync("utilisation", "--period", "2026", "--json");

        Assert.Equal(
            ["?quarter=2026-Q3&step=day&system=a-employment", "?period=2026"],
            _server.Asked.Select(c => c.Query)
        );
    }

    [Theory]
    [InlineData("--from 2026-09-01")]
    [InlineData("--until 2026-09-01")]
    [InlineData("--month 2026-09 --from 2026-09-01 --until 2026-09-02")]
    [InlineData("--quarter 2026-Q5")]
    [InlineData("--period 26")]
    [InlineData("--month 2026-09 --step hour")]
    [InlineData("--month 2026-09 --spark network")]
    [InlineData("--month 2026-09 --csv a --parquet b")]
    public async Task What_cannot_be_asked_is_not_asked(string arguments)
    {
        var outcome = await _terminal.RunAsync(["utilisation", .. arguments.Split(' ')]);

        Assert.Equal(2, outcome.Code);
        Assert.Empty(_server.Asked);
    }

    [Fact]
    public async Task A_file_is_written_as_it_comes()
    {
        const string text = "\ufeffresource,cpuMean\r\nres-000001,1.5\r\n";
        _server.On("GET /api/v1/utilisation", new Reply(200, text) { MediaType = "text/csv" });
        var file = Path.Combine(_terminal.Folder, "use.csv");

        var outcome = await _terminal.RunAsync("utilisation", "--month", "2026-09", "--csv", file);

        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Equal("?month=2026-09&format=csv", Assert.Single(_server.Asked).Query);
        Assert.Equal(text, "\ufeff" + await File.ReadAllTextAsync(file));
        Assert.Equal(["use.csv"], Directory.GetFiles(_terminal.Folder, "use*").Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_refused_export_leaves_no_file()
    {
        _server.On("GET /api/v1/utilisation", Reply.Problem(422, "query.invalid"));
        var file = Path.Combine(_terminal.Folder, "use.parquet");

        var outcome = await _terminal.RunAsync("utilisation", "--month", "2026-09", "--parquet", file);

        Assert.Equal(1, outcome.Code);
        Assert.Empty(Directory.GetFiles(_terminal.Folder, "use*"));
    }

    [Fact]
    public async Task Samples_have_a_line_for_each_metric()
    {
        _server.On(
            "GET /api/v1/resources/res-000001/samples",
            Reply.Ok(
                """{"resource":"res-000001","from":"2026-09-01T00:00:00+08:00","until":"2026-09-01T02:00:00+08:00","step":"1h","points":[{"at":"2026-09-01T00:00:00+08:00","cpu":1,"cpuMax":100,"networkInBytes":5},{"at":"2026-09-01T01:00:00+08:00","cpu":1,"cpuMax":1,"networkInBytes":9}]}"""
            )
        );

        var outcome = await _terminal.RunAsync(
            "samples",
            "res-000001",
            "--from",
            "2026-09-01",
            "--until",
            "2026-09-02",
            "--ascii"
        );

        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Contains(outcome.Lines, line => line.EndsWith("  #_", StringComparison.Ordinal));
        Assert.Contains(outcome.Lines, line => line.EndsWith("  _#", StringComparison.Ordinal));
    }

    private static string Page(params string[] rows) => $$"""{"items":[{{string.Join(',', rows)}}],"next":null}""";

    private static string Row(string from, string until, double mean) =>
        $$"""{"resource":"res-000001","resources":1,"leftOut":0,"window":{"from":"{{from}}","until":"{{until}}"},"cpu":{"mean":{{mean}},"p95":1,"max":1,"coverage":1},"memory":{{None}},"disk":{{None}}}""";
}
