namespace CloudManager.Cli.Session;

/// <summary>Which server a command speaks to.</summary>
internal static class Servers
{
    public const string Variable = "CLOUDMANAGER_SERVER";
    public const string Default = "http://127.0.0.1:5080";

    /// <summary>As named on the command line, else by the variable, else where one signed in last.</summary>
    public static string Choose(Uri? named, Surroundings around, SignedIn signedIn)
    {
        if (named is not null)
        {
            return Name(named);
        }

        if (around.Given(Variable) is { } set)
        {
            return TryRead(set, out var server)
                ? Name(server)
                : throw new UsageException(
                    new(
                        $"{Variable}：“{set}”不是服务器地址，应为 http 或 https 地址，如 {Default}",
                        $"{Variable}: '{set}' is no server; expected an http or https address such as {Default}"
                    )
                );
        }

        return signedIn.Last ?? Default;
    }

    public static bool TryRead(string text, out Uri server) =>
        Uri.TryCreate(text, UriKind.Absolute, out server!)
        && server.Scheme is "http" or "https"
        && server.Host.Length > 0;

    /// <summary>One name for one server: scheme, host and port.</summary>
    public static string Name(Uri server) => server.GetLeftPart(UriPartial.Authority);
}
