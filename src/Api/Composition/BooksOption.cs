using CloudManager.Adapters.Hosting.Secrets;
using CloudManager.Storage;

namespace CloudManager.Api.Composition;

/// <summary>Reads where the books stand: <c>--books</c>, else the environment, else SQLite in the data folder.</summary>
internal static class BooksOption
{
    public const string Name = "--books";

    /// <summary>The environment variable that stands for the option.</summary>
    public const string Variable = "CLOUDMANAGER_BOOKS";

    private const string Expected = $"如 / such as {BooksAddress.Form}, env:NAME, file:PATH";

    /// <summary>The address; null with a fault, which never repeats the value, as it may hold a password.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="variable">The value of <see cref="Variable"/>; null or empty if it is not set.</param>
    /// <param name="faults">Where the fault goes.</param>
    public static BooksAddress? Read(CommandLine options, string? variable, List<string> faults)
    {
        var (name, value) = options.Books is null ? (Variable, variable) : (Name, options.Books);
        if (value is null || (value.Length == 0 && options.Books is null))
        {
            return BooksAddress.Of(options.Data, null);
        }

        var text = SecretText.Read(value, out var expected);
        if (text is null)
        {
            faults.Add($"{name}: {value}: 无法读取 / leads nowhere; expected is {expected}");
            return null;
        }

        try
        {
            return BooksAddress.Of(options.Data, text);
        }
        catch (FormatException)
        {
            faults.Add($"{name}: 连接串格式不正确 / is no connection string of the form expected; {Expected}");
            return null;
        }
    }
}
