using System.Text.Json.Nodes;
using CloudManager.Cli.Commands;
using CloudManager.Cli.Tests.Support;
using CloudManager.Journey.Tests.Support;

namespace CloudManager.Cli.Tests.Commands;

public sealed class ChangeTests : IAsyncLifetime
{
    private readonly TestTerminal _terminal = new();
    private TinyServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TinyServer.StartAsync();
        await _terminal.SignInAsync(_server.Uri);
        _server.On("POST /api/v1/requests", new Reply(201, Samples.Request("draft")));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _terminal.Dispose();
    }

    [Fact]
    public async Task Flags_become_a_request_of_one_line()
    {
        var outcome = await _terminal.RunAsync(
            "apply",
            "--system",
            "a-employment",
            "--pool",
            "mock-a",
            "--item",
            "ecs-general",
            "--quantity",
            "2",
            "--vcpus",
            "4",
            "--memory",
            "8",
            "--image",
            "kylin-v10-x86",
            "--reason",
            "扩容"
        );

        Assert.True(outcome.Code == 0, outcome.ToString());
        var expected = JsonNode.Parse(
            """{"type":"provision","system":"a-employment","reason":"扩容","pool":"mock-a","lines":[{"item":"ecs-general","quantity":2,"spec":{"vcpus":4,"memoryGiB":8,"image":"kylin-v10-x86"}}]}"""
        );
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(Assert.Single(_server.Asked).Body)));
    }

    [Fact]
    public async Task Every_application_has_a_key_of_its_own_unless_one_is_given()
    {
        string[] line = ["apply", "--system", "s", "--item", "i", "--reason", "r"];

        await _terminal.RunAsync(line);
        await _terminal.RunAsync(line);
        await _terminal.RunAsync([.. line, "--key", "mine"]);

        var keys = _server.Asked.Select(c => c.Headers["Idempotency-Key"]).ToList();
        Assert.Equal(3, keys.Distinct().Count());
        Assert.Equal("mine", keys[2]);
    }

    [Fact]
    public async Task A_file_goes_as_it_is_for_the_platform_to_judge()
    {
        var file = _terminal.Write("request.json", """{"type":"provision","colour":"red","lines":[null]}""");

        await _terminal.RunAsync("apply", "--file", file);

        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(await File.ReadAllTextAsync(file)),
                JsonNode.Parse(Assert.Single(_server.Asked).Body)
            )
        );
    }

    [Theory]
    [InlineData("no such file", null, "does not exist")]
    [InlineData("a file that is no JSON", "{\n  nonsense", ":2:")]
    public async Task A_file_that_cannot_be_read_is_named(string because, string? text, string said)
    {
        var file = text is null ? "/nowhere/request.json" : _terminal.Write("request.json", text);

        var outcome = await _terminal.RunAsync("apply", "--file", file);

        Assert.True(outcome.Code == 2, because);
        Assert.Contains($"--file: '{file}", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(said, outcome.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Asked);
    }

    [Theory]
    [InlineData("what is missing is named", "apply --system s --reason r", "--item: missing")]
    [InlineData(
        "a file and flags contradict",
        "apply --file f --item i",
        "--item: cannot be given together with --file"
    )]
    public async Task What_does_not_make_a_request_is_refused_here(string because, string line, string said)
    {
        var outcome = await _terminal.RunAsync(line.Split(' '));

        Assert.True(outcome.Code == 2, because);
        Assert.Contains(said, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submitting_at_once_is_a_second_call()
    {
        _server.On("POST /api/v1/requests/req-000001/submit", Reply.Ok(Samples.Request("submitted")));

        var outcome = await _terminal.RunAsync(
            "apply",
            "--system",
            "s",
            "--item",
            "i",
            "--reason",
            "r",
            "--submit",
            "--json"
        );

        Assert.Equal(
            ["POST /api/v1/requests", "POST /api/v1/requests/req-000001/submit"],
            _server.Asked.Select(c => c.Name)
        );
        Assert.Equal(Samples.Request("submitted") + Environment.NewLine, outcome.Out);
    }

    [Fact]
    public async Task A_step_takes_along_what_it_was_given_and_nothing_else()
    {
        _server.On("POST /api/v1/requests/req-000001/advise", Reply.Ok(Samples.Request("advised")));
        var lines = _terminal.Write("lines.json", """[{"item":"ecs-general","quantity":1,"spec":{"vcpus":2}}]""");

        var outcome = await _terminal.RunAsync(
            "request",
            "advise",
            "req-000001",
            "--lines",
            lines,
            "--opinion",
            "够用",
            "--if-version",
            "7"
        );

        Assert.True(outcome.Code == 0, outcome.ToString());
        var call = Assert.Single(_server.Asked);
        Assert.Equal("\"7\"", call.Headers["If-Match"]);
        var expected = JsonNode.Parse(
            """{"opinion":"够用","lines":[{"item":"ecs-general","quantity":1,"spec":{"vcpus":2}}]}"""
        );
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(call.Body)), call.Body);
    }

    [Fact]
    public async Task A_day_is_written_as_the_api_reads_it()
    {
        _server.On("POST /api/v1/requests/req-000001/confirm", Reply.Ok(Samples.Request("inService")));

        await _terminal.RunAsync("request", "confirm", "req-000001", "--completed-on", "2026-09-12");

        var call = Assert.Single(_server.Asked);
        Assert.Equal("""{"completedOn":"2026-09-12"}""", call.Body);
        Assert.False(call.Headers.ContainsKey("If-Match"));
    }

    [Fact]
    public async Task The_clock_goes_where_it_is_told()
    {
        _server.On(
            "POST /api/v1/demo/clock",
            Reply.Ok("""{"now":"2026-10-01T00:00:00+08:00","from":"2026-09-01T00:00:00+08:00","steps":42}""")
        );

        var outcome = await _terminal.RunAsync("demo", "clock", "--to", "2026-10-01");

        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Equal("""{"advanceTo":"2026-10-01T00:00:00+08:00"}""", Assert.Single(_server.Asked).Body);
        Assert.Contains("42", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_advance_over_jobs_that_did_not_end_well_names_them()
    {
        _server.On(
            "POST /api/v1/demo/clock",
            Reply.Ok(
                """{"now":"2026-10-01T00:00:00+08:00","from":"2026-09-01T00:00:00+08:00","steps":42,"troubles":[{"job":"close-month","at":"2026-10-01T02:00:00+08:00","outcome":"blocked","detail":{"zh":"无价格","en":"no price"}}]}"""
            )
        );

        var outcome = await _terminal.RunAsync("demo", "clock", "--to", "2026-10-01");

        Assert.Equal(1, outcome.Code);
        Assert.Contains("close-month", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("no price", outcome.Out, StringComparison.Ordinal);
    }

    /// <summary>docs/requests.md is drawn from the table of transitions.</summary>
    [Fact]
    public void Every_step_of_a_party_has_a_command_with_what_it_takes()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs", "requests.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length > 4 && cells[3] is "tenant" or "authority" or "technical" or "provider")
            .Where(cells => cells[2] != "revise")
            .ToList();
        var takes = rows.GroupBy(cells => cells[2], cells => cells[4].Replace("*", "", StringComparison.Ordinal))
            .ToDictionary(
                verb => verb.Key,
                verb => verb.SelectMany(t => t.Split(", ", StringSplitOptions.RemoveEmptyEntries)).Distinct().Order()
            );

        Assert.True(takes.Count > 10);
        Assert.Equal(takes.Keys.Order(), Verb.All.Select(v => v.Name).Order());
        Assert.All(Verb.All, verb => Assert.Equal(takes[verb.Name], Members(verb.Takes)));
    }

    private static IEnumerable<string> Members(Takes takes) =>
        Enum.GetValues<Takes>()
            .Where(t => t != Takes.Nothing && takes.HasFlag(t))
            .Select(t => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(t.ToString()))
            .Order();
}
