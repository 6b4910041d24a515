using System.Text.Json.Nodes;
using CloudManager.Cli.Tests.Support;

namespace CloudManager.Cli.Tests.Commands;

/// <summary>What the people of a pool that nothing can call say and hand in; and what can be ordered of a pool.</summary>
public sealed class ByHandTests : IAsyncLifetime
{
    private const string Order = """
        {"id":"wo-000010","kind":"test","state":"issued","request":"req-000001","tenant":"tenant-a","system":"a-employment",
         "pool":"hand-a","provider":"provider-a","lines":[],"issuedAt":"2026-09-01T09:00:00+08:00","issuedBy":"technical","endedAt":null,
         "completedLines":[],"tasks":[TASK]}
        """;

    private const string Task = """
        {"id":"task-000050","kind":"byHand","resource":"res-000001","state":"done","attempts":0,"lastError":null,
         "insteadOf":"createServer","evidence":"YS-1"}
        """;

    private const string Run = """
        {"id":"run-000007","pool":"hand-a","mode":"full","outcome":"completed","startedAt":"2026-11-23T21:00:00+08:00",
         "endedAt":"2026-11-23T21:00:01+08:00","servers":1,"volumes":0,"networks":0,"addresses":0,"missing":0,"opened":1,"closed":0,"reason":null}
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
    public async Task An_order_is_completed_from_a_csv_file()
    {
        _server.On(
            "POST /api/v1/work-orders/wo-000010/complete",
            Reply.Ok(Order.Replace("TASK", Task, StringComparison.Ordinal))
        );
        const string csv =
            "\ufeffresource,nativeId,addresses,vcpus,memoryGiB,evidence\r\nres-000001, vm-1 ,10.0.0.1;10.0.0.2,4,8,\r\n\r\nres-000002,vm-2,10.0.0.3,4,8,YS-2\r\n";

        var outcome = await CompleteAsync(csv);

        Assert.True(outcome.Code == 0, outcome.ToString());
        var expected = JsonNode.Parse(
            """
            {"evidence":"JF-1","resources":[
              {"resource":"res-000001","nativeId":"vm-1","addresses":["10.0.0.1","10.0.0.2"],"vcpus":4,"memoryGiB":8},
              {"resource":"res-000002","nativeId":"vm-2","addresses":["10.0.0.3"],"vcpus":4,"memoryGiB":8,"evidence":"YS-2"}]}
            """
        );
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(Assert.Single(_server.Asked).Body)));
        Assert.Contains("byHand (createServer)", outcome.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no header", "", "made.csv:1")]
    [InlineData("an unknown column", "resource,owner\r\nres-1,x", "made.csv:1")]
    [InlineData("a column twice", "resource,resource\r\nres-1,x", "made.csv:1")]
    [InlineData("a field too many", "resource,nativeId\r\nres-1,a,b", "made.csv:2")]
    [InlineData("quotes", "resource,nativeId\r\nres-1,\"a\"", "made.csv:2")]
    [InlineData("a number in words", "resource,vcpus\r\nres-1,four", "made.csv:2 vcpus")]
    public async Task A_file_that_is_not_as_it_should_be_is_named_by_its_line(string because, string csv, string said)
    {
        var outcome = await CompleteAsync(csv);

        Assert.True(outcome.Code == 2, $"{because}: {outcome}");
        Assert.Contains(said, outcome.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Asked);
    }

    [Fact]
    public async Task One_task_is_completed_by_flags()
    {
        _server.On("POST /api/v1/tasks/task-000050/complete", Reply.Ok(Task));

        string[] line =
        [
            "order",
            "done",
            "task-000050",
            "--evidence",
            "YS-1",
            "--native-id",
            "vm-1",
            "--addresses",
            "10.0.0.1",
            "--vcpus",
            "4",
        ];
        var outcome = await _terminal.RunAsync([.. line, "--memory", "8"]);

        Assert.True(outcome.Code == 0, outcome.ToString());
        var expected = JsonNode.Parse(
            """{"nativeId":"vm-1","addresses":["10.0.0.1"],"vcpus":4,"memoryGiB":8,"evidence":"YS-1"}"""
        );
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(Assert.Single(_server.Asked).Body)));
        Assert.Equal(2, (await _terminal.RunAsync("order", "done", "task-000050")).Code);
    }

    [Theory]
    [InlineData("list.csv", "text/csv", "kind,nativeId\nserver,vm-1\n")]
    [InlineData("list.json", "application/json", """{"items":[]}""")]
    public async Task A_list_of_what_exists_goes_as_it_is(string name, string type, string text)
    {
        _server.On(
            "POST /api/v1/pools/hand-a/inventory",
            Reply.Ok($$"""{"dryRun":false,"rows":1,"run":{{Run}},"faults":[]}""")
        );

        var outcome = await _terminal.RunAsync(
            "inventory",
            "import",
            "hand-a",
            _terminal.Write(name, text),
            "--day",
            "2026-10-31"
        );

        Assert.True(outcome.Code == 0, outcome.ToString());
        var asked = Assert.Single(_server.Asked);
        Assert.Equal(text, asked.Body);
        Assert.StartsWith(type, asked.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Contains("day=2026-10-31", asked.Query, StringComparison.Ordinal);
        Assert.Contains("run-000007", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Samples_show_what_was_set_aside_and_faults_end_with_1()
    {
        _server.On(
            "POST /api/v1/pools/hand-a/samples",
            Reply.Ok(
                """
                {"dryRun":true,"rows":3,"taken":1,"known":0,"setAsideCount":1,
                 "setAside":[{"line":3,"server":"vm-1","metric":"cpu","reason":"tooLarge"}],
                 "faults":[{"path":"line 4.slot","value":"noon","expected":"时刻","expectedEn":"an instant"}]}
                """
            )
        );

        var outcome = await _terminal.RunAsync(
            "--lang",
            "en",
            "samples",
            "import",
            "hand-a",
            _terminal.Write("s.csv", "x"),
            "--dry-run"
        );

        Assert.Equal(1, outcome.Code);
        Assert.Contains("tooLarge", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("line 4.slot", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("1 fault(s)", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("dryRun=true", Assert.Single(_server.Asked).Query, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Art16_the_catalogue_of_a_pool_says_what_can_be_ordered_and_why_not()
    {
        _server.On(
            "GET /api/v1/catalogue/items",
            Reply.Ok(
                """
                {"edition":"2026","effectiveFrom":"2026-01-01","note":null,"next":null,"items":[
                  {"code":"vol-ssd","name":"云硬盘","nameEn":"SSD","category":"storage","kind":"volume","components":[],
                   "offer":{"orderable":true,"byHand":true,"largestSizeGiB":8192,"changeable":true}},
                  {"code":"eip","name":"公网地址","nameEn":"EIP","category":"network","kind":"publicAddress","components":[],
                   "offer":{"orderable":false,"byHand":false,"code":"pool.cannotOrder","capability":"addresses","reason":"none here","changeable":false}}]}
                """
            )
        );

        var outcome = await _terminal.RunAsync("--lang", "en", "catalogue", "--pool", "hand-a");

        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Contains("pool=hand-a", Assert.Single(_server.Asked).Query, StringComparison.Ordinal);
        Assert.Contains(
            "8192 GiB",
            outcome.Lines.Single(l => l.StartsWith("vol-ssd", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "none here",
            outcome.Lines.Single(l => l.StartsWith("eip", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
    }

    private Task<Outcome> CompleteAsync(string csv) =>
        _terminal.RunAsync(
            "--lang",
            "en",
            "order",
            "complete",
            "wo-000010",
            "--evidence",
            "JF-1",
            "--file",
            _terminal.Write("made.csv", csv)
        );
}
