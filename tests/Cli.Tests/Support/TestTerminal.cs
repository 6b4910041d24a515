namespace CloudManager.Cli.Tests.Support;

/// <summary>A terminal of the tests: what is typed, what the variables say, what comes out.</summary>
internal sealed class TestTerminal : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudmanager-cli-");

    /// <summary>The environment; the configuration lies in a folder of its own.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public string Input { get; set; } = "";

    public bool IsTerminal { get; set; }

    /// <summary>What is typed where a password is asked for; null if nobody is there.</summary>
    public string? Typed { get; set; }

    public string Folder => _folder.FullName;

    public Task<Outcome> RunAsync(params string[] arguments) => RunAsync(arguments, CancellationToken.None);

    public async Task<Outcome> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var around = new Surroundings
        {
            In = new StringReader(Input),
            Out = output,
            Error = error,
            OutIsTerminal = IsTerminal,
            ErrorIsTerminal = IsTerminal,
            Variable = name => name == "CLOUDMANAGER_CONFIG" ? Folder : Variables.GetValueOrDefault(name),
            AskPassword = Typed is { } typed ? (_, _) => Task.FromResult(typed) : null,
        };
        var code = await App.RunAsync(arguments, around, cancellationToken);
        return new Outcome(code, output.ToString(), error.ToString());
    }

    /// <summary>Signs in on a server and asks for it from then on.</summary>
    public async Task SignInAsync(Uri server, string account = "tenant-a", string password = "a password")
    {
        Variables["CLOUDMANAGER_SERVER"] = server.GetLeftPart(UriPartial.Authority);
        Input = password;
        var outcome = await RunAsync("login", account, "--password-stdin");
        Assert.True(outcome.Code == 0, outcome.ToString());
    }

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

/// <summary>How a command ended and what it wrote.</summary>
internal sealed record Outcome(int Code, string Out, string Error)
{
    public IReadOnlyList<string> Lines => Out.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
