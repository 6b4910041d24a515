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
