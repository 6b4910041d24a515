using System.Diagnostics;
using System.Text.RegularExpressions;

namespace CloudManager.Journey.Tests.Support;

/// <summary>The commands of docs/first-hour.md, run as they stand by a shell against a host.</summary>
internal sealed partial class FirstHour
{
    private readonly string _page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "first-hour.md"));

    /// <summary>What must be on the path.</summary>
    public static bool CanRun => OnPath("sh") && OnPath("curl");

    /// <summary>The page's commands, one block after the other.</summary>
    public string Commands => string.Concat(Blocks().Matches(_page).Select(m => m.Groups["commands"].Value));

    /// <summary>How the page starts the host.</summary>
    public string[] Options => HostOptions().Match(_page).Groups["options"].Value.Split(' ');

    /// <summary>The rows of the page's table of amounts computed by hand, as the commands print them.</summary>
    public IReadOnlyList<string> ComputedByHand =>
        [.. HandComputed().Matches(_page).Select(m => m.Result("${product} = ${yuan}, lines: ${lines}"))];

    /// <summary>Runs the commands to their end and gives what they said; the test fails where they do.</summary>
    public async Task<string> RunAsync(HostProcess host, string folder)
    {
        var start = new ProcessStartInfo("sh", ["-c", Commands])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["BASE"] = new Uri(host.Client.BaseAddress!, "/api/v1").ToString();
        start.Environment["CLOUDMANAGER_DEMO_PASSWORD"] = HostProcess.Password;
        start.Environment["TMPDIR"] = folder;
        using var shell = Process.Start(start)!;
        var output = shell.StandardOutput.ReadToEndAsync();
        var errors = shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, $"exit {shell.ExitCode}\n{await output}\n{await errors}\n{host.Output}");
        return await output;
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    [GeneratedRegex(
        "^```sh\n(?<commands>.*?)^```$",
        RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Blocks();

    [GeneratedRegex("src/Api -- (?<options>--demo .*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HostOptions();

    [GeneratedRegex(
        @"\| (?<product>\d+ × [\d.]+ × \d+ ÷ \d+) = [\d.…]+ \| (?<yuan>[\d.]+) \| (?<lines>\d+) \|",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex HandComputed();
}
