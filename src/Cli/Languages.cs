using CloudManager.Cli.Output;

namespace CloudManager.Cli;

/// <summary>Chooses the language before anything is parsed, since the faults of parsing are said in it too.</summary>
internal static class Languages
{
    private const string Option = "--lang";

    /// <summary>--lang, else CLOUDMANAGER_LANG, else the locale; English if none says Chinese.</summary>
    public static Language Choose(IReadOnlyList<string> arguments, Surroundings around)
    {
        var chosen =
            Named(arguments)
            ?? around.Given("CLOUDMANAGER_LANG")
            ?? around.Given("LC_ALL")
            ?? around.Given("LC_MESSAGES")
            ?? around.Given("LANG");
        return chosen?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) is true ? Language.Zh : Language.En;
    }

    private static string? Named(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == Option && i + 1 < arguments.Count)
            {
                return arguments[i + 1];
            }

            if (arguments[i].StartsWith($"{Option}=", StringComparison.Ordinal))
            {
                return arguments[i][(Option.Length + 1)..];
            }
        }

        return null;
    }
}
