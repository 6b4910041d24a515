using System.CommandLine;
using CloudManager.Cli.Parsing;

namespace CloudManager.Cli.Commands;

/// <summary>cloudmgr request wait: until a request is in a state, or cannot come into it any more.</summary>
internal static class WaitCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static Command Build(Shell shell)
    {
        var id = Shapes.Text.Argument("ID", shell.Say("申请编号", "the request"));
        var until = Shapes.Text.Option(
            "--until",
            shell.Say("等到哪个状态，如 testing", "a state such as testing"),
            required: true
        );
        var timeout = Shapes.Duration.Option("--timeout", shell.Say("最长等待时间，默认 10m", "how long at most; 10m"));
        return shell
            .Signed(
                "wait",
                shell.Say("等待申请进入某一状态", "wait until a request is in a state"),
                async (call, token) =>
                {
                    var waiting = new Waiting(call.Api, call.Screen)
                    {
                        Patience = call.Parsed.GetValue(timeout) ?? Patience,
                    };
                    var request = await waiting.UntilAsync(
                        call.Parsed.GetRequiredValue(id),
                        call.Parsed.GetRequiredValue(until),
                        token
                    );
                    call.Show(screen => RequestPage.Show(screen, request));
                }
            )
            .With(id, until, timeout);
    }
}
