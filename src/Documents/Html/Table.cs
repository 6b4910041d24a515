using CloudManager.Core.Kernel;

namespace CloudManager.Documents.Html;

/// <summary>A column: its heading, and whether it holds numbers.</summary>
internal sealed record Column(Bilingual Heading, bool IsNumber = true);

/// <summary>A cell: a text, or nothing where there is no data.</summary>
internal sealed record Cell(Piece Content, bool IsMissing = false)
{
    public static Cell Of(string? text) => text is null ? Missing : new(Markup.Of($"{text}"));

    public static Cell Of(long? number) => number is { } value ? Of(Numbers.Whole(value)) : Missing;

    /// <summary>A name with its code beneath.</summary>
    public static Cell Name(string name, string code) =>
        name == code ? Of(name) : new(Markup.Of($"{name}<span class=\"code\">{code}</span>"));

    /// <summary>A number or code that is never broken over two lines.</summary>
    public static Cell Id(string id) => new(Markup.Of($"<span class=\"id\">{id}</span>"));

    public static Cell Both(Bilingual text) =>
        new(Markup.Of($"{text.Zh}<span class=\"code\" lang=\"en\">{text.En}</span>"));

    private static Cell Missing { get; } =
        new(Markup.Of($"{Numbers.NoData}<span class=\"code\" lang=\"en\">{Numbers.NoDataEn}</span>"), IsMissing: true);
}

/// <summary>A table with a caption for who cannot see it; numbers stand right.</summary>
internal sealed class Table(Bilingual caption, params Column[] columns)
{
    /// <summary>A table of so few rows is never broken over two pages.</summary>
    private const int MostKeptWhole = 12;

    private readonly List<(IReadOnlyList<Cell> Cells, bool IsTotal)> _rows = [];

    public Table Row(params Cell[] cells) => Add(cells, isTotal: false);

    /// <summary>The row that sums the others up.</summary>
    public Table Total(params Cell[] cells) => Add(cells, isTotal: true);

    public Piece Render()
    {
        var page = new Markup();
        var style = _rows.Count <= MostKeptWhole ? "short" : "long";
        page.Line($"<table class=\"{style}\"><caption>{Headings.Both(caption)}</caption>");
        page.Line($"<thead><tr>{Piece.Join(columns.Select(Head))}</tr></thead><tbody>");
        foreach (var (cells, isTotal) in _rows)
        {
            var content = Piece.Join(cells.Zip(columns, Body));
            _ = isTotal ? page.Line($"<tr class=\"total\">{content}</tr>") : page.Line($"<tr>{content}</tr>");
        }

        if (_rows.Count == 0)
        {
            page.Line(
                $"<tr><td colspan=\"{columns.Length}\" class=\"none\">无 <span lang=\"en\">none</span></td></tr>"
            );
        }

        return new Piece(page.Raw("</tbody></table>").ToString());
    }

    private Table Add(Cell[] cells, bool isTotal)
    {
        if (cells.Length != columns.Length)
        {
            throw new ArgumentException($"{cells.Length} cells for {columns.Length} columns", nameof(cells));
        }

        _rows.Add((cells, isTotal));
        return this;
    }

    private static Piece Head(Column column) =>
        column.IsNumber
            ? Markup.Of($"<th scope=\"col\" class=\"n\">{Headings.Both(column.Heading)}</th>")
            : Markup.Of($"<th scope=\"col\">{Headings.Both(column.Heading)}</th>");

    private static Piece Body(Cell cell, Column column)
    {
        var style = (column.IsNumber ? "n" : "t") + (cell.IsMissing ? " none" : "");
        return Markup.Of($"<td class=\"{style}\">{cell.Content}</td>");
    }
}
