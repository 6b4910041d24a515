using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace CloudManager.Bench.Year;

/// <summary>The built host with the demonstration province, as a process of its own on a free port of 127.0.0.1.</summary>
internal sealed class Host : IDisposable
{
    private const string Password = "bench-Passw0rd";
    private const string Built = "src/Api/bin/Release/net10.0/CloudManager.Api.dll";
    private readonly SocketsHttpHandler _handler = new() { UseProxy = false };
    private readonly HttpClient _client;
    private readonly Process _process;
    private readonly Dictionary<string, string> _tokens = [];
    private long _saidBytes;

    public Host(string folder, string adapters, string clock)
    {
        var port = FreePort();
        _client = new HttpClient(_handler)
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        string[] arguments =
        [
            "--demo",
            .. (string[])["--clock", clock],
            .. (string[])["--data", folder],
            .. (string[])["--adapters", adapters],
            .. (string[])["--urls", $"{_client.BaseAddress}"],
        ];
        var start = new ProcessStartInfo("dotnet", [Built, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["CLOUDMANAGER_DEMO_PASSWORD"] = Password;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) => Interlocked.Add(ref _saidBytes, (e.Data?.Length ?? 0) + 1);
        _process.BeginOutputReadLine();
    }

    /// <summary>The most memory it ever held (VmHWM), in MiB.</summary>
    public double PeakMiB
    {
        get
        {
            var peak = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmHWM", default));
            return double.Parse(peak.Split(':')[1].Replace("kB", "", default), CultureInfo.InvariantCulture) / 1024;
        }
    }

    /// <summary>How many bytes it has logged.</summary>
    public long SaidBytes => Interlocked.Read(ref _saidBytes);

    /// <summary>The processor time it took so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public async Task ReadyAsync()
    {
        for (var i = 0; i < 600; i++)
        {
            try
            {
                using var answer = await _client.GetAsync("/health/ready");
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("the host did not become ready");
    }

    /// <summary>A call as an account of the demonstration, which must succeed.</summary>
    public async Task<JsonNode> CallAsync(string account, string path, object? body = null)
    {
        if (!_tokens.TryGetValue(account, out var token))
        {
            using var session = await _client.PostAsJsonAsync("/api/v1/sessions", new { account, password = Password });
            _tokens[account] = token = (await ReadAsync(session))["token"]!.GetValue<string>();
        }

        using var message = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, $"/api/v1{path}");
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        message.Content = body is null ? null : JsonContent.Create(body);
        using var answer = await _client.SendAsync(message);
        return await ReadAsync(answer);
    }

    /// <summary>How long the jobs have looked so far, by name, in seconds: what the host shows under /metrics.</summary>
    public async Task<IReadOnlyDictionary<string, double>> JobSecondsAsync()
    {
        const string Name = "cloudmanager_job_seconds_sum{";
        var lines = (await _client.GetStringAsync("/metrics")).Split('\n');
        return lines
            .Where(l => l.StartsWith(Name, StringComparison.Ordinal))
            .GroupBy(l => l.Split("job=\"")[1].Split('"')[0])
            .ToDictionary(g => g.Key, g => g.Sum(l => double.Parse(l.Split(' ')[^1], CultureInfo.InvariantCulture)));
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _client.Dispose();
        _handler.Dispose();
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new InvalidOperationException($"{answer.RequestMessage!.RequestUri}: {text}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
