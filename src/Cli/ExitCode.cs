using CloudManager.Cli.Output;

namespace CloudManager.Cli;

/// <summary>How a command ended, for scripts.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int WrongCommandLine = 2;
    public const int NotSignedIn = 3;
    public const int Unreachable = 4;
    public const int TimedOut = 5;
    public const int Interrupted = 130;

    /// <summary>What --help says about them.</summary>
    public static IReadOnlyList<(int Code, Words Meaning)> Meanings { get; } =
    [
        (Done, new("完成", "done")),
        (Refused, new("平台拒绝，或与预期不符", "refused by the platform, or not as it should be")),
        (WrongCommandLine, new("命令行有误", "wrong command line")),
        (NotSignedIn, new("未登录或登录已过期", "not signed in, or the session has expired")),
        (Unreachable, new("无法连接服务器", "the server cannot be reached")),
        (TimedOut, new("等待超时", "timed out waiting")),
        (Interrupted, new("被中断", "interrupted")),
    ];
}
