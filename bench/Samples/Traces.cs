using System.Globalization;
using CloudManager.Core.Kernel;
using CloudManager.Core.Metering;

namespace CloudManager.Bench.Samples;

/// <summary>
/// Real measured days of servers, in a folder of files with a line of processor, memory and disk for each five minutes: what is
/// compressed in practice. A server goes from one measured day to another, so that none repeats itself.
/// </summary>
internal static class Traces
{
    private const int Days = 31;
    private const int Stride = 7;

    /// <summary>A month of as many servers as there are files.</summary>
    public static SampleRow[] Read(string folder)
    {
        var days = Directory
            .EnumerateFiles(folder, "*.txt")
            .Order(StringComparer.Ordinal)
            .Select(f => File.ReadLines(f).Select(Parse).ToArray())
            .ToList();
        var first = Slots.OfDay(new Month(2026, 3).First);
        return
        [
            .. Enumerable
                .Range(0, Days)
                .SelectMany(day =>
                    days.SelectMany(
                        (_, server) =>
                            days[(server + (day * Stride)) % days.Count]
                                .Select(
                                    (line, i) =>
                                        line with
                                        {
                                            Resource = new(server + 1),
                                            Slot = first + (day * Slots.PerDay) + i,
                                        }
                                )
                    )
                )
                .Where(row => !row.IsEmpty),
        ];
    }

    private static SampleRow Parse(string line)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        float? At(int place) =>
            place < parts.Length && parts[place] != "-"
                ? float.Parse(parts[place], CultureInfo.InvariantCulture)
                : null;
        return new SampleRow(default, 0, At(0), At(1), At(2), null, null);
    }
}
