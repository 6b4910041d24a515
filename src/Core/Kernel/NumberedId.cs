using System.Globalization;

namespace CloudManager.Core.Kernel;

/// <summary>The text form of numbered ids: a prefix and at least six digits, e.g. <c>req-000042</c>.</summary>
public static class NumberedId
{
    public static string Format(string prefix, long number) => $"{prefix}-{number:D6}";

    /// <summary>Reads the text form; false for any other text.</summary>
    public static bool TryParse(string prefix, string? text, out long number)
    {
        number = 0;
        return text is not null
            && text.Length >= prefix.Length + 7
            && text.Length <= prefix.Length + 19
            && text.StartsWith(prefix, StringComparison.Ordinal)
            && text[prefix.Length] == '-'
            && long.TryParse(
                text.AsSpan(prefix.Length + 1),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out number
            )
            && number > 0
            && Format(prefix, number) == text;
    }
}
