namespace CloudManager.Cli.Output;

/// <summary>
/// A line of small bars, one per value, from nothing to the top of the scale; a blank where nothing was measured. Where
/// there are more values than cells, a cell shows the largest of its values: a peak is never lost.
/// </summary>
internal static class Sparkline
{
    /// <summary>The most cells.</summary>
    public const int Widest = 62;

    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const string Ascii = "_.-:=+*#";

    /// <summary>Of percentages: the scale is from 0 to 100, so that lines can be compared.</summary>
    public static string OfPercent(IReadOnlyList<double?> values, bool isAscii) => Draw(values, (0, 100), isAscii);

    /// <summary>Of any numbers: the scale is from the least to the largest of them.</summary>
    public static string Of(IReadOnlyList<double?> values, bool isAscii) =>
        Draw(values, (values.Min() ?? 0, values.Max() ?? 0), isAscii);

    private static string Draw(IReadOnlyList<double?> values, (double Least, double Most) scale, bool isAscii)
    {
        var cells = Math.Min(values.Count, Widest);
        return string.Create(
            cells,
            (values, scale, bars: isAscii ? Ascii : Blocks),
            static (text, drawn) =>
            {
                for (var i = 0; i < text.Length; i++)
                {
                    var (first, past) = (
                        i * drawn.values.Count / text.Length,
                        (i + 1) * drawn.values.Count / text.Length
                    );
                    var largest = Enumerable.Range(first, past - first).Max(n => drawn.values[n]);
                    text[i] = largest is { } value ? Bar(value, drawn.scale, drawn.bars) : ' ';
                }
            }
        );
    }

    private static char Bar(double value, (double Least, double Most) scale, string bars)
    {
        var height = scale.Most - scale.Least;
        var share = height > 0 ? (value - scale.Least) / height : 0;
        return bars[Math.Clamp((int)(share * bars.Length), 0, bars.Length - 1)];
    }
}
