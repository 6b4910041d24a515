namespace CloudManager.Adapters.Hosting.Secrets;

/// <summary>A setting outside adapters.json that is a secret itself or says where one is kept.</summary>
public static class SecretText
{
    /// <summary>
    /// The text itself, or what it refers to as <c>env:NAME</c> or <c>file:PATH</c>; null with what was expected where
    /// the reference leads nowhere. What this answers is never logged.
    /// </summary>
    public static string? Read(string text, out string? expected)
    {
        expected = null;
        return SecretReference.In(text) is { } reference ? reference.Read(out expected) : text;
    }
}
