using System.Globalization;

namespace CloudManager.Documents.Charts;

/// <summary>How wide a text is about, without a font at hand: a Chinese character is as wide as it is high.</summary>
internal static class Lettering
{
    /// <summary>The sizes of letters in charts, in units of the drawing; page.css has the same.</summary>
    public const double Normal = 12;
    public const double Small = 10.5;

    private const double Narrow = 0.6;

    public static double Width(string text, double size) =>
        StringInfo.ParseCombiningCharacters(text).Sum(i => WidthAt(text, i)) * size;

    /// <summary>The text, or as much of it as there is room for and an ellipsis.</summary>
    public static string Fit(string text, double room, double size)
    {
        if (Width(text, size) <= room)
        {
            return text;
        }

        var used = size;
        foreach (var i in StringInfo.ParseCombiningCharacters(text))
        {
            used += WidthAt(text, i) * size;
            if (used > room)
            {
                return $"{text.AsSpan(0, i)}…";
            }
        }

        return text;
    }

    private static double WidthAt(string text, int index) => text[index] < '\u2E80' ? Narrow : 1;
}
