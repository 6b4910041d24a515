namespace CloudManager.Adapters.Hosting.Secrets;

/// <summary>Which members of the settings hold secrets, by their names.</summary>
internal static class SecretNames
{
    private static readonly string[] Words =
    [
        "password",
        "passwd",
        "passphrase",
        "secret",
        "token",
        "accesskey",
        "privatekey",
        "apikey",
        "credential",
    ];

    /// <summary>A name that ends so tells something about the secret and is not one, e.g. <c>tokenUrl</c>.</summary>
    private static readonly string[] Harmless =
    [
        "url",
        "uri",
        "endpoint",
        "seconds",
        "minutes",
        "hours",
        "path",
        "file",
        "header",
    ];

    /// <summary>Whether a member of this name holds a secret.</summary>
    public static bool IsSecret(string name)
    {
        var plain = string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        return plain == "key"
            || Words.Any(word => plain.Contains(word, StringComparison.Ordinal))
                && !Harmless.Any(end => plain.EndsWith(end, StringComparison.Ordinal));
    }

    /// <summary>Whether any step of the path is such a member.</summary>
    public static bool IsSecretPath(string path) => path.Split('.', '[').Any(IsSecret);
}
