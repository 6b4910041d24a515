using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenInterface;

/// <summary>Reads one JSON object member by member and notes every fault with its path instead of stopping at one.</summary>
internal sealed class SettingsCursor(JsonElement element, string path, List<SettingFault> faults)
{
    private readonly HashSet<string> _read = [];

    /// <summary>A text that must be there; empty where it is not.</summary>
    public string Needed(string name, string expected)
    {
        if (!TryTake(name, out var value))
        {
            Fault(name, null, expected);
            return "";
        }

        return AsText(name, value, expected) ?? "";
    }

    /// <summary>A text that is not blank, or null where the member is missing or null.</summary>
    public string? Text(string name, string expected) =>
        TryTake(name, out var value) && value.ValueKind != JsonValueKind.Null ? AsText(name, value, expected) : null;

    /// <summary>Yes or no, or the fallback where the member is missing.</summary>
    public bool Flag(string name, bool fallback)
    {
        if (!TryTake(name, out var value))
        {
            return fallback;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Fault(name, value, "true or false");
        return fallback;
    }

    /// <summary>The value under this name as it stands; null where it is missing or null.</summary>
    public JsonElement? Raw(string name) =>
        TryTake(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Notes every member nobody asked for.</summary>
    public void RefuseRest()
    {
        var known = string.Join(", ", _read.Order(StringComparer.Ordinal));
        foreach (var member in element.EnumerateObject().Where(member => !_read.Contains(member.Name)))
        {
            Fault(member.Name, member.Value, $"no such member; known are {known}");
        }
    }

    /// <summary>Notes a fault of the member; the key is not shown.</summary>
    public void Fault(string name, JsonElement? value, string expected) =>
        faults.Add(new SettingFault(PathOf(name), Shown(PathOf(name), value), expected));

    /// <summary>The member's full path.</summary>
    public string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>Whether the value is an object; notes it if not.</summary>
    public static bool IsObject(JsonElement value, string path, List<SettingFault> faults)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            return true;
        }

        var text = value.ValueKind == JsonValueKind.Undefined ? null : Shown(path, value);
        faults.Add(new SettingFault(path, text, "an object"));
        return false;
    }

    private static string? Shown(string path, JsonElement? value) =>
        value is null ? null
        : path == "key" ? "***"
        : value.Value.GetRawText();

    private string? AsText(string name, JsonElement value, string expected)
    {
        if (value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString()))
        {
            return value.GetString();
        }

        Fault(name, value, expected);
        return null;
    }

    private bool TryTake(string name, out JsonElement value)
    {
        _read.Add(name);
        return element.TryGetProperty(name, out value);
    }
}
