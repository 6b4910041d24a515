using System.Collections.Frozen;
using CloudManager.Core.Kernel;

namespace CloudManager.Core.Calendar;

/// <summary>
/// Holiday table (节假日安排) of one year as the State Council's notice gives it: which days from Monday to Friday are
/// off and which Saturdays and Sundays are worked (调休). Immutable. A December day that the next year's notice names
/// belongs into the table of its own year.
/// </summary>
public sealed record HolidayTable
{
    /// <summary>The calendar year, 2000 to 2100.</summary>
    public required int Year { get; init; }

    /// <summary>The notice it comes from, e.g. <c>国办发明电〔2025〕7号</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Days from Monday to Friday that are off.</summary>
    public required FrozenSet<DateOnly> Off { get; init; }

    /// <summary>Saturdays and Sundays that are worked.</summary>
    public required FrozenSet<DateOnly> Worked { get; init; }

    /// <summary>The tables this version was shipped with, oldest first.</summary>
    public static IReadOnlyList<HolidayTable> BuiltIn { get; } = ReadBuiltIn();

    /// <summary>
    /// Reads the JSON of one year, <c>{"year", "source", "off": ["yyyy-MM-dd"], "worked": ["yyyy-MM-dd"]}</c>, or
    /// refuses it with every fault by its path.
    /// </summary>
    public static Result<HolidayTable> Parse(string json) => HolidayTableReader.Read(json);

    internal static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static HolidayTable[] ReadBuiltIn()
    {
        var assembly = typeof(HolidayTable).Assembly;
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith("holidays/", StringComparison.Ordinal))
                .Select(name =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                    return Parse(reader.ReadToEnd()).Value;
                })
                .OrderBy(table => table.Year),
        ];
    }
}
