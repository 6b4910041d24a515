using System.Globalization;
using CloudManager.Core.Kernel;
using CloudManager.Core.Requests;

namespace CloudManager.Api.Web;

/// <summary>Reads query parameters by hand and collects every fault; a parameter that nobody asked for is one.</summary>
internal sealed class Query(HttpRequest request)
{
    private const int MaxLimit = 500;
    private const int DefaultLimit = 50;
    private const int LongestText = 100;
    private readonly HashSet<string> _known = [];
    private readonly Check _check = new();

    /// <summary>What is wrong, once every parameter was read; null if nothing.</summary>
    public Refusal? Refusal
    {
        get
        {
            foreach (var name in request.Query.Keys.Where(name => !_known.Contains(name)))
            {
                var known = string.Join(", ", _known.Order(StringComparer.Ordinal));
                _check.Fault(name, request.Query[name], ($"只有参数 {known}", $"only the parameters {known}"));
            }

            return _check.IsClean ? null : _check.Refusal("query.invalid");
        }
    }

    /// <summary>Notes what only an endpoint knows to be wrong.</summary>
    public void Fault(string name, string? value, Bilingual expected) => _check.Fault(name, value, expected);

    /// <summary>Whether the parameter was given at all.</summary>
    public bool Has(string name) => request.Query.ContainsKey(name);

    public string? Text(string name)
    {
        _known.Add(name);
        var values = request.Query[name];
        if (values.Count > 1)
        {
            _check.Fault(name, values, ("只出现一次", "once"));
            return null;
        }

        var text = values.Count == 0 ? null : values[0];
        if (text is not null)
        {
            _check.Text(name, text, LongestText);
        }

        return text;
    }

    public PageRequest Page(string list)
    {
        var limit = DefaultLimit;
        if (
            Text("limit") is { } asked
            && (
                !int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                || limit is 0 or > MaxLimit
            )
        )
        {
            _check.Fault("limit", asked, ($"1 至 {MaxLimit} 的整数", $"a whole number from 1 to {MaxLimit}"));
        }

        _known.Add("cursor");
        var cursor = request.Query["cursor"];
        if (cursor.Count == 0)
        {
            return new PageRequest(null, limit);
        }

        var key = "";
        if (cursor.Count > 1 || !Cursor.TryRead(list, cursor[0] ?? "", out key))
        {
            _check.Fault("cursor", cursor, ("上一页的 next", "the next of the page before"), "query.cursorInvalid");
        }

        return new PageRequest(key, limit);
    }

    /// <summary>An enum by its camelCase word.</summary>
    public T? Word<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        foreach (var value in Enum.GetValues<T>())
        {
            if (Words.Camel(value) == text)
            {
                return value;
            }
        }

        var words = string.Join(", ", Enum.GetValues<T>().Select(Words.Camel));
        _check.Fault(name, text, ($"{words} 之一", $"one of {words}"));
        return null;
    }

    /// <summary>true or false.</summary>
    public bool? Flag(string name)
    {
        var text = Text(name);
        if (text is not (null or "true" or "false"))
        {
            _check.Fault(name, text, ("true 或 false", "true or false"));
        }

        return text is null ? null : text == "true";
    }

    public DateOnly? Day(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        _check.Fault(name, text, ("yyyy-MM-dd 格式的日期", "a day as yyyy-MM-dd"));
        return null;
    }

    public Month? Month(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Core.Kernel.Month.TryParse(text, out var month))
        {
            return month;
        }

        _check.Fault(name, text, ("yyyy-MM 格式的月份", "a month as yyyy-MM"));
        return null;
    }

    /// <summary>An instant with its offset, e.g. 2026-03-01T00:00:00+08:00.</summary>
    public DateTimeOffset? Instant(string name)
    {
        // A plus sign that nobody escaped arrives as a blank.
        if (Text(name)?.Replace(' ', '+') is not { } text)
        {
            return null;
        }

        if (Instants.TryParse(text, out var instant))
        {
            return instant;
        }

        _check.Fault(name, text, ("带时区的 ISO 8601 时刻", "an ISO 8601 instant with its offset"));
        return null;
    }

    /// <summary>A numbered id, e.g. req-000042; null if none was given.</summary>
    public long? Number(string name, string prefix)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (NumberedId.TryParse(prefix, text, out var number))
        {
            return number;
        }

        _check.Fault(name, text, ($"{prefix}-000001 形式的编号", $"a number such as {prefix}-000001"));
        return null;
    }
}
