using CloudManager.Cli.Tests.Support;

namespace CloudManager.Cli.Tests.Commands;

public sealed class ListTests : IAsyncLifetime
{
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
    public async Task Json_is_printed_as_it_came()
    {
        const string odd =
            """{ "items" : [ {"id":"monthly-2026-09","kind":"monthly", "period":"2026-09","createdAt":"2026-10-01T03:00:00+08:00","unknown":1.50} ],  "next":null }""";
        _server.On("GET /api/v1/reports", Reply.Ok(odd));

        var outcome = await _terminal.RunAsync("report", "list", "--json");

        Assert.Equal(0, outcome.Code);
        Assert.Equal(odd + Environment.NewLine, outcome.Out);
    }

    [Fact]
    public async Task One_page_is_shown_and_said_to_be_one()
    {
        TwoPages();

        var outcome = await _terminal.RunAsync("report", "list", "--limit", "1");

        Assert.Equal("?limit=1", Assert.Single(_server.Asked).Query);
        Assert.Equal(2, outcome.Lines.Count);
        Assert.Contains("--all", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_pages_are_one_table()
    {
        TwoPages();

        var outcome = await _terminal.RunAsync("report", "list", "--all", "--limit", "1");

        Assert.Equal(["?limit=1", "?limit=1&cursor=c%2B1"], _server.Asked.Select(c => c.Query));
        Assert.Equal(3, outcome.Lines.Count);
        Assert.Empty(outcome.Error);
    }

    [Fact]
    public async Task All_pages_as_json_are_a_document_each()
    {
        TwoPages();

        var outcome = await _terminal.RunAsync("report", "list", "--all", "--json");

        Assert.Equal(
            [Samples.Page("c+1", Samples.Report("2026-08")), Samples.Page(null, Samples.Report("2026-09"))],
            outcome.Lines
        );
    }

    [Fact]
    public async Task A_filter_goes_along_by_the_name_the_api_has_for_it()
    {
        _server.On("GET /api/v1/requests", Reply.Ok(Samples.Page(null, Samples.Request("submitted"))));

        var outcome = await _terminal.RunAsync("request", "list", "--state", "submitted", "--tenant", "tenant-a");

        var query = Assert.Single(_server.Asked).Query;
        Assert.Contains("state=submitted", query, StringComparison.Ordinal);
        Assert.Contains("tenant=tenant-a", query, StringComparison.Ordinal);
        Assert.DoesNotContain("cursor", query, StringComparison.Ordinal);
        Assert.Contains("2026-11-30 23:59  accept", outcome.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_series_is_asked_for_by_instants_with_their_offset()
    {
        _server.On(
            "GET /api/v1/resources/res-000001/samples",
            Reply.Ok(
                """{"resource":"res-000001","from":"2026-09-01T00:00:00+08:00","until":"2026-09-02T00:00:00+08:00","step":"1h","points":[{"at":"2026-09-01T00:00:00+08:00","cpu":6.763,"memory":null,"disk":12,"networkInBytes":null,"networkOutBytes":null,"cpuMax":9,"memoryMax":null,"diskMax":12}]}"""
            )
        );

        var outcome = await _terminal.RunAsync(
            "resources",
            "samples",
            "res-000001",
            "--from",
            "2026-09-01",
            "--until",
            "2026-09-02T00:00+08:00",
            "--step",
            "1h"
        );

        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Equal(
            "?from=2026-09-01T00%3A00%3A00%2B08%3A00&until=2026-09-02T00%3A00%3A00%2B08%3A00&step=1h",
            Assert.Single(_server.Asked).Query
        );
        Assert.Equal(
            ["2026-09-01", "00:00", "6.76", "-", "12.00", "-", "-", "9.00", "-", "12.00"],
            Cells(outcome.Lines[1])
        );
    }

    [Fact]
    public async Task Utilisation_takes_a_month_or_a_day_but_one_of_them()
    {
        var neither = await _terminal.RunAsync("utilisation");
        var both = await _terminal.RunAsync("utilisation", "--month", "2026-09", "--day", "2026-09-01");

        Assert.Equal((2, 2), (neither.Code, both.Code));
        Assert.Empty(_server.Asked);
    }

    [Fact]
    public async Task Utilisation_shows_what_nobody_measured_as_missing()
    {
        _server.On(
            "GET /api/v1/utilisation",
            Reply.Ok(
                """{"items":[{"system":"a-employment","tenant":"tenant-a","resources":2,"leftOut":1,"window":{"from":"2026-09-12","until":"2026-10-01"},"cpu":{"mean":12.5,"p95":40.25,"max":99.5,"coverage":0.995},"memory":{"mean":null,"p95":null,"max":null,"coverage":0},"disk":{"mean":null,"p95":null,"max":null,"coverage":0}}],"next":null}"""
            )
        );

        var outcome = await _terminal.RunAsync("utilisation", "--month", "2026-09", "--by", "system");

        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Equal("?month=2026-09&by=system", Assert.Single(_server.Asked).Query);
        Assert.Equal(
            [
                "a-employment",
                "a-employment",
                "tenant-a",
                "2",
                "1",
                "12.50",
                "40.25",
                "99.50",
                "-",
                "-",
                "-",
                "-",
                "99.5",
                "-",
                "-",
                "-",
            ],
            Cells(outcome.Lines[1])
        );
    }

    [Fact]
    public async Task A_bill_shows_its_lines_and_its_total()
    {
        const string line =
            """{"id":"2026-09.tenant-a.provider-a.17","kind":"usage","resource":"res-000001","system":"a-employment","item":"ecs-general","edition":"2026","contract":"XZY","component":"vcpu","unit":"元/核/月","quantity":8,"unitPrice":"39.6675","from":"2026-09-12","until":"2026-10-01","days":19,"daysInMonth":30,"amount":"200.98","startedBy":"req-000001","endedBy":null,"corrects":null,"servicePeriod":"2027","reason":null}""";
        _server.On(
            "GET /api/v1/bills/2026-09.tenant-a.provider-a",
            Reply.Ok(
                $$"""{"id":"2026-09.tenant-a.provider-a","month":"2026-09","tenant":"tenant-a","provider":"provider-a","state":"closed","closedAt":"2026-10-01T02:00:00+08:00","total":"200.98","lineCount":1,"lines":[{{line}}],"next":null}"""
            )
        );

        var outcome = await _terminal.RunAsync("bills", "show", "2026-09.tenant-a.provider-a", "--lang", "zh");

        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Equal(
            [
                "17",
                "usage",
                "res-000001",
                "ecs-general",
                "vcpu",
                "8",
                "39.6675",
                "2026-09-12",
                "2026-10-01",
                "19/30",
                "200.98",
                "-",
            ],
            Cells(outcome.Lines[1])
        );
        Assert.Contains("合计（元）  200.98", outcome.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json", """{"id" : "monthly-2026-09"}""", "application/json")]
    [InlineData("html", "<!doctype html>\n<p>月报</p>", "text/html; charset=utf-8")]
    public async Task A_report_is_written_as_it_came(string format, string body, string media)
    {
        _server.On("GET /api/v1/reports/monthly-2026-09", new Reply(200, body, media));
        var file = Path.Combine(_terminal.Folder, "report");

        var outcome = await _terminal.RunAsync("report", "show", "monthly-2026-09", "--format", format, "--out", file);

        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Equal($"?format={format}", Assert.Single(_server.Asked).Query);
        Assert.Equal(body, await File.ReadAllTextAsync(file));
        Assert.Empty(outcome.Out);
    }

    private static string[] Cells(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private void TwoPages() =>
        _server.On(
            "GET /api/v1/reports",
            Reply.Ok(Samples.Page("c+1", Samples.Report("2026-08"))),
            Reply.Ok(Samples.Page(null, Samples.Report("2026-09")))
        );
}
