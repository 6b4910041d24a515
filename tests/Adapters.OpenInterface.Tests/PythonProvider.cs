using System.ComponentModel;
using System.Diagnostics;

namespace CloudManager.Adapters.OpenInterface.Tests;

/// <summary>The sample provider in Python, as a process of its own on a free port.</summary>
internal sealed class PythonProvider : IDisposable
{
    private readonly Process _process;

    private PythonProvider(Process process, string address) => (_process, Address) = (process, address);

    public string Address { get; }

    /// <summary>The provider once it listens; null where there is no python3.</summary>
    public static async Task<PythonProvider?> StartAsync()
    {
        var script = Path.Combine(Repository.Root, "samples", "open-provider-python", "provider.py");
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var word in new[] { "-B", script, "--port", "0", "--key", OpenPool.Key, "--settle", "0.1" })
        {
            start.ArgumentList.Add(word);
        }

        try
        {
            var process = Process.Start(start)!;
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            var address = await process.StandardOutput.ReadLineAsync(patience.Token);
            Assert.StartsWith("http://127.0.0.1:", address, StringComparison.Ordinal);
            return new PythonProvider(process, address!);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}

/// <summary>Where the repository is.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CloudManager.sln")))
        {
            folder = folder.Parent ?? throw new FileNotFoundException("no solution above the tests");
        }

        return folder.FullName;
    }
}
