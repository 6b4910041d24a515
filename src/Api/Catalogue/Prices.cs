using System.Globalization;
using System.Text.RegularExpressions;
using CloudManager.Core.Kernel;

namespace CloudManager.Api.Catalogue;

/// <summary>Unit prices as the surface writes them: decimal yuan with four places, as text.</summary>
internal static partial class Prices
{
    public static string Write(decimal price) => price.ToString("F4", CultureInfo.InvariantCulture);

    /// <summary>Reads a price with at most four places; anything else is a fault.</summary>
    public static decimal Read(string text, string path, Check check)
    {
        if (Shape().IsMatch(text))
        {
            return decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        }

        check.Fault(
            path,
            text,
            ("至多四位小数的元，如 \"45.0000\"", "yuan with at most four places, e.g. \"45.0000\"")
        );
        return 0;
    }

    [GeneratedRegex(@"\A[0-9]{1,9}(\.[0-9]{1,4})?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
