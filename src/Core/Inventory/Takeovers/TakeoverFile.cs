using System.Globalization;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Inventory.Takeovers;

/// <summary>One row of a file of things to take over.</summary>
/// <param name="Line">The line it begins on, from 1.</param>
/// <param name="System">The code of the system it is for.</param>
/// <param name="Paper">The paper that proves it.</param>
/// <param name="Server">The server.</param>
public sealed record TakeoverRow(int Line, string System, string Paper, TakeoverLine Server)
{
    /// <summary>What its faults' paths begin with.</summary>
    public string Path => $"line {Line}";
}

/// <summary>
/// Reads a CSV file of servers to take over (纳管, art. 14): one header, English or Chinese, in any order; every fault is
/// named by its line.
/// </summary>
internal static class TakeoverFile
{
    /// <summary>The most rows of one file.</summary>
    public const int MostRows = 5000;

    private static readonly (string Name, string Zh, bool IsRequired)[] Columns =
    [
        ("pool", "资源池", true),
        ("nativeId", "实例ID", true),
        ("system", "系统", true),
        ("item", "目录项", true),
        ("paper", "依据", true),
        ("volumeItem", "云硬盘目录项", false),
        ("addressItem", "公网地址目录项", false),
        ("systemDiskGiB", "系统盘GiB", false),
        ("bandwidthMbps", "带宽Mbps", false),
    ];

    public static IReadOnlyList<TakeoverRow> Read(string text, Check check)
    {
        var csv = new CsvText(text);
        var rows = ReadRows(csv, check);
        if (csv.BrokenAt is { } broken)
        {
            check.Fault(
                $"line {broken}",
                null,
                ("成对的引号，其后为逗号或行尾", "quotes in pairs, and a comma or the line's end after them"),
                "csv.quotes"
            );
        }
        else if (rows.Count == 0 && check.IsClean)
        {
            check.Fault("line 1", null, ("表头和至少一行", "a header and at least one row"), "csv.empty");
        }

        return rows;
    }

    private static List<TakeoverRow> ReadRows(CsvText csv, Check check)
    {
        var rows = new List<TakeoverRow>();
        Dictionary<string, int>? places = null;
        foreach (var record in csv.Records())
        {
            if (places is null)
            {
                places = ReadHeader(record, check);
                if (!check.IsClean)
                {
                    return [];
                }
            }
            else if (rows.Count == MostRows)
            {
                var at = $"line {record.Line}";
                check.Fault(at, null, ($"至多 {MostRows} 行", $"at most {MostRows} rows"), "csv.tooManyRows");
                return rows;
            }
            else if (new RowReader(record, places, check).Read() is { } row)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private static Dictionary<string, int> ReadHeader(CsvRecord header, Check check)
    {
        var places = new Dictionary<string, int>();
        for (var i = 0; i < header.Fields.Count; i++)
        {
            var title = header.Fields[i];
            var column = Columns.FirstOrDefault(c =>
                c.Zh == title || c.Name.Equals(title, StringComparison.OrdinalIgnoreCase)
            );
            if (column.Name is null || !places.TryAdd(column.Name, i))
            {
                var known = string.Join(", ", Columns.Select(c => c.Name));
                var knownZh = string.Join("、", Columns.Select(c => c.Zh));
                check.Fault(
                    $"line {header.Line}",
                    title,
                    ($"不重复的列 {knownZh}", $"the columns {known}, each once"),
                    "csv.header"
                );
            }
        }

        foreach (var (name, zh, _) in Columns.Where(c => c.IsRequired && !places.ContainsKey(c.Name)))
        {
            check.Fault($"line {header.Line}", null, ($"列 {zh}", $"the column {name}"), "csv.header");
        }

        return places;
    }

    /// <summary>Reads one row by the header's places.</summary>
    private sealed class RowReader(CsvRecord record, Dictionary<string, int> places, Check check)
    {
        private readonly string _path = $"line {record.Line}";

        public TakeoverRow? Read()
        {
            if (record.Fields.Count != places.Count)
            {
                check.Fault(
                    _path,
                    record.Fields.Count,
                    ($"{places.Count} 个字段", $"{places.Count} fields, as the header has"),
                    "csv.fields"
                );
                return null;
            }

            var before = check.Faults.Count;
            foreach (var (name, _, _) in Columns.Where(c => c.IsRequired))
            {
                check.Text($"{_path}.{name}", Of(name), 200);
            }

            var (disk, bandwidth) = (NumberOf("systemDiskGiB"), NumberOf("bandwidthMbps"));
            return check.Faults.Count > before
                ? null
                : new TakeoverRow(record.Line, Of("system")!, Of("paper")!, Server(disk, bandwidth));
        }

        private TakeoverLine Server(int? disk, int? bandwidth) =>
            new(new(Of("pool")!), new NativeId(Of("nativeId")!), Of("item")!)
            {
                VolumeItem = Of("volumeItem"),
                AddressItem = Of("addressItem"),
                SystemDiskGiB = disk,
                BandwidthMbps = bandwidth,
            };

        private string? Of(string name) =>
            places.TryGetValue(name, out var place) && record.Fields[place].Length > 0 ? record.Fields[place] : null;

        private int? NumberOf(string name)
        {
            if (Of(name) is not { } digits)
            {
                return null;
            }

            if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            check.Fault($"{_path}.{name}", digits, ("正整数", "a positive whole number"));
            return null;
        }
    }
}
