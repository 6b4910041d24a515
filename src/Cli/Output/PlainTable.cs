namespace CloudManager.Cli.Output;

/// <summary>A table in plain text, for files and pipes: columns two blanks apart, no lines, no colours.</summary>
internal static class PlainTable
{
    private const string Gap = "  ";

    public static IEnumerable<string> Lines(
        IReadOnlyList<(string Title, bool Right)> columns,
        IReadOnlyList<IReadOnlyList<string>> rows
    )
    {
        var widths = columns
            .Select((column, i) => rows.Select(row => Width.Of(row[i])).Append(Width.Of(column.Title)).Max())
            .ToList();
        string Line(IReadOnlyList<string> cells) =>
            string.Join(Gap, cells.Select((cell, i) => Width.Fill(cell, widths[i], columns[i].Right))).TrimEnd();

        return rows.Prepend([.. columns.Select(c => c.Title)]).Select(Line);
    }
}
