namespace CloudManager.Cli.Output;

/// <summary>The language people are spoken to in.</summary>
internal enum Language
{
    Zh,
    En,
}

/// <summary>The same words in both languages.</summary>
internal sealed record Words(string Zh, string En)
{
    /// <summary>Words that are the same in both languages.</summary>
    public static Words Both(string text) => new(text, text);

    public string In(Language language) => language == Language.Zh ? Zh : En;

    public string InOther(Language language) => language == Language.Zh ? En : Zh;
}
