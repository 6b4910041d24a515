using Spectre.Console;

namespace CloudManager.Cli.Output;

/// <summary>Where a command writes: tables and colours on a terminal, plain text elsewhere.</summary>
internal sealed class Screen(Surroundings around, Language language)
{
    private readonly IAnsiConsole _out = Console(around.Out, around.OutIsTerminal);

    public Language Language => language;

    /// <summary>Whether what is written can hold characters beyond ASCII.</summary>
    public bool HoldsUnicode => around.Out.Encoding.WebName.StartsWith("utf", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether somebody sees what is under way.</summary>
    public bool ShowsProgress => around.ErrorIsTerminal;

    public string Say(string zh, string en) => new Words(zh, en).In(language);

    public void Line(string text = "") => around.Out.WriteLine(Texts.Harmless(text));

    /// <summary>The API's JSON as it came.</summary>
    public void Json(string text) => around.Out.WriteLine(text);

    /// <summary>Beside the output: what is wrong, or what there is more.</summary>
    public void Aside(string text) => around.Error.WriteLine(Texts.Harmless(text));

    public void Aside(string zh, string en) => Aside(Say(zh, en));

    public void Heading(string zh, string en)
    {
        Line();
        Line(Say(zh, en));
    }

    public void Table<T>(IReadOnlyList<T> rows, params Column<T>[] columns)
    {
        var titles = columns.Select(c => (c.Title.In(language), c.Right)).ToList();
        var cells = rows.Select(row => columns.Select(c => Texts.Harmless(c.Text(row))).ToList()).ToList();
        if (around.OutIsTerminal)
        {
            Draw(titles, cells);
            return;
        }

        foreach (var line in PlainTable.Lines(titles, cells))
        {
            around.Out.WriteLine(line);
        }
    }

    /// <summary>The members of one thing, a line each.</summary>
    public void Fields(params (Words Name, string Value)[] fields)
    {
        var width = fields.Max(f => Width.Of(f.Name.In(language)));
        foreach (var (name, value) in fields)
        {
            Line($"{Width.Fill(name.In(language), width, right: false)}  {value}");
        }
    }

    /// <summary>Does something that takes its time; on a terminal a spinner says what.</summary>
    public async Task<T> WhileAsync<T>(string what, Func<Action<string>, Task<T>> work)
    {
        if (!around.ErrorIsTerminal)
        {
            return await work(_ => { });
        }

        var status = Console(around.Error, terminal: true).Status();
        return await status.StartAsync(
            Markup.Escape(what),
            context => work(now => context.Status = Markup.Escape(Texts.Harmless(now)))
        );
    }

    private void Draw(List<(string Title, bool Right)> titles, List<List<string>> cells)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var (title, right) in titles)
        {
            table.AddColumn(
                new TableColumn(new Text(title, new Style(decoration: Decoration.Bold)))
                {
                    Alignment = right ? Justify.Right : Justify.Left,
                }
            );
        }

        foreach (var row in cells)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        _out.Write(table);
    }

    private static IAnsiConsole Console(TextWriter writer, bool terminal) =>
        AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(writer),
                Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
                Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
            }
        );
}
