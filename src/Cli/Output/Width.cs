using System.Globalization;
using System.Text;

namespace CloudManager.Cli.Output;

/// <summary>How many cells of a terminal a text takes: Chinese characters take two.</summary>
internal static class Width
{
    // Ranges of East Asian wide and full-width characters, by Unicode's EastAsianWidth.txt, joined where only
    // unassigned ones lie between.
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F),
        (0x2E80, 0x303E),
        (0x3041, 0xA4CF),
        (0xA960, 0xA97F),
        (0xAC00, 0xD7A3),
        (0xF900, 0xFAFF),
        (0xFE10, 0xFE19),
        (0xFE30, 0xFE6F),
        (0xFF00, 0xFF60),
        (0xFFE0, 0xFFE6),
        (0x1F300, 0x1F64F),
        (0x1F900, 0x1F9FF),
        (0x20000, 0x3FFFD),
    ];

    public static int Of(string text)
    {
        var cells = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            cells += Of(rune);
        }

        return cells;
    }

    /// <summary>The text, filled with blanks to so many cells.</summary>
    public static string Fill(string text, int cells, bool right)
    {
        var blanks = new string(' ', Math.Max(0, cells - Of(text)));
        return right ? blanks + text : text + blanks;
    }

    private static int Of(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? 0
        : Array.Exists(Wide, range => rune.Value >= range.First && rune.Value <= range.Last) ? 2
        : 1;
}
