using System.Net;
using System.Net.Sockets;
using CloudManager.Cli.Tests.Support;

namespace CloudManager.Cli.Tests;

public sealed class EndingTests : IAsyncLifetime
{
    private const string Faults =
        """[{"path":"lines[0].quantity","value":"0","expected":"1 至 1000 的整数","expectedEn":"a whole number from 1 to 1000","code":"quantity.range"},{"path":"reason","value":null,"expected":"必填","expectedEn":"a value"}]""";

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
    public async Task A_refusal_names_its_code_and_every_field_at_fault()
    {
        _server.On("GET /api/v1/me", Reply.Problem(422, "request.invalid", Faults));

        var outcome = await _terminal.RunAsync("whoami");

        Assert.Equal(1, outcome.Code);
        Assert.Equal(
            [
                "request.invalid (HTTP 422): it does not go",
                "  lines[0].quantity: '0', expected a whole number from 1 to 1000 [quantity.range]",
                "  reason: expected a value",
            ],
            outcome.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)
        );
    }

    [Fact]
    public async Task A_refusal_is_said_in_chinese_where_chinese_is_spoken()
    {
        _server.On("GET /api/v1/me", Reply.Problem(422, "request.invalid", Faults));

        var outcome = await _terminal.RunAsync("whoami", "--lang", "zh");

        Assert.Contains("request.invalid (HTTP 422): 不行", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("lines[0].quantity：“0”，应为1 至 1000 的整数", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_inner_error_shows_the_id_that_the_logs_carry()
    {
        _server.On("GET /api/v1/me", Reply.Problem(500, "internal"));

        var outcome = await _terminal.RunAsync("whoami");

        Assert.Equal(1, outcome.Code);
        Assert.Contains("trace-1", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a page of a proxy", 502, "<html>Bad gateway</html>", "text/html")]
    [InlineData("a success that is no JSON", 200, "hello", "text/plain")]
    [InlineData("a member that must be there is not", 200, """{"account":"a"}""", "application/json")]
    [InlineData("a problem that is none", 400, "[]", "application/problem+json")]
    [InlineData("a redirect to elsewhere", 302, "", "text/html")]
    public async Task An_answer_that_is_not_the_platforms_is_said_to_be_so(
        string because,
        int status,
        string body,
        string media
    )
    {
        _server.On("GET /api/v1/me", new Reply(status, body, media));

        var outcome = await _terminal.RunAsync("whoami");

        Assert.True(outcome.Code == 1, $"{because}: {outcome}");
        Assert.Contains("answer.notUnderstood", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("GET /api/v1/me", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(TinyServer.Token, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_from_one_that_refuses()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        _terminal.Typed = "p";

        var outcome = await _terminal.RunAsync("login", "a", "--server", $"http://127.0.0.1:{port}");

        Assert.Equal(4, outcome.Code);
        Assert.Contains($"127.0.0.1:{port}", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_ends_when_the_request_is_there()
    {
        _server.On(
            "GET /api/v1/requests/req-000001",
            Reply.Ok(Samples.Request("testOrdered")),
            Reply.Ok(Samples.Request("testing"))
        );

        var outcome = await _terminal.RunAsync("request", "wait", "req-000001", "--until", "testing");

        Assert.Equal(0, outcome.Code);
        Assert.Equal(2, _server.Asked.Count);
    }

    [Fact]
    public async Task Waiting_in_vain_ends_by_its_time_out()
    {
        _server.On("GET /api/v1/requests/req-000001", Reply.Ok(Samples.Request("testOrdered")));

        var outcome = await _terminal.RunAsync(
            "request",
            "wait",
            "req-000001",
            "--until",
            "testing",
            "--timeout",
            "1s"
        );

        Assert.Equal(5, outcome.Code);
        Assert.Contains("testOrdered", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a withdrawn request goes nowhere", "withdrawn", "none", "will not be testing")]
    [InlineData("a failed order waits for people", "testOrdered", "failed", "the order of req-000001 failed")]
    public async Task Waiting_ends_at_once_where_it_would_be_in_vain(
        string because,
        string state,
        string order,
        string said
    )
    {
        _server.On("GET /api/v1/requests/req-000001", Reply.Ok(Samples.Request(state, order)));

        var outcome = await _terminal.RunAsync("request", "wait", "req-000001", "--until", "testing");

        Assert.True(outcome.Code == 1, because);
        Assert.Contains(said, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_command_says_so()
    {
        _server.On("GET /api/v1/requests/req-000001", Reply.Ok(Samples.Request("testOrdered")));
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        var outcome = await _terminal.RunAsync(["request", "wait", "req-000001", "--until", "testing"], stop.Token);

        Assert.Equal(130, outcome.Code);
    }

    [Fact]
    public async Task A_job_that_is_blocked_is_no_success()
    {
        _server.On(
            "POST /api/v1/jobs/close-month/run",
            Reply.Ok(
                """{"at":"2026-10-01T02:00:00+08:00","outcome":"blocked","detail":{"zh":"无价格","en":"no price"},"periods":[]}"""
            )
        );

        var outcome = await _terminal.RunAsync("jobs", "run", "close-month");

        Assert.Equal(1, outcome.Code);
        Assert.Contains("no price", outcome.Out, StringComparison.Ordinal);
    }
}
