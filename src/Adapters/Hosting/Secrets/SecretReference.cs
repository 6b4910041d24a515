using System.Text.RegularExpressions;

namespace CloudManager.Adapters.Hosting.Secrets;

/// <summary>
/// Where a secret is kept: <c>env:NAME</c>, <c>file:PATH</c> or <c>vault:PATH#FIELD</c>. Secrets never stand in
/// adapters.json themselves.
/// </summary>
internal sealed partial record SecretReference(string Scheme, string Body)
{
    /// <summary>The forms, for messages.</summary>
    public const string Forms = "env:NAME, file:PATH or vault:PATH#FIELD";

    /// <summary>The reference in this text; null where it is none.</summary>
    public static SecretReference? In(string? text)
    {
        var match = Shape().Match(text ?? "");
        return match.Success ? new SecretReference(match.Groups["scheme"].Value, match.Groups["body"].Value) : null;
    }

    /// <summary>The same, with a relative path made absolute from this folder.</summary>
    public SecretReference From(string folder) =>
        Scheme == "file" ? this with { Body = Path.GetFullPath(Body, folder) } : this;

    /// <summary>The secret; null with the reason where it cannot be had.</summary>
    public string? Read(out string? expected)
    {
        expected = null;
        switch (Scheme)
        {
            case "env":
                var value = Environment.GetEnvironmentVariable(Body);
                expected = string.IsNullOrEmpty(value) ? "the name of an environment variable that is set" : null;
                return string.IsNullOrEmpty(value) ? null : value;
            case "file":
                return ReadFile(out expected);
            default:
                expected = "env:NAME or file:PATH, as no vault is configured";
                return null;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Scheme}:{Body}";

    private string? ReadFile(out string? expected)
    {
        expected = null;
        try
        {
            var text = File.ReadAllText(Body).TrimEnd('\r', '\n');
            expected = text.Length == 0 ? "the path of a file that is not empty" : null;
            return text.Length == 0 ? null : text;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            expected = "the path of a file that can be read";
            return null;
        }
    }

    [GeneratedRegex(
        @"^((?<scheme>env):(?<body>[A-Za-z_][A-Za-z0-9_]*)|(?<scheme>file):(?!//)(?<body>.+)|(?<scheme>vault):(?<body>[^#]+#.+))$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Shape();
}
