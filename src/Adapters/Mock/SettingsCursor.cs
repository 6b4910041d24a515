using System.Globalization;
using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Mock;

/// <summary>Reads one JSON object member by member and notes every fault with its path instead of stopping at one.</summary>
internal sealed class SettingsCursor(JsonElement element, string path, List<SettingFault> faults)
{
    private readonly HashSet<string> _read = [];

    /// <summary>A whole number in the range, or the fallback.</summary>
    public long Whole(string name, long least, long most, long fallback)
    {
        if (!TryTake(name, out var value))
        {
            return fallback;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number))
        {
            if (number >= least && number <= most)
            {
                return number;
            }
        }

        Fault(name, value, $"a whole number from {least} to {most}");
        return fallback;
    }

    /// <summary>A whole number of at least 0, or null where the member is missing.</summary>
    public long? Bound(string name) => element.TryGetProperty(name, out _) ? Whole(name, 0, long.MaxValue, 0) : null;

    /// <summary>A number in the range, or the fallback.</summary>
    public double Number(string name, double least, double most, double fallback)
    {
        if (!TryTake(name, out var value))
        {
            return fallback;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number))
        {
            if (number >= least && number <= most)
            {
                return number;
            }
        }

        Fault(name, value, $"a number from {least} to {most}");
        return fallback;
    }

    /// <summary>Yes or no, or no where the member is missing.</summary>
    public bool Flag(string name)
    {
        if (!TryTake(name, out var value))
        {
            return false;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Fault(name, value, "true or false");
        return false;
    }

    /// <summary>A text that is not blank, or null where the member is missing.</summary>
    public string? Text(string name, string expected)
    {
        if (!TryTake(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString()))
        {
            return value.GetString();
        }

        Fault(name, value, expected);
        return null;
    }

    /// <summary>Whether the member is there.</summary>
    public bool Has(string name) => element.TryGetProperty(name, out _);

    /// <summary>A length of time shorter than the bound either way, as [-]hh:mm:ss; null where the member is missing.</summary>
    public TimeSpan? Duration(string name, TimeSpan bound)
    {
        if (!TryTake(name, out var value))
        {
            return null;
        }

        if (
            value.ValueKind == JsonValueKind.String
            && TimeSpan.TryParseExact(value.GetString(), "c", CultureInfo.InvariantCulture, out var length)
            && length > -bound
            && length < bound
        )
        {
            return length;
        }

        Fault(name, value, "a length of time as hh:mm:ss or -hh:mm:ss, shorter than a day");
        return null;
    }

    /// <summary>A list of known words; empty where the member is missing.</summary>
    public IReadOnlyList<string> Words(string name, IEnumerable<string> known)
    {
        if (!TryTake(name, out var value))
        {
            return [];
        }

        var words =
            value.ValueKind == JsonValueKind.Array
                ? value
                    .EnumerateArray()
                    .Select(e => e.ValueKind == JsonValueKind.String ? e.GetString() : null)
                    .ToList()
                : [];
        if (words.Count > 0 && words.All(word => word is not null && known.Contains(word)))
        {
            return [.. words.Select(word => word!)];
        }

        Fault(name, value, $"a list of {string.Join(", ", known)}");
        return [];
    }

    /// <summary>The object under this name; null where it is missing.</summary>
    public SettingsCursor? Inner(string name) =>
        TryTake(name, out var value) && IsObject(value, PathOf(name), faults)
            ? new SettingsCursor(value, PathOf(name), faults)
            : null;

    /// <summary>The members not read yet, each marked as read.</summary>
    public IEnumerable<JsonProperty> Rest() => element.EnumerateObject().Where(member => _read.Add(member.Name));

    /// <summary>Notes every member nobody asked for.</summary>
    public void RefuseRest()
    {
        var known = string.Join(", ", _read.Order(StringComparer.Ordinal));
        foreach (var member in element.EnumerateObject().Where(member => !_read.Contains(member.Name)))
        {
            Fault(member.Name, member.Value, $"no such member; known are {known}");
        }
    }

    /// <summary>Notes a fault of the member.</summary>
    public void Fault(string name, JsonElement? value, string expected) =>
        faults.Add(new SettingFault(PathOf(name), value?.GetRawText(), expected));

    /// <summary>The member's full path.</summary>
    public string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>Whether the value is an object; notes it if not.</summary>
    public static bool IsObject(JsonElement value, string path, List<SettingFault> faults)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            return true;
        }

        faults.Add(new SettingFault(path, value.GetRawText(), "an object"));
        return false;
    }

    private bool TryTake(string name, out JsonElement value)
    {
        _read.Add(name);
        return element.TryGetProperty(name, out value);
    }
}
