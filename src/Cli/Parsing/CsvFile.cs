using System.Globalization;
using System.Net.Http.Headers;

namespace CloudManager.Cli.Parsing;

/// <summary>Files that people hand in; what they mean is for the platform to judge.</summary>
internal static class CsvFile
{
    /// <summary>The file as it is: JSON where its name ends so, else CSV.</summary>
    public static async Task<ByteArrayContent> ContentAsync(string path, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(await File.ReadAllBytesAsync(Existing(path), cancellationToken));
        var type = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? "application/json" : "text/csv";
        content.Headers.ContentType = new MediaTypeHeaderValue(type) { CharSet = "utf-8" };
        return content;
    }

    /// <summary>The rows of a CSV file by the names of its header; no field of it holds a comma or a quote.</summary>
    public static async Task<IReadOnlyList<CsvLine>> RowsAsync(
        string path,
        IReadOnlyList<string> columns,
        CancellationToken cancellationToken
    )
    {
        var lines = await File.ReadAllLinesAsync(Existing(path), cancellationToken);
        var header = lines.Length == 0 ? [] : Fields(lines[0].TrimStart('\ufeff'));
        if (header.Length == 0 || header.Except(columns).Any() || header.Distinct().Count() < header.Length)
        {
            throw Wrong(path, 1, lines.Length == 0 ? "" : lines[0], columns);
        }

        var rows = new List<CsvLine>();
        for (var i = 1; i < lines.Length; i++)
        {
            var fields = Fields(lines[i]);
            if (string.IsNullOrWhiteSpace(lines[i]))
            {
                continue;
            }

            if (fields.Length != header.Length || lines[i].Contains('"', StringComparison.Ordinal))
            {
                throw Wrong(path, i + 1, lines[i], columns);
            }

            rows.Add(new CsvLine($"{path}:{i + 1}", header.Zip(fields).ToDictionary(p => p.First, p => p.Second)));
        }

        return rows;
    }

    private static string[] Fields(string line) => line.Split(',', StringSplitOptions.TrimEntries);

    private static string Existing(string path) =>
        File.Exists(path)
            ? path
            : throw new UsageException(
                new($"“{path}”不存在，应为 CSV 文件", $"'{path}' does not exist; expected a CSV file")
            );

    private static UsageException Wrong(string path, int line, string value, IReadOnlyList<string> columns)
    {
        var known = string.Join(',', columns);
        return new UsageException(
            new(
                $"{path}:{line}：“{value}”，应为表头 {known} 及与其列数相同的行，不含引号",
                $"{path}:{line}: '{value}'; expected a header of {known} and rows of as many fields, without quotes"
            )
        );
    }
}

/// <summary>One row of a CSV file.</summary>
/// <param name="Place">The file and the line.</param>
/// <param name="Fields">By the header's names.</param>
internal sealed record CsvLine(string Place, IReadOnlyDictionary<string, string> Fields)
{
    public string? Text(string name) => Fields.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;

    public int? Whole(string name)
    {
        if (Text(name) is not { } digits)
        {
            return null;
        }

        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new UsageException(
                new(
                    $"{Place} {name}：“{digits}”，应为正整数",
                    $"{Place} {name}: '{digits}'; expected a positive whole number"
                )
            );
    }
}
