using CloudManager.Adapters.Hosting.Secrets;

namespace CloudManager.Adapters.Hosting.Declaration;

/// <summary>One thing wrong in adapters.json.</summary>
/// <param name="Path">Where, e.g. <c>pools[0].limits.retries</c>; a place in the text where it is no JSON at all.</param>
/// <param name="Value">What stands there; null where something is missing. A secret's value is never shown.</param>
/// <param name="Expected">What would be right.</param>
public sealed record AdaptersFault(string Path, string? Value, string Expected)
{
    private const int LongestValue = 80;

    /// <inheritdoc/>
    public override string ToString() =>
        Value is null ? $"{Path}: {Expected}" : $"{Path}: {Value}, expected: {Expected}";

    /// <summary>A fault whose value is shown as far as that is safe: no secret, no nested members, no long text.</summary>
    internal static AdaptersFault At(string path, string? json, string expected) =>
        new(path.Length == 0 ? "(file)" : path, Shown(path, json), expected);

    private static string? Shown(string path, string? json)
    {
        if (json is null || json.Length == 0)
        {
            return null;
        }

        if (SecretNames.IsSecretPath(path))
        {
            return "***";
        }

        return json[0] switch
        {
            '{' => json == "{}" ? json : "{…}",
            '[' => json == "[]" ? json : "[…]",
            _ => json.Length <= LongestValue ? json : $"{json[..LongestValue]}…",
        };
    }
}
