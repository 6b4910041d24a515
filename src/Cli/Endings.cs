using CloudManager.Cli.Output;
using CloudManager.Cli.Parsing;
using CloudManager.Client;

namespace CloudManager.Cli;

/// <summary>Says why a command did not end well, and with which exit code.</summary>
internal sealed class Endings(Screen screen)
{
    private const int Unauthenticated = 401;
    private const string WrongPassword = "session.wrongPassword";

    public bool Knows(Exception ending) =>
        ending
            is ApiRefusedException
                or ApiUnreachableException
                or UsageException
                or NotSignedInException
                or WaitedTooLongException
                or NotAsExpectedException
                or OperationCanceledException
                or IOException
                or UnauthorizedAccessException;

    public int Of(Exception ending) =>
        ending switch
        {
            ApiRefusedException { Status: Unauthenticated, Code: not WrongPassword } expired => SessionOver(expired),
            ApiRefusedException refused => Refused(refused),
            ApiUnreachableException lost => Say(
                ExitCode.Unreachable,
                $"无法连接服务器 {lost.Server}：{lost.Reason}",
                $"the server {lost.Server} cannot be reached: {lost.Reason}"
            ),
            UsageException usage => WrongCommandLine([usage.What]),
            NotSignedInException nobody => Say(
                ExitCode.NotSignedIn,
                $"未登录 {nobody.Server}：请先运行 {Root.Name} login 账号",
                $"not signed in on {nobody.Server}: {Root.Name} login ACCOUNT"
            ),
            WaitedTooLongException late => Say(ExitCode.TimedOut, late.What.Zh, late.What.En),
            NotAsExpectedException wrong => Say(ExitCode.Refused, wrong.What.Zh, wrong.What.En),
            OperationCanceledException => Say(ExitCode.Interrupted, "已中断", "interrupted"),
            // A file that cannot be read or written.
            _ => Say(ExitCode.WrongCommandLine, ending.Message, ending.Message),
        };

    public int WrongCommandLine(IReadOnlyList<Words> faults)
    {
        foreach (var fault in faults)
        {
            screen.Aside(fault.In(screen.Language));
            if (fault.Zh != fault.En)
            {
                screen.Aside(fault.InOther(screen.Language));
            }
        }

        screen.Aside($"{Root.Name} COMMAND --help");
        return ExitCode.WrongCommandLine;
    }

    private int SessionOver(ApiRefusedException expired)
    {
        Tell(expired);
        return Say(
            ExitCode.NotSignedIn,
            $"请重新登录：{Root.Name} login 账号",
            $"sign in again: {Root.Name} login ACCOUNT"
        );
    }

    private int Refused(ApiRefusedException refused)
    {
        Tell(refused);
        return ExitCode.Refused;
    }

    private void Tell(ApiRefusedException refused)
    {
        screen.Aside($"{refused.Code} (HTTP {refused.Status}): {Texts.Of(refused.Detail, screen.Language)}");
        foreach (var fault in refused.Errors)
        {
            var expected = screen.Say(fault.Expected, fault.ExpectedEn);
            var code = fault.Code is null ? "" : $" [{fault.Code}]";
            screen.Aside(
                fault.Value is null
                    ? screen.Say($"  {fault.Path}：应为{expected}{code}", $"  {fault.Path}: expected {expected}{code}")
                    : screen.Say(
                        $"  {fault.Path}：“{fault.Value}”，应为{expected}{code}",
                        $"  {fault.Path}: '{fault.Value}', expected {expected}{code}"
                    )
            );
        }

        if (refused is { Status: >= 500, TraceId: { } trace })
        {
            screen.Aside($"  traceId: {trace}");
        }
    }

    private int Say(int code, string zh, string en)
    {
        screen.Aside(zh, en);
        return code;
    }
}
