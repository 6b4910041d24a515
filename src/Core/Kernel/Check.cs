using System.Globalization;

namespace CloudManager.Core.Kernel;

/// <summary>Collects every fault of an input, so that a caller mends all at once.</summary>
public sealed class Check
{
    private readonly List<FieldFault> _faults = [];

    public IReadOnlyList<FieldFault> Faults => _faults;

    public bool IsClean => _faults.Count == 0;

    public void Fault(string path, object? value, Bilingual expected, string? code = null) =>
        _faults.Add(new(path, Shown(value), expected, code));

    /// <summary>A fault that what the pool can do is the reason of.</summary>
    public void Lacks(
        string path,
        object? value,
        Bilingual expected,
        (string Code, string Capability, int? Limit) why
    ) => _faults.Add(new(path, Shown(value), expected, why.Code) { Capability = why.Capability, Limit = why.Limit });

    /// <summary>A whole number in [min, max].</summary>
    public void Range(string path, int? value, int min, int max)
    {
        if (value is null || value < min || value > max)
        {
            Fault(path, value, ($"{min} 至 {max} 的整数", $"a whole number from {min} to {max}"));
        }
    }

    /// <summary>A text for people: 1 to <paramref name="max"/> characters, no control characters but line breaks.</summary>
    public void Text(string path, string? value, int max, bool lines = false)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Fault(path, value, ($"1 至 {max} 个字符", $"1 to {max} characters"));
        }
        else
        {
            OptionalText(path, value, max, lines);
        }
    }

    /// <summary>The same, or nothing.</summary>
    public void OptionalText(string path, string? value, int max, bool lines = false)
    {
        if (value is null)
        {
            return;
        }

        if (value.Length > max)
        {
            Fault(path, value, ($"至多 {max} 个字符", $"at most {max} characters"));
        }
        else if (
            value.Any(c =>
                char.IsSurrogate(c) ? !IsPaired(value) : char.IsControl(c) && !(lines && c is '\n' or '\r' or '\t')
            )
        )
        {
            Fault(path, value, ("不含控制字符", "no control characters"));
        }
    }

    /// <summary>A code: 2 to 40 lower-case letters, digits and hyphens, starting with a letter or digit.</summary>
    public void Code(string path, string? value)
    {
        var right =
            value is { Length: >= 2 and <= 40 }
            && value[0] != '-'
            && value.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
        if (!right)
        {
            Fault(path, value, ("2 至 40 个小写字母、数字或连字符", "2 to 40 lower-case letters, digits and hyphens"));
        }
    }

    /// <summary>The refusal that lists what was found.</summary>
    public Invalid Refusal(string code = "input.invalid") =>
        new(code, ($"输入有 {_faults.Count} 处错误", $"the input has {_faults.Count} fault(s)")) { Faults = _faults };

    private static bool IsPaired(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsSurrogate(value[i]) && (i + 1 == value.Length || !char.IsSurrogatePair(value[i], value[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private static string? Shown(object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture);
        return text is { Length: > 80 } ? string.Concat(text.AsSpan(0, 77), "…") : text;
    }
}
