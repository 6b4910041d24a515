using System.CommandLine;
using CloudManager.Cli.Parsing;

namespace CloudManager.Cli.Story;

/// <summary>cloudmgr demo story: lives the whole way on a running demonstration, and checks it by hand.</summary>
internal static class StoryCommand
{
    private const string Variable = "CLOUDMANAGER_DEMO_PASSWORD";

    public static Command Build(Shell shell)
    {
        var password = Shapes.Text.Option(
            "--password",
            shell.Say($"示范账号的密码（最好用 {Variable}）", $"the demo accounts' password (better: {Variable})")
        );
        return new Command(
            "story",
            shell.Say(
                "从申请到账单与月报走一遍，并手算核对",
                "the whole way from request to bill and report, checked by hand"
            )
        )
            .With(password)
            .With(command =>
                command.SetAction(
                    (parsed, token) =>
                        TellAsync(
                            shell,
                            new Uri(shell.ServerOf(parsed)),
                            parsed.GetValue(password) ?? shell.Around.Given(Variable) ?? throw NoPassword(),
                            token
                        )
                )
            );
    }

    private static async Task<int> TellAsync(
        Shell shell,
        Uri server,
        string password,
        CancellationToken cancellationToken
    )
    {
        await using var cast = await Cast.SignInAsync(server, password, cancellationToken);
        var story = new WholeStory(new Stage(cast, new Narrator(shell.Screen)));
        return await story.TellAsync(cancellationToken) ? ExitCode.Done : ExitCode.Refused;
    }

    private static UsageException NoPassword() =>
        new(
            new(
                $"没有示范账号的密码，应给出 {Variable} 或 --password",
                $"no password of the demo accounts; expected {Variable} or --password"
            )
        );
}
