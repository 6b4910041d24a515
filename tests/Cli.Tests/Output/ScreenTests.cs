using CloudManager.Cli.Output;

namespace CloudManager.Cli.Tests.Output;

public sealed class ScreenTests
{
    private static readonly (string Name, string Amount)[] Rows = [("云服务器", "12.30"), ("disk", "4567.00")];

    [Fact]
    public void A_plain_table_stands_in_line_under_chinese_headings()
    {
        var lines = Print(terminal: false, Language.Zh);

        Assert.Equal(["名称         金额", "云服务器    12.30", "disk      4567.00"], lines);
    }

    [Fact]
    public void A_plain_table_has_english_headings_where_english_is_spoken() =>
        Assert.StartsWith("name ", Print(terminal: false, Language.En)[0], StringComparison.Ordinal);

    [Fact]
    public void A_terminal_is_drawn_a_box_in_which_all_lines_are_as_wide()
    {
        var lines = Print(terminal: true, Language.Zh);

        Assert.StartsWith("╭", lines[0], StringComparison.Ordinal);
        Assert.Single(lines.Select(Width.Of).Distinct());
    }

    [Fact]
    public void What_would_move_the_cursor_is_not_written()
    {
        var lines = Print(terminal: false, Language.En, [("red\u001b[31m\nline", "1")]);

        Assert.Equal(2, lines.Length);
        Assert.DoesNotContain('\u001b', lines[1]);
    }

    private static string[] Print(bool terminal, Language language, (string Name, string Amount)[]? rows = null)
    {
        var output = new StringWriter();
        var around = new Surroundings
        {
            In = TextReader.Null,
            Out = output,
            Error = TextWriter.Null,
            OutIsTerminal = terminal,
            ErrorIsTerminal = terminal,
            Variable = _ => null,
            AskPassword = null,
        };
        new Screen(around, language).Table(
            rows ?? Rows,
            new Column<(string Name, string Amount)>("名称", "name", r => r.Name),
            new("金额", "amount", r => r.Amount, right: true)
        );
        // Without what only colours.
        return System
            .Text.RegularExpressions.Regex.Replace(
                output.ToString(),
                "\u001b\\[[0-9;]*m",
                "",
                System.Text.RegularExpressions.RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(1)
            )
            .Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
