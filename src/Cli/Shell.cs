using System.CommandLine;
using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Cli.Session;
using CloudManager.Client;

namespace CloudManager.Cli;

/// <summary>What all commands share: the language, the common options, and how a call is set up.</summary>
internal sealed class Shell
{
    private readonly Option<Uri> _server;
    private readonly Option<string> _language;
    private readonly Option<bool> _json;

    public Shell(Surroundings around, Language language)
    {
        Around = around;
        Language = language;
        Screen = new Screen(around, language);
        _server = Shapes.Server.Option(
            "--server",
            Say(
                $"平台地址（或 {Servers.Variable}），默认 {Servers.Default}",
                $"where the platform serves (or {Servers.Variable}); {Servers.Default}"
            )
        );
        _language = Shapes
            .OneOf("zh", "en")
            .Option(
                "--lang",
                Say("语言 zh 或 en（或 CLOUDMANAGER_LANG、LANG）", "zh or en (or CLOUDMANAGER_LANG, LANG)")
            );
        _json = new Option<bool>("--json")
        {
            Description = Say("原样输出平台的 JSON", "print the platform's JSON as it came"),
        };
        _server.Recursive = _language.Recursive = _json.Recursive = true;
    }

    public Surroundings Around { get; }

    public Language Language { get; }

    public Screen Screen { get; }

    public IReadOnlyList<Option> Common => [_server, _language, _json];

    public string Say(string zh, string en) => new Words(zh, en).In(Language);

    /// <summary>A command that does something with the API as the account that is signed in.</summary>
    public Command Signed(string name, string description, Func<Call, CancellationToken, Task> work) =>
        new Command(name, description).With(c => c.SetAction((parsed, token) => RunAsync(parsed, work, token)));

    /// <summary>Where the command speaks to.</summary>
    public string ServerOf(ParseResult parsed) =>
        Servers.Choose(parsed.GetValue(_server), Around, SessionFile.In(Around).Read());

    private async Task<int> RunAsync(
        ParseResult parsed,
        Func<Call, CancellationToken, Task> work,
        CancellationToken cancellationToken
    )
    {
        var signedIn = SessionFile.In(Around).Read();
        var server = Servers.Choose(parsed.GetValue(_server), Around, signedIn);
        var session = signedIn.Sessions.GetValueOrDefault(server) ?? throw new NotSignedInException(server);
        var heard = new Heard();
        using var client = new CloudManagerClient(
            new ClientOptions
            {
                Server = new Uri(server),
                Token = session.Token,
                Heard = heard.Take,
            }
        );
        var call = new Call(parsed, client, Screen, heard, parsed.GetValue(_json));
        await work(call, cancellationToken);
        return ExitCode.Done;
    }
}

/// <summary>The last answer as it came.</summary>
internal sealed class Heard
{
    public string Last { get; private set; } = "";

    public void Take(string text) => Last = text;
}
