using System.Globalization;
using CloudManager.Core.Resources;

namespace CloudManager.Storage.Metering.Prometheus;

/// <summary>
/// A range of resources as a regular expression: labels are text, and no engine compares numbers in them. At most some
/// twenty alternatives per number of digits.
/// </summary>
internal static class NumberPattern
{
    private const int LeastDigits = 6;

    /// <summary>The alternatives that together match each resource from the first to the last, and no other.</summary>
    public static IEnumerable<string> Between(ResourceId first, ResourceId last)
    {
        var low = Math.Max(0, first.Number);
        for (var digits = LeastDigits; low <= last.Number && digits <= 18; digits++)
        {
            var most = (long)Math.Pow(10, digits) - 1;
            if (low <= most)
            {
                var high = Math.Min(last.Number, most);
                foreach (var pattern in SameLength(Text(low, digits), Text(high, digits)))
                {
                    yield return $"{ResourceId.Prefix}-{pattern}";
                }

                low = high + 1;
            }
        }
    }

    /// <summary>
    /// What the two have in common, then one digit that lies between, then any: 0123..4567 is 012[3-9], 01[3-9]., 0[2-9]..,
    /// [1-3]..., 4[0-4].., 45[0-5]., 456[0-7].
    /// </summary>
    private static IEnumerable<string> SameLength(string low, string high)
    {
        var common = low.Zip(high).TakeWhile(p => p.First == p.Second).Count();
        if (common == low.Length)
        {
            return [low];
        }

        if (common == low.Length - 1)
        {
            return [low[..common] + Digit(low[common], high[common])];
        }

        return
        [
            .. Middle(low, common, (char)(low[common] + 1), (char)(high[common] - 1)),
            .. Above(low, common + 1),
            .. Below(high, common + 1),
        ];
    }

    /// <summary>Everything from the number up, with its first digits as they are.</summary>
    private static IEnumerable<string> Above(string low, int from)
    {
        for (var i = from; i < low.Length - 1; i++)
        {
            foreach (var pattern in Middle(low, i, (char)(low[i] + 1), '9'))
            {
                yield return pattern;
            }
        }

        yield return low[..^1] + Digit(low[^1], '9');
    }

    /// <summary>Everything up to the number, with its first digits as they are.</summary>
    private static IEnumerable<string> Below(string high, int from)
    {
        for (var i = from; i < high.Length - 1; i++)
        {
            foreach (var pattern in Middle(high, i, '0', (char)(high[i] - 1)))
            {
                yield return pattern;
            }
        }

        yield return high[..^1] + Digit('0', high[^1]);
    }

    private static IEnumerable<string> Middle(string number, int at, char low, char high)
    {
        if (low <= high)
        {
            yield return number[..at]
                + Digit(low, high)
                + string.Concat(Enumerable.Repeat("[0-9]", number.Length - at - 1));
        }
    }

    private static string Digit(char low, char high) => low == high ? $"{low}" : $"[{low}-{high}]";

    private static string Text(long number, int digits) => number.ToString($"D{digits}", CultureInfo.InvariantCulture);
}
