using CloudManager.Api.Composition;

namespace CloudManager.Api.Tests.Composition;

public sealed class CommandLineTests
{
    [Fact]
    public void Nothing_said_serves_on_the_usual_place()
    {
        var line = Parse("");

        Assert.Equal(
            ("http://127.0.0.1:5080", "data", "adapters.json", false),
            (line.Urls, line.Data, line.Adapters, line.Demo)
        );
        Assert.Empty(line.Words);
    }

    [Fact]
    public void Options_may_stand_anywhere()
    {
        var line = Parse("audit --data d verify --checkpoint 1:ab");

        Assert.Equal(["audit", "verify"], line.Words);
        Assert.Equal(("d", "1:ab"), (line.Data, line.Checkpoint));
    }

    [Fact]
    public void The_option_for_the_books_wins_over_the_environment_and_without_both_they_stand_in_the_data_folder()
    {
        const string variable = "Host=env;Database=d";
        var faults = new List<string>();

        var option = BooksOption.Read(Parse("--books Host=option;Database=d;Password=geheim"), variable, faults);
        var environment = BooksOption.Read(Parse(""), variable, faults);
        var neither = BooksOption.Read(Parse("--data x"), "", faults);

        Assert.Empty(faults);
        Assert.StartsWith("Host=option;", option!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", option.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("Host=env;", environment!.ToString(), StringComparison.Ordinal);
        Assert.Equal((false, Path.Combine("x", "books.db")), (neither!.IsShared, neither.ToString()));
    }

    [Theory]
    [InlineData("unknown option", "--dta x", "--dta")]
    [InlineData("no value", "--data", "--data")]
    [InlineData("clock without demo", "--clock 2026-03-01T09:00:00+08:00", "--clock")]
    [InlineData("no instant", "--demo --clock soon", "--clock")]
    [InlineData("no address", "--urls 5080", "--urls")]
    [InlineData("unknown command", "audit burn", "audit burn")]
    public void A_fault_is_named(string because, string text, string name)
    {
        var faults = new List<string>();
        CommandLine.Parse(text.Split(' '), faults);

        Assert.True(Assert.Single(faults).StartsWith(name, StringComparison.Ordinal), because);
    }

    [Fact]
    public void The_option_for_the_samples_wins_over_the_environment_and_without_both_they_stand_in_the_data_folder()
    {
        const string variable = "http://env:8428";
        var faults = new List<string>();

        var option = MetricsOption.Read(Parse("--metrics http://u:geheim@option:8428/x?tenant=a"), variable, faults);
        var environment = MetricsOption.Read(Parse(""), variable, faults);
        var neither = MetricsOption.Read(Parse(""), "", faults);

        Assert.Empty(faults);
        Assert.Equal("http://option:8428", option!.ToString());
        Assert.Equal("http://env:8428", environment!.ToString());
        Assert.Null(neither);
    }

    [Theory]
    [InlineData("no address", "metrics.example")]
    [InlineData("another scheme", "ftp://geheim@host")]
    [InlineData("an unknown part", "http://geheim@host?writes=/x")]
    [InlineData("a part twice", "http://geheim@host?write=/x&write=/y")]
    [InlineData("a path that is none", "http://geheim@host?query=x")]
    [InlineData("another host's path in disguise", "http://geheim@host?query=//x")]
    [InlineData("no bound", "http://geheim@host?spool=0")]
    [InlineData("a tenant with a line break", "http://geheim@host?tenant=a%0d%0ab")]
    [InlineData("nothing", "")]
    public void A_wrong_engine_is_named_by_the_option_and_never_repeated(string because, string value)
    {
        var faults = new List<string>();
        var read = MetricsOption.Read(new CommandLine { Metrics = value }, null, faults);

        var fault = Assert.Single(faults);
        Assert.Null(read);
        Assert.True(fault.StartsWith("--metrics: ", StringComparison.Ordinal), because);
        Assert.Contains("http://[USER:PASSWORD@]HOST", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_listed()
    {
        var faults = new List<string>();
        CommandLine.Parse(["--x", "1", "--y", "2", "--urls", "z"], faults);

        Assert.Equal(3, faults.Count);
    }

    private static CommandLine Parse(string text)
    {
        var faults = new List<string>();
        var line = CommandLine.Parse(text.Split(' ', StringSplitOptions.RemoveEmptyEntries), faults);
        Assert.Empty(faults);
        return line;
    }
}
