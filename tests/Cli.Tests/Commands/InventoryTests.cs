using System.Text.Json.Nodes;
using CloudManager.Cli.Tests.Support;

namespace CloudManager.Cli.Tests.Commands;

/// <summary>cloudmgr findings, inventory and takeover; the console and the word about a task that needs a person.</summary>
public sealed class InventoryTests : IAsyncLifetime
{
    private const string Finding = """
        {"id":"fin-000001","kind":"drift","subject":{"kind":"server","id":"res-000001","pool":"mock-a","name":"web-1"},
         "detail":"resized","window":null,"evidence":{"books":{"vcpus":4,"memoryGiB":8},"cloud":{"vcpus":8,"memoryGiB":8}},
         "policyVersion":null,"recommendation":null,"state":"open","openedAt":"2026-11-23T21:04:10+08:00","closedAt":null,
         "lastSeenAt":"2026-11-23T21:19:10+08:00"}
        """;

    private const string Run = """
        {"id":"run-000042","pool":"mock-a","mode":"full","outcome":"accepted","startedAt":"2026-11-23T21:00:00+08:00",
         "endedAt":"2026-11-23T21:00:09+08:00","servers":60,"volumes":5,"networks":2,"addresses":1,"missing":40,"opened":3,
         "closed":0,"reason":{"zh":"缺失过多","en":"too much is missing"}}
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
    public async Task Findings_go_through_their_filters()
    {
        _server.On("GET /api/v1/findings", Reply.Ok(Samples.Page(null, Finding)));

        var outcome = await _terminal.RunAsync("findings", "--kind", "drift", "--state", "open", "--pool", "mock-a");

        Assert.True(outcome.Code == 0, outcome.ToString());
        var query = Assert.Single(_server.Asked).Query;
        Assert.All(
            ["kind=drift", "state=open", "pool=mock-a"],
            part => Assert.Contains(part, query, StringComparison.Ordinal)
        );
        Assert.Contains("fin-000001", outcome.Lines[1], StringComparison.Ordinal);
        Assert.Contains("resized", outcome.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finding_shows_the_books_beside_the_cloud_and_nothing_where_neither_says_anything()
    {
        _server.On("GET /api/v1/findings/fin-000001", Reply.Ok(Finding));

        var outcome = await _terminal.RunAsync("--lang", "en", "findings", "show", "fin-000001");

        Assert.True(outcome.Code == 0, outcome.ToString());
        var facts = outcome.Lines.SkipWhile(l => !l.Contains("Evidence", StringComparison.Ordinal)).ToList();
        Assert.Contains(facts, l => Cells(l)[1..] is ["4", "8"]);
        Assert.DoesNotContain(facts, l => Cells(l)[1..] is ["-", "-"]);
    }

    [Fact]
    public async Task An_inventory_says_what_the_books_do_not_know()
    {
        const string thing = """
            {"kind":"server","nativeId":"i-1","name":"web-9","state":"active","known":false,"resource":null,"vcpus":4,
             "memoryGiB":8,"sizeGiB":null,"bandwidthMbps":null,"type":null,"addresses":[],"attachedTo":null,"key":null,
             "firstSeen":"2026-11-23T21:00:00+08:00","lastSeen":"2026-11-23T21:15:00+08:00"}
            """;
        _server.On("GET /api/v1/pools/mock-a/inventory", Reply.Ok(Samples.Page(null, thing)));

        var outcome = await _terminal.RunAsync("inventory", "mock-a", "--known", "false", "--kind", "server");

        Assert.True(outcome.Code == 0, outcome.ToString());
        var query = Assert.Single(_server.Asked).Query;
        Assert.Contains("known=false", query, StringComparison.Ordinal);
        Assert.Contains("kind=server", query, StringComparison.Ordinal);
        Assert.Equal(["server", "i-1", "web-9", "active", "-", "4C8G", "-"], Cells(outcome.Lines[1])[..7]);
        Assert.Equal(2, (await _terminal.RunAsync("inventory", "mock-a", "--known", "maybe")).Code);
    }

    [Fact]
    public async Task A_shrunk_run_is_accepted_with_an_opinion_only()
    {
        _server.On("GET /api/v1/pools/mock-a/inventory/runs", Reply.Ok(Samples.Page(null, Run)));
        _server.On("POST /api/v1/pools/mock-a/inventory/runs/run-000042/accept", Reply.Ok(Run));

        var runs = await _terminal.RunAsync("--lang", "en", "inventory", "runs", "mock-a");
        Assert.Contains("too much is missing", runs.Lines[1], StringComparison.Ordinal);
        Assert.Equal(2, (await _terminal.RunAsync("inventory", "accept", "mock-a", "run-000042")).Code);
        var accepted = await _terminal.RunAsync("inventory", "accept", "mock-a", "run-000042", "--opinion", "已迁走");

        Assert.True(accepted.Code == 0, accepted.ToString());
        Assert.Equal("已迁走", JsonNode.Parse(_server.Asked[^1].Body)!["opinion"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_takeover_goes_as_its_file_says()
    {
        const string body = """{"system":"a-employment","paper":"函","lines":[{"pool":"mock-a","nativeId":"i-1"}]}""";
        _server.On("POST /api/v1/takeovers", new Reply(201, Samples.Request("delivered")));

        var outcome = await _terminal.RunAsync("takeover", "create", "--file", _terminal.Write("t.json", body));

        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), JsonNode.Parse(Assert.Single(_server.Asked).Body)));
        Assert.Contains("req-000001", outcome.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a dry run that finds no fault", true, 0, "")]
    [InlineData("a dry run that finds faults", true, 1, "1 fault(s)")]
    [InlineData("done", false, 0, "")]
    public async Task A_csv_goes_as_it_is_and_its_faults_end_with_1(string because, bool dryRun, int code, string said)
    {
        var faults =
            code == 0 ? "" : """{"path":"line 2: item","value":"x","expected":"目录项","expectedEn":"an item"}""";
        var row = $$"""
            {"line":2,"pool":"mock-a","nativeId":"i-1","system":"a-employment","item":"ecs-general","paper":"函",
             "taken":[{"kind":"server","nativeId":"i-1","name":"web-9","item":"ecs-general","spec":{"vcpus":4},"monthlyPrice":"158.67"}],
             "monthlyPrice":"158.67","faults":[]}
            """;
        _server.On(
            "POST /api/v1/takeovers/import",
            Reply.Ok(
                dryRun
                    ? $$"""{"dryRun":true,"rows":[{{row}}],"faults":[{{faults}}],"requests":[]}"""
                    : """{"dryRun":false,"rows":[],"faults":[],"requests":["req-000007"]}"""
            )
        );
        var csv = "pool,nativeId,system,item,paper\r\nmock-a,i-1,a-employment,ecs-general,函\r\n";
        string[] line = ["--lang", "en", "takeover", "import", _terminal.Write("servers.csv", csv)];

        var outcome = await _terminal.RunAsync(dryRun ? [.. line, "--dry-run"] : line);

        Assert.True(outcome.Code == code, $"{because}: {outcome}");
        var asked = Assert.Single(_server.Asked);
        Assert.Equal(csv, asked.Body);
        Assert.StartsWith("text/csv", asked.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Contains($"dryRun={dryRun}", asked.Query, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(dryRun ? "158.67" : "req-000007", outcome.Out, StringComparison.Ordinal);
        Assert.Contains(said, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var outcome = await _terminal.RunAsync("--lang", "en", "takeover", "import", "/nowhere/servers.csv");

        Assert.Equal(2, outcome.Code);
        Assert.Contains("'/nowhere/servers.csv' does not exist", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Asked);
    }

    [Fact]
    public async Task Art36_the_console_of_a_server_is_an_address_and_its_refusal_ends_with_1()
    {
        const string path = "POST /api/v1/resources/res-000001/console";
        _server.On(path, Reply.Ok("""{"url":"https://console.example/vnc?token=t"}"""));
        var opened = await _terminal.RunAsync("resources", "console", "res-000001");
        Assert.Contains("https://console.example/vnc?token=t", opened.Out, StringComparison.Ordinal);

        _server.On(path, Reply.Problem(403, "console.noGrant"));
        var refused = await _terminal.RunAsync("--lang", "en", "resources", "console", "res-000001");
        Assert.Equal(1, refused.Code);
        Assert.Contains("it does not go", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_that_needs_a_person_goes_on_as_the_provider_says()
    {
        _server.On(
            "POST /api/v1/tasks/task-000042/settle",
            Reply.Ok(
                """{"id":"task-000042","kind":"createServer","resource":"res-000001","state":"settling","attempts":1,"lastError":null}"""
            )
        );

        var outcome = await _terminal.RunAsync(
            "order",
            "settle",
            "task-000042",
            "--outcome",
            "found",
            "--native-id",
            "i-1",
            "--evidence",
            "工单 PT-77"
        );

        Assert.True(outcome.Code == 0, outcome.ToString());
        var expected = JsonNode.Parse("""{"outcome":"found","evidence":"工单 PT-77","nativeId":"i-1"}""");
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(Assert.Single(_server.Asked).Body)));
        Assert.Contains("settling", outcome.Lines[1], StringComparison.Ordinal);
        Assert.Equal(
            2,
            (await _terminal.RunAsync("order", "settle", "t", "--outcome", "maybe", "--evidence", "e")).Code
        );
    }

    private static string[] Cells(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
