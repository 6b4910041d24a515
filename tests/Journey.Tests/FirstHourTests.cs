using System.Diagnostics;
using System.Text.RegularExpressions;
using CloudManager.Journey.Tests.Support;

namespace CloudManager.Journey.Tests;

/// <summary>The commands of docs/first-hour.md, run as they stand by a shell against the built host.</summary>
public sealed partial class FirstHourTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cloudmanager-").FullName;

    [Fact]
    public async Task The_first_hour_goes_as_it_is_written()
    {
        Assert.SkipUnless(OnPath("sh") && OnPath("curl"), "needs sh and curl");
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "first-hour.md"));
        var commands = string.Concat(Blocks().Matches(page).Select(m => m.Groups["commands"].Value));
        Assert.Contains("issue-delivery-order", commands, StringComparison.Ordinal);
        Assert.Contains("monthly-report/run", commands, StringComparison.Ordinal);
        var options = HostOptions().Match(page).Groups["options"].Value.Split(' ');
        var adapters = Path.Combine(Repository.Root, "adapters.json");
        await using var host = await HostProcess.StartAsync(_folder, adapters, options);
        var start = new ProcessStartInfo("sh", ["-c", commands])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        start.Environment["BASE"] = new Uri(host.Client.BaseAddress!, "/api/v1").ToString();
        start.Environment["CLOUDMANAGER_DEMO_PASSWORD"] = HostProcess.Password;
        start.Environment["TMPDIR"] = _folder;
        using var shell = Process.Start(start)!;
        var output = shell.StandardOutput.ReadToEndAsync();
        var errors = shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();

        Assert.True(shell.ExitCode == 0, $"exit {shell.ExitCode}\n{await output}\n{await errors}\n{host.Output}");
        var said = await output;
        var rows = HandComputed().Matches(page).Select(m => m.Result("${product} = ${yuan}, lines: ${lines}")).ToList();
        Assert.Equal(5, rows.Count);
        Assert.All(rows, row => Assert.Contains(row, said, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

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

    /// <summary>How the page starts the host.</summary>
    [GeneratedRegex("src/Api -- (?<options>--demo .*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HostOptions();

    /// <summary>A row of the page's table of amounts computed by hand.</summary>
    [GeneratedRegex(
        @"\| (?<product>\d+ × [\d.]+ × \d+ ÷ \d+) = [\d.…]+ \| (?<yuan>[\d.]+) \| (?<lines>\d+) \|",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex HandComputed();
}
