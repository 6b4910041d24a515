using System.Globalization;

namespace CloudManager.Core.Kernel;

/// <summary>A column of a CSV file: its name in English and Chinese.</summary>
internal sealed record CsvColumn(string Name, string Zh, bool IsRequired);

/// <summary>
/// Reads a CSV file with one header, English or Chinese, in any order; every fault is named by its line.
/// </summary>
/// <param name="columns">The columns it may have.</param>
/// <param name="mostRows">The most rows of one file.</param>
/// <param name="check">Where its faults go.</param>
internal sealed class CsvTable(IReadOnlyList<CsvColumn> columns, int mostRows, Check check)
{
    /// <summary>Its rows as they are read; those with as many fields as the header.</summary>
    public IEnumerable<CsvRow> Read(string text)
    {
        var csv = new CsvText(text);
        var count = 0;
        foreach (var row in ReadRows(csv))
        {
            count++;
            yield return row;
        }

        if (csv.BrokenAt is { } broken)
        {
            check.Fault(
                $"line {broken}",
                null,
                ("成对的引号，其后为逗号或行尾", "quotes in pairs, and a comma or the line's end after them"),
                "csv.quotes"
            );
        }
        else if (count == 0 && check.IsClean)
        {
            check.Fault("line 1", null, ("表头和至少一行", "a header and at least one row"), "csv.empty");
        }
    }

    private IEnumerable<CsvRow> ReadRows(CsvText csv)
    {
        var count = 0;
        Dictionary<string, int>? places = null;
        foreach (var record in csv.Records())
        {
            var at = $"line {record.Line}";
            if (places is null)
            {
                places = ReadHeader(record);
                if (!check.IsClean)
                {
                    yield break;
                }
            }
            else if (count == mostRows)
            {
                check.Fault(at, null, ($"至多 {mostRows} 行", $"at most {mostRows} rows"), "csv.tooManyRows");
                yield break;
            }
            else if (record.Fields.Count == places.Count)
            {
                count++;
                yield return new CsvRow(record, places, check);
            }
            else
            {
                var expected = ($"{places.Count} 个字段", $"{places.Count} fields, as the header has");
                check.Fault(at, record.Fields.Count, expected, "csv.fields");
            }
        }
    }

    private Dictionary<string, int> ReadHeader(CsvRecord header)
    {
        var places = new Dictionary<string, int>();
        for (var i = 0; i < header.Fields.Count; i++)
        {
            var title = header.Fields[i];
            var column = columns.FirstOrDefault(c =>
                c.Zh == title || c.Name.Equals(title, StringComparison.OrdinalIgnoreCase)
            );
            if (column is null || !places.TryAdd(column.Name, i))
            {
                var known = string.Join(", ", columns.Select(c => c.Name));
                var knownZh = string.Join("、", columns.Select(c => c.Zh));
                check.Fault(
                    $"line {header.Line}",
                    title,
                    ($"不重复的列 {knownZh}", $"the columns {known}, each once"),
                    "csv.header"
                );
            }
        }

        foreach (var column in columns.Where(c => c.IsRequired && !places.ContainsKey(c.Name)))
        {
            var expected = ($"列 {column.Zh}", $"the column {column.Name}");
            check.Fault($"line {header.Line}", null, expected, "csv.header");
        }

        return places;
    }
}

/// <summary>One row of a CSV file, read by the header's places.</summary>
internal sealed class CsvRow(CsvRecord record, IReadOnlyDictionary<string, int> places, Check check)
{
    /// <summary>The line it begins on, from 1.</summary>
    public int Line => record.Line;

    /// <summary>What its faults' paths begin with.</summary>
    public string Path => $"line {record.Line}";

    /// <summary>The text of a column; null where it is empty or there is no such column.</summary>
    public string? Text(string name) =>
        places.TryGetValue(name, out var place) && record.Fields[place].Length > 0 ? record.Fields[place] : null;

    /// <summary>A whole number in digits; null where it is empty or, with a fault, something else.</summary>
    public int? Whole(string name)
    {
        if (Text(name) is not { } digits)
        {
            return null;
        }

        if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        check.Fault($"{Path}.{name}", digits, ("正整数", "a positive whole number"));
        return null;
    }

    /// <summary>A number; null where it is empty or, with a fault, something else.</summary>
    public float? Number(string name)
    {
        const NumberStyles Form =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (Text(name) is not { } digits)
        {
            return null;
        }

        if (float.TryParse(digits, Form, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        check.Fault($"{Path}.{name}", digits, ("数值", "a number"));
        return null;
    }

    /// <summary>An instant with its offset; null where it is empty or, with a fault, something else.</summary>
    public DateTimeOffset? Instant(string name)
    {
        string[] forms =
        [
            "yyyy-MM-dd'T'HH:mmzzz",
            "yyyy-MM-dd'T'HH:mm:sszzz",
            "yyyy-MM-dd'T'HH:mm'Z'",
            "yyyy-MM-dd'T'HH:mm:ss'Z'",
        ];
        if (
            DateTimeOffset.TryParseExact(
                Text(name),
                forms,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var instant
            )
        )
        {
            return instant;
        }

        check.Fault(
            $"{Path}.{name}",
            Text(name),
            (
                "带时区的 ISO 8601 时刻，如 2026-10-12T08:00+08:00",
                "an ISO 8601 instant with its offset, e.g. 2026-10-12T08:00+08:00"
            )
        );
        return null;
    }
}
