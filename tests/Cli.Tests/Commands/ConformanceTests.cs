using CloudManager.Cli.Tests.Support;

namespace CloudManager.Cli.Tests.Commands;

/// <summary>cloudmgr conformance: starts, follows, fetches the report, and ends with a code for scripts.</summary>
public sealed class ConformanceTests : IAsyncLifetime
{
    private readonly TestTerminal _terminal = new();
    private TinyServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TinyServer.StartAsync();
        await _terminal.SignInAsync(_server.Uri);
        _server.On("POST /api/v1/pools/mock-a/conformance", new Reply(202, Run("running", 0)));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _terminal.Dispose();
    }

    [Fact]
    public async Task Art16_a_passed_run_ends_with_0_and_its_report_is_written()
    {
        _server.On("GET /api/v1/conformance/conf-000001", Reply.Ok(Run("running", 0)), Reply.Ok(Run("passed", 0)));
        _server.On("GET /api/v1/conformance/conf-000001/report", Reply.Ok("<testsuites/>"));
        var file = Path.GetTempFileName();
        try
        {
            var outcome = await _terminal.RunAsync(
                "conformance",
                "--pool",
                "mock-a",
                "--out",
                file,
                "--format",
                "junit"
            );
            Assert.True(outcome.Code == 0, outcome.Error);
            Assert.Equal("<testsuites/>", await File.ReadAllTextAsync(file));
            Assert.Contains(_server.Asked, call => call.Query == "?format=junit");
            Assert.Contains("passed", outcome.Out, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_failed_run_ends_with_1_and_says_how_many_checks_failed()
    {
        _server.On("GET /api/v1/conformance/conf-000001", Reply.Ok(Run("failed", 3)));
        var outcome = await _terminal.RunAsync("--lang", "en", "conformance", "--pool", "mock-a");
        Assert.Equal(1, outcome.Code);
        Assert.Contains("3 checks failed", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_run_is_stopped_and_waited_for()
    {
        var running = Reply.Ok(Run("running", 0));
        _server.On(
            "GET /api/v1/conformance/conf-000001",
            running,
            running,
            running,
            running,
            Reply.Ok(Run("stopped", 0))
        );
        _server.On("POST /api/v1/conformance/conf-000001/stop", new Reply(202, Run("running", 0)));
        using var interrupt = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var outcome = await _terminal.RunAsync(["conformance", "--pool", "mock-a"], interrupt.Token);
        Assert.Equal(ExitCode.Interrupted, outcome.Code);
        Assert.Contains(_server.Asked, call => call.Path == "/api/v1/conformance/conf-000001/stop");
        Assert.Equal("/api/v1/conformance/conf-000001", _server.Asked[^1].Path);
    }

    private static string Run(string state, int failed) =>
        $$"""
            {"id":"conf-000001","pool":"mock-a","state":"{{state}}","adapter":"Mock","cloudVersion":"1","settings":"ab",
             "startedBy":"technical","startedAt":"2026-10-01T03:00:00+08:00","endedAt":null,
             "progress":{"done":5,"total":59,"failed":{{failed}},"check":"servers.reboot"} }
            """;
}
