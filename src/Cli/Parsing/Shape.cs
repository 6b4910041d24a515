using System.Globalization;
using CloudManager.Cli.Output;
using CloudManager.Cli.Session;

namespace CloudManager.Cli.Parsing;

/// <summary>What a value must look like: how it is read, and what people are told is expected.</summary>
internal sealed record Shape<T>(Func<string, (bool Read, T? Value)> Read, Words Expected);

/// <summary>The shapes that options and arguments have.</summary>
internal static class Shapes
{
    private static readonly string[] InstantForms = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mmzzz"];
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    public static Shape<string> Text { get; } =
        new(text => (text.Trim().Length > 0, text), new("非空文字", "a text that is not empty"));

    public static Shape<Uri> Server { get; } =
        new(
            text => (Servers.TryRead(text, out var server), server),
            new($"http 或 https 地址，如 {Servers.Default}", $"an http or https address such as {Servers.Default}")
        );

    public static Shape<DateOnly?> Day { get; } =
        new(
            text => (TryDay(text, "yyyy-MM-dd", out var day), day),
            new("日期，如 2026-09-12", "a day such as 2026-09-12")
        );

    /// <summary>As it is written, once it is known to be one.</summary>
    public static Shape<string> DayText { get; } = new(text => (TryDay(text, "yyyy-MM-dd", out _), text), Day.Expected);

    public static Shape<string> Month { get; } =
        new(text => (TryDay(text, "yyyy-MM", out _), text), new("月份，如 2026-09", "a month such as 2026-09"));

    public static Shape<string> Quarter { get; } =
        new(
            text => (text is [_, _, _, _, '-', 'Q', >= '1' and <= '4'] && IsYear(text[..4]), text),
            new("季度，如 2026-Q3", "a quarter such as 2026-Q3")
        );

    public static Shape<string> Year { get; } =
        new(text => (IsYear(text), text), new("年份，如 2026", "a year such as 2026"));

    /// <summary>An instant; a day alone is its midnight in China.</summary>
    public static Shape<DateTimeOffset?> Instant { get; } =
        new(
            ReadInstant,
            new(
                "带时区的时刻，如 2026-09-12T09:00:00+08:00，或日期",
                "an instant with its offset such as 2026-09-12T09:00:00+08:00, or a day"
            )
        );

    public static Shape<TimeSpan?> Duration { get; } =
        new(ReadDuration, new("时长，如 90s、10m、2h", "a duration such as 90s, 10m or 2h"));

    public static Shape<int?> Whole(int least, int most) =>
        new(
            text =>
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= least
                && number <= most
                    ? (true, number)
                    : (false, null),
            new($"{least} 至 {most} 的整数", $"a whole number from {least} to {most}")
        );

    public static Shape<string> OneOf(params string[] words) =>
        new(
            text => (words.Contains(text), text),
            new($"{string.Join("、", words)} 之一", $"one of {string.Join(", ", words)}")
        );

    private static bool IsYear(string text) => text.Length == 4 && text.All(char.IsAsciiDigit);

    private static bool TryDay(string text, string form, out DateOnly day) =>
        DateOnly.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static (bool Read, DateTimeOffset? Value) ReadInstant(string text)
    {
        if (TryDay(text, "yyyy-MM-dd", out var day))
        {
            return (true, new DateTimeOffset(day, TimeOnly.MinValue, China));
        }

        return DateTimeOffset.TryParseExact(
            text,
            InstantForms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var instant
        )
            ? (true, instant)
            : (false, null);
    }

    private static (bool Read, TimeSpan? Value) ReadDuration(string text)
    {
        var unit = text.Length > 1 ? text[^1] : ' ';
        if (
            !int.TryParse(
                text.AsSpan(0, Math.Max(0, text.Length - 1)),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var number
            ) || number is 0 or > 100_000
        )
        {
            return (false, null);
        }

        return unit switch
        {
            's' => (true, TimeSpan.FromSeconds(number)),
            'm' => (true, TimeSpan.FromMinutes(number)),
            'h' => (true, TimeSpan.FromHours(number)),
            _ => (false, null),
        };
    }
}
