using CloudManager.Cli.Tests.Support;

namespace CloudManager.Cli.Tests.Parsing;

public sealed class CommandLineTests : IDisposable
{
    private readonly TestTerminal _terminal = new();

    public void Dispose() => _terminal.Dispose();

    [Theory]
    [InlineData("bills --month 2026-13", "--month", "'2026-13'", "a month such as 2026-09", "月份")]
    [InlineData("catalogue --day 2026-02-30", "--day", "'2026-02-30'", "a day such as", "日期")]
    [InlineData(
        "utilisation --month 2026-09 --by moon",
        "--by",
        "'moon'",
        "one of resource, volume, system, tenant, pool, region, province",
        "之一"
    )]
    [InlineData("request list --limit 0", "--limit", "'0'", "a whole number from 1 to 500", "整数")]
    [InlineData("request list --limit 501", "--limit", "'501'", "a whole number from 1 to 500", "整数")]
    [InlineData(
        "request wait req-1 --until testing --timeout soon",
        "--timeout",
        "'soon'",
        "a duration such as",
        "时长"
    )]
    [InlineData("request confirm req-1 --completed-on yesterday", "--completed-on", "'yesterday'", "a day", "日期")]
    [InlineData("demo clock --to noon", "--to", "'noon'", "an instant with its offset", "带时区")]
    [InlineData("whoami --server ftp://x", "--server", "'ftp://x'", "an http or https address", "地址")]
    [InlineData("whoami --lang fr", "--lang", "'fr'", "one of zh, en", "之一")]
    [InlineData("report show r --format pdf", "--format", "'pdf'", "one of json, html", "之一")]
    [InlineData("request wait req-1", "--until", "missing", "a text", "缺少")]
    [InlineData("request wait req-1 --until", "--until", "missing", "a text", "缺少")]
    [InlineData("request show", "ID", "missing", "a text", "缺少")]
    [InlineData("request", "request", "no command", "submit-test-report", "缺少子命令")]
    [InlineData("frob", "cloudmgr", "'frob' is unknown", "catalogue, apply, request", "不认识")]
    [InlineData("request approve req-1 --summary s", "approve", "'--summary' is unknown", "--opinion", "不认识")]
    [InlineData("request show a b", "show", "'b' is unknown", "ID", "不认识")]
    public async Task A_fault_names_what_is_wrong_and_what_was_expected_in_both_languages(
        string line,
        string symbol,
        string wrong,
        string expected,
        string chinese
    )
    {
        var outcome = await _terminal.RunAsync(line.Split(' '));

        Assert.Equal(2, outcome.Code);
        Assert.Empty(outcome.Out);
        var english = outcome.Error.Split(Environment.NewLine)[0];
        Assert.StartsWith($"{symbol}:", english, StringComparison.Ordinal);
        Assert.Contains(wrong, english, StringComparison.Ordinal);
        Assert.Contains(expected, english, StringComparison.Ordinal);
        Assert.Contains(chinese, outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the option", "zh", null, null, true)]
    [InlineData("the option over the variable", "en", "zh", null, false)]
    [InlineData("the variable over the locale", null, "zh", "en_US.UTF-8", true)]
    [InlineData("the locale", null, null, "zh_CN.UTF-8", true)]
    [InlineData("English where nothing says Chinese", null, null, null, false)]
    public async Task The_language_comes_from(string because, string? option, string? variable, string? locale, bool zh)
    {
        Set("CLOUDMANAGER_LANG", variable);
        Set("LANG", locale);

        var outcome = await _terminal.RunAsync(option is null ? ["whoami"] : ["whoami", $"--lang={option}"]);

        Assert.Equal(3, outcome.Code);
        Assert.True(zh == outcome.Error.StartsWith("未登录", StringComparison.Ordinal), $"{because}: {outcome.Error}");
    }

    [Fact]
    public async Task Help_lists_the_commands_and_the_exit_codes()
    {
        var outcome = await _terminal.RunAsync("--help");

        Assert.Equal(0, outcome.Code);
        string[] commands =
        [
            "login",
            "logout",
            "whoami",
            "catalogue",
            "apply",
            "request",
            "resources",
            "utilisation",
            "bills",
            "report",
            "pools",
            "jobs",
            "demo",
        ];
        Assert.All(commands, command => Assert.Contains($"  {command} ", outcome.Out, StringComparison.Ordinal));
        Assert.All(
            ExitCode.Meanings,
            code => Assert.Contains($"{code.Code}  {code.Meaning.En}", outcome.Out, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Help_is_given_where_something_is_still_missing()
    {
        var outcome = await _terminal.RunAsync("request", "wait", "--help");

        Assert.Equal(0, outcome.Code);
        Assert.Contains("--until", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_server_variable_is_named()
    {
        Set("CLOUDMANAGER_SERVER", "the moon");

        var outcome = await _terminal.RunAsync("whoami");

        Assert.Equal(2, outcome.Code);
        Assert.Contains("CLOUDMANAGER_SERVER: 'the moon'", outcome.Error, StringComparison.Ordinal);
    }

    private void Set(string variable, string? value)
    {
        if (value is not null)
        {
            _terminal.Variables[variable] = value;
        }
    }
}
