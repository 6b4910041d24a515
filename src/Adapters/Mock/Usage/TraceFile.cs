using System.Globalization;

namespace CloudManager.Adapters.Mock.Usage;

/// <summary>
/// A measured series to replay: one line per five minutes from midnight of the server's first day, <c>cpu memory
/// disk</c> in percent, <c>-</c> for a value not measured, an empty line for no sample.
/// </summary>
internal sealed class TraceFile
{
    private readonly Reading?[] _lines;

    private TraceFile(Reading?[] lines) => _lines = lines;

    /// <exception cref="Sdk.AdapterException">A line cannot be read, named by its number.</exception>
    public static TraceFile Load(string path)
    {
        var text = File.ReadAllLines(path);
        var lines = new Reading?[text.Length];
        for (var index = 0; index < text.Length; index++)
        {
            lines[index] = Parse(text[index], path, index + 1);
        }

        return new TraceFile(lines);
    }

    /// <summary>The line that many slots after midnight of the first day; the file starts again after its last.</summary>
    public Reading? Line(long slots) => _lines.Length == 0 ? null : _lines[slots % _lines.Length];

    private static Reading? Parse(string line, string path, int number)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return null;
        }

        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (
            parts.Length == 3
            && TryPercent(parts[0], out var cpu)
            && TryPercent(parts[1], out var memory)
            && TryPercent(parts[2], out var disk)
        )
        {
            return new Reading(cpu, memory, disk, float.NaN, float.NaN);
        }

        throw MockErrors.Invalid(
            $"Line {number} of '{Path.GetFileName(path)}' is not 'cpu memory disk' in percent: '{line}'."
        );
    }

    private static bool TryPercent(string text, out float percent)
    {
        percent = float.NaN;
        return text == "-" || float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out percent);
    }
}
