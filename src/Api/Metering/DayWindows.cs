using System.Globalization;
using CloudManager.Api.Web;

namespace CloudManager.Api.Metering;

/// <summary>
/// Reads which days a query means: exactly one of month (yyyy-MM), quarter (yyyy-Qn), period (服务周期, art. 40: yyyy, the
/// year in which it ends on 31 August), day, or from and until. None may begin later than today.
/// </summary>
internal sealed class DayWindows(Query query, DateOnly today, int mostDays)
{
    private static readonly string[] Ways = ["month", "quarter", "period", "day", "from"];
    private static readonly string[] Ends = ["from", "until"];

    /// <summary>The days; null with a fault noted where none or several are told, or none such.</summary>
    public (DateOnly From, DateOnly Until)? Read()
    {
        // Each is read, so that a name that is known is never told to be unknown.
        var (month, quarter, period) = (query.Text("month"), query.Text("quarter"), query.Text("period"));
        var (day, from, until) = (query.Day("day"), query.Day("from"), query.Day("until"));
        var given = Ways.Where(query.Has).ToList();
        if (query.Has("until") && !query.Has("from"))
        {
            given.Add("until");
        }

        if (given.Count == 0)
        {
            query.Fault(
                "month",
                null,
                (
                    "month、quarter、period、day 或 from 与 until 须给其一",
                    "one of month, quarter, period, day, or from and until"
                )
            );
            return null;
        }

        if (given.Count > 1)
        {
            query.Fault(given[^1], null, ($"与 {given[0]} 只给其一", $"not together with {given[0]}"));
            return null;
        }

        return given[0] switch
        {
            "month" => Month(month),
            "quarter" => Quarter(quarter),
            "period" => Period(period),
            "day" => day is { } only ? Begun("day", null, (only, only.AddDays(1))) : null,
            _ => Range(from, until),
        };
    }

    private (DateOnly From, DateOnly Until)? Month(string? text)
    {
        if (Core.Kernel.Month.TryParse(text, out var month) && month.Year < DateOnly.MaxValue.Year)
        {
            return Begun("month", text, (month.First, month.End), "本月", "this month");
        }

        query.Fault("month", text, ("yyyy-MM 格式的月份", "a month as yyyy-MM"));
        return null;
    }

    private (DateOnly From, DateOnly Until)? Quarter(string? text)
    {
        if (text is [_, _, _, _, '-', 'Q', >= '1' and <= '4'] && Year(text[..4]) is { } year)
        {
            var first = new DateOnly(year, ((text[6] - '1') * 3) + 1, 1);
            return Begun("quarter", text, (first, first.AddMonths(3)), "本季度", "this quarter");
        }

        query.Fault("quarter", text, ("yyyy-Qn 格式的季度，如 2026-Q3", "a quarter as yyyy-Qn, e.g. 2026-Q3"));
        return null;
    }

    private (DateOnly From, DateOnly Until)? Period(string? text)
    {
        if (text is { Length: 4 } && Year(text) is { } year and > 1)
        {
            return Begun(
                "period",
                text,
                (new(year - 1, 9, 1), new(year, 9, 1)),
                "本服务周期",
                "the service period under way"
            );
        }

        query.Fault("period", text, ("yyyy，服务周期结束的年份", "yyyy, the year in which the service period ends"));
        return null;
    }

    private (DateOnly From, DateOnly Until)? Range(DateOnly? from, DateOnly? until)
    {
        foreach (var name in Ends.Where(name => !query.Has(name)))
        {
            query.Fault(name, null, ("yyyy-MM-dd 格式的日期", "a day as yyyy-MM-dd"));
        }

        if (from is not { } first || until is not { } past)
        {
            return null;
        }

        if (past <= first)
        {
            query.Fault("until", null, ("晚于 from", "later than from"));
            return null;
        }

        if (past.DayNumber - first.DayNumber > mostDays)
        {
            query.Fault("until", null, ($"from 之后至多 {mostDays} 天", $"at most {mostDays} days after from"));
            return null;
        }

        return Begun("from", null, (first, past));
    }

    /// <summary>The days, if they do not begin in the future.</summary>
    private (DateOnly From, DateOnly Until)? Begun(
        string name,
        string? text,
        (DateOnly From, DateOnly Until) days,
        string zh = "今天",
        string en = "today"
    )
    {
        if (days.From <= today)
        {
            return days;
        }

        query.Fault(name, text, ($"不晚于{zh}", $"not later than {en}"));
        return null;
    }

    private static int? Year(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is > 0 and < 9_999
            ? year
            : null;
}
