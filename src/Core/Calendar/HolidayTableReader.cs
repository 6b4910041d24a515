using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Calendar;

/// <summary>Reads one year's table and collects every fault on the way instead of stopping at the first.</summary>
internal sealed class HolidayTableReader
{
    private const int FirstYear = 2000;
    private const int LastYear = 2100;
    private const int LongestSource = 200;
    private static readonly string[] Members = ["year", "source", "off", "worked"];
    private readonly List<FieldFault> _faults = [];

    public static Result<HolidayTable> Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return new HolidayTableReader().ReadTable(document.RootElement);
        }
        catch (JsonException fault)
        {
            var place = $"{fault.LineNumber + 1}:{fault.BytePositionInLine + 1}";
            return new HolidayTableInvalid([
                new FieldFault("$", null, ($"第 {place} 处应为合法的 JSON", $"valid JSON at {place}")),
            ]);
        }
        catch (InvalidOperationException)
        {
            // JSON lets half a surrogate pair be escaped; the reader finds out only when the text is asked for.
            return new HolidayTableInvalid([new FieldFault("$", null, ("完整的 Unicode 文本", "whole Unicode text"))]);
        }
    }

    private Result<HolidayTable> ReadTable(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object)
        {
            Fault("$", root, ("对象", "an object"));
            return new HolidayTableInvalid(_faults);
        }

        CheckMembers(root);
        var year = ReadYear(root);
        var source = ReadSource(root);
        var off = ReadDays(root, "off", year, weekend: false);
        var worked = ReadDays(root, "worked", year, weekend: true);
        return _faults.Count > 0
            ? new HolidayTableInvalid(_faults)
            : new HolidayTable
            {
                Year = year!.Value,
                Source = source!,
                Off = off.ToFrozenSet(),
                Worked = worked.ToFrozenSet(),
            };
    }

    private void CheckMembers(JsonElement root)
    {
        var seen = new HashSet<string>();
        foreach (var member in root.EnumerateObject())
        {
            if (!seen.Add(member.Name))
            {
                Fault(member.Name, member.Value, ("每个成员只出现一次", "each member once"));
            }
            else if (!Members.Contains(member.Name))
            {
                Fault(
                    member.Name,
                    member.Value,
                    ("只有 year、source、off、worked", "only year, source, off and worked")
                );
            }
        }

        foreach (var missing in Members.Where(name => !seen.Contains(name)))
        {
            _faults.Add(new FieldFault(missing, null, ("必填", "required")));
        }
    }

    private int? ReadYear(JsonElement root)
    {
        if (!root.TryGetProperty("year", out var value))
        {
            return null;
        }

        if (
            value.ValueKind is JsonValueKind.Number
            && value.TryGetInt32(out var year)
            && year is >= FirstYear and <= LastYear
        )
        {
            return year;
        }

        Fault("year", value, ($"{FirstYear} 至 {LastYear} 的年份", $"a year from {FirstYear} to {LastYear}"));
        return null;
    }

    private string? ReadSource(JsonElement root)
    {
        if (!root.TryGetProperty("source", out var value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 and <= LongestSource } source)
        {
            return source;
        }

        Fault("source", value, ($"1 至 {LongestSource} 个字符", $"1 to {LongestSource} characters"));
        return null;
    }

    private HashSet<DateOnly> ReadDays(JsonElement root, string name, int? year, bool weekend)
    {
        var days = new HashSet<DateOnly>();
        if (!root.TryGetProperty(name, out var list))
        {
            return days;
        }

        if (list.ValueKind is not JsonValueKind.Array)
        {
            Fault(name, list, ("日期列表", "a list of days"));
            return days;
        }

        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            ReadDay($"{name}[{index++}]", item, (year, weekend), days);
        }

        // Every year has a New Year's Day and a National Day; a table without them would silently count holidays.
        if (index == 0 && !weekend)
        {
            Fault(name, list, ("至少一个放假的工作日", "at least one day off"));
        }

        return days;
    }

    private void ReadDay(string path, JsonElement item, (int? Year, bool Weekend) wanted, HashSet<DateOnly> days)
    {
        if (!TryReadDay(item, out var day))
        {
            Fault(path, item, ("yyyy-MM-dd 格式的日期", "a day as yyyy-MM-dd"));
            return;
        }

        if (wanted.Year is { } year && day.Year != year)
        {
            Fault(path, item, ($"{year} 年的日期", $"a day of {year}"));
        }

        if (HolidayTable.IsWeekend(day) != wanted.Weekend)
        {
            Fault(
                path,
                item,
                wanted.Weekend ? ("周六或周日", "a Saturday or Sunday") : ("周一至周五", "Monday to Friday")
            );
        }

        if (!days.Add(day))
        {
            Fault(path, item, ("每个日期只出现一次", "each day once"));
        }
    }

    private static bool TryReadDay(JsonElement item, out DateOnly day)
    {
        day = default;
        return item.ValueKind is JsonValueKind.String
            && DateOnly.TryParseExact(
                item.GetString(),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out day
            );
    }

    private void Fault(string path, JsonElement value, Bilingual expected) =>
        _faults.Add(new FieldFault(path, value.GetRawText(), expected));
}
