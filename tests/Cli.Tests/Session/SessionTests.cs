using System.Runtime.Versioning;
using CloudManager.Cli.Session;
using CloudManager.Cli.Tests.Support;

namespace CloudManager.Cli.Tests.Session;

public sealed class SessionTests : IDisposable
{
    private readonly TestTerminal _terminal = new();

    public void Dispose() => _terminal.Dispose();

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task The_token_is_kept_for_its_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files have no mode there");
        await using var server = await TinyServer.StartAsync();

        await _terminal.SignInAsync(server.Uri);

        var file = Assert.Single(Directory.GetFiles(_terminal.Folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Contains(TinyServer.Token, File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_file_that_others_could_read_is_closed_to_them_by_the_next_sign_in()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files have no mode there");
        await using var server = await TinyServer.StartAsync();
        var file = _terminal.Write("session.json", """{"last":null,"sessions":{}}""");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        await _terminal.SignInAsync(server.Uri);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_token_goes_only_to_the_server_that_gave_it()
    {
        await using var own = await TinyServer.StartAsync();
        await using var other = await TinyServer.StartAsync();
        await _terminal.SignInAsync(own.Uri);

        var outcome = await _terminal.RunAsync("whoami", "--server", other.Uri.ToString());

        Assert.Equal(3, outcome.Code);
        Assert.Empty(other.Calls);
    }

    [Fact]
    public async Task Without_a_server_the_last_signed_in_is_asked()
    {
        await using var server = await TinyServer.StartAsync();
        await _terminal.SignInAsync(server.Uri);
        _terminal.Variables.Clear();

        await _terminal.RunAsync("pools");

        Assert.Equal($"Bearer {TinyServer.Token}", Assert.Single(server.Asked).Headers["Authorization"]);
    }

    [Theory]
    [InlineData("from standard input before all else", true, "from a variable", "typed", "piped")]
    [InlineData("from the variable before one is asked", false, "from a variable", "typed", "from a variable")]
    [InlineData("typed at last", false, null, "typed", "typed")]
    public async Task The_password_comes(string because, bool piped, string? variable, string typed, string expected)
    {
        await using var server = await TinyServer.StartAsync();
        _terminal.Input = "piped\n";
        _terminal.Typed = typed;
        if (variable is not null)
        {
            _terminal.Variables["CLOUDMANAGER_PASSWORD"] = variable;
        }

        string[] line = ["login", "tenant-a", "--server", server.Uri.ToString()];
        var outcome = await _terminal.RunAsync(piped ? [.. line, "--password-stdin"] : line);

        Assert.Equal(0, outcome.Code);
        Assert.True(
            Assert.Single(server.Calls).Body.Contains($"\"password\":\"{expected}\"", StringComparison.Ordinal),
            because
        );
        Assert.DoesNotContain(expected, outcome.Out + outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_password_and_anybody_to_ask_the_command_line_is_wrong()
    {
        var outcome = await _terminal.RunAsync("login", "tenant-a");

        Assert.Equal(2, outcome.Code);
        Assert.Contains("--password-stdin", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_a_refusal_and_keeps_nothing()
    {
        await using var server = await TinyServer.StartAsync();
        server.On("POST /api/v1/sessions", Reply.Problem(401, "session.wrongPassword"));
        _terminal.Typed = "no";

        var outcome = await _terminal.RunAsync("login", "tenant-a", "--server", server.Uri.ToString());

        Assert.Equal(1, outcome.Code);
        Assert.Empty(Directory.GetFiles(_terminal.Folder));
    }

    [Fact]
    public async Task An_expired_session_is_told_from_a_refusal()
    {
        await using var server = await TinyServer.StartAsync();
        await _terminal.SignInAsync(server.Uri);
        server.On("GET /api/v1/me", Reply.Problem(401, "session.invalid"));

        var outcome = await _terminal.RunAsync("whoami");

        Assert.Equal(3, outcome.Code);
        Assert.Contains("session.invalid", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("login ACCOUNT", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_forgets_the_token_whatever_the_server_says()
    {
        await using var server = await TinyServer.StartAsync();
        await _terminal.SignInAsync(server.Uri);
        server.On("DELETE /api/v1/sessions/current", Reply.Problem(401, "session.invalid"));

        await _terminal.RunAsync("logout");

        Assert.Empty(new SessionFile(_terminal.Folder).Read().Sessions);
        Assert.Equal(3, (await _terminal.RunAsync("logout")).Code);
    }

    [Fact]
    public async Task A_broken_session_file_is_named()
    {
        _terminal.Write("session.json", "{");

        var outcome = await _terminal.RunAsync("whoami");

        Assert.Equal(2, outcome.Code);
        Assert.Contains("session.json", outcome.Error, StringComparison.Ordinal);
    }
}
