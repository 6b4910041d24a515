using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CloudManager.Tests.Databases;

/// <summary>A real engine on 127.0.0.1 and a free port, with a folder of its own, stopped at the end.</summary>
public abstract class RunningEngine(string variable) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudmanager-");
    private readonly HttpClient _client = new(new SocketsHttpHandler(), disposeHandler: true);
    private Process? _process;

    /// <summary>Why it cannot run; null if it can.</summary>
    public string? WhyNot => string.IsNullOrEmpty(Binary) ? $"{variable} names no binary of this engine" : null;

    public int Port { get; } = FreePort();

    public string Address => $"http://127.0.0.1:{Port}";

    protected string Folder => _folder.FullName;

    /// <summary>What answers 200 once it is ready.</summary>
    protected abstract string Ready { get; }

    private string? Binary => Environment.GetEnvironmentVariable(variable);

    public async ValueTask InitializeAsync()
    {
        if (WhyNot is null)
        {
            await StartAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _client.Dispose();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(Binary!)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Folder,
        };
        foreach (var argument in Arguments())
        {
            start.ArgumentList.Add(argument);
        }

        var log = new Queue<string?>();
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => log.Enqueue(line.Data);
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        var watch = Stopwatch.StartNew();
        while (!await AnswersAsync(Ready))
        {
            Assert.False(_process.HasExited || watch.Elapsed > TimeSpan.FromSeconds(60), string.Join('\n', log));
            await Task.Delay(50);
        }
    }

    /// <summary>Stops it in good order; what it had taken it finds again.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            using (var signal = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            {
                await signal.WaitForExitAsync();
            }

            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            process.Kill(entireProcessTree: true);
            process.Dispose();
        }
    }

    /// <summary>Waits until what was written can be read.</summary>
    public virtual Task SettleAsync() => Task.CompletedTask;

    protected abstract IEnumerable<string> Arguments();

    protected async Task<bool> AnswersAsync(string path)
    {
        try
        {
            using var answer = await _client.GetAsync(new Uri(Address + path));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>VictoriaMetrics.</summary>
public sealed class RunningVictoria() : RunningEngine("CLOUDMANAGER_TEST_VICTORIA")
{
    protected override string Ready => "/health";

    /// <summary>A sample can be read about a second after it was taken, or when asked to hurry.</summary>
    public override async Task SettleAsync() => Assert.True(await AnswersAsync("/internal/force_flush"));

    protected override IEnumerable<string> Arguments() =>
        [
            $"-storageDataPath={Folder}",
            $"-httpListenAddr=127.0.0.1:{Port}",
            "-retentionPeriod=24",
            "-memory.allowedBytes=512MB",
            "-loggerLevel=ERROR",
        ];
}

/// <summary>Prometheus, told to take samples out of order.</summary>
public sealed class RunningPrometheus() : RunningEngine("CLOUDMANAGER_TEST_PROMETHEUS")
{
    protected override string Ready => "/-/ready";

    protected override IEnumerable<string> Arguments()
    {
        var config = Path.Combine(Folder, "prometheus.yml");
        File.WriteAllText(config, "storage:\n  tsdb:\n    out_of_order_time_window: 500d\n");
        return
        [
            $"--config.file={config}",
            $"--storage.tsdb.path={Folder}",
            "--storage.tsdb.retention.time=2y",
            // Months of samples in one moment: packing them into blocks while they come, it would now and then lose one.
            "--storage.tsdb.min-block-duration=500d",
            "--storage.tsdb.max-block-duration=500d",
            $"--web.listen-address=127.0.0.1:{Port}",
            "--web.enable-remote-write-receiver",
            "--log.level=warn",
        ];
    }
}
