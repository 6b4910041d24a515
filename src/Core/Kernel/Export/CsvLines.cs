using System.Globalization;
using System.Text;

namespace CloudManager.Core.Kernel.Export;

/// <summary>
/// Writes tables as CSV (RFC 4180) that a spreadsheet opens as it is: UTF-8 with a byte order mark. A text that a spreadsheet
/// would take for a formula has an apostrophe before it.
/// </summary>
public static class CsvLines
{
    /// <summary>What begins a formula, half and full width.</summary>
    private const string Formula = "=+-@\t\r\n＝＋－＠";

    private const int MostKept = 64 * 1024;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true);

    public static async Task WriteAsync(ExportTable table, Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Utf8.Preamble.ToArray(), cancellationToken);
        var text = new StringBuilder();
        Line(text, table.Columns.Select(column => (object?)column.Name));
        await foreach (var row in table.Rows.WithCancellation(cancellationToken))
        {
            Line(text, row);
            if (text.Length >= MostKept)
            {
                await FlushAsync(text, stream, cancellationToken);
            }
        }

        await FlushAsync(text, stream, cancellationToken);
    }

    private static async Task FlushAsync(StringBuilder text, Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Utf8.GetBytes(text.ToString()), cancellationToken);
        text.Clear();
    }

    private static void Line(StringBuilder text, IEnumerable<object?> cells) =>
        text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    private static string Cell(object? value) =>
        value switch
        {
            null => "",
            string words => Quoted(Harmless(words)),
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTimeOffset at => China.Local(at).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new ArgumentException($"A cell cannot hold {value.GetType()}.", nameof(value)),
        };

    private static string Harmless(string words) =>
        words.Length > 0 && Formula.Contains(words[0]) ? $"'{words}" : words;

    private static string Quoted(string words) =>
        words.AsSpan().ContainsAny(",\"\r\n") ? $"\"{words.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : words;
}
