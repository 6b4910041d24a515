using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace CloudManager.Journey.Tests.Support;

/// <summary>The built host as a process of its own, on a free port of 127.0.0.1, that can be killed.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    public const string Password = "demo-Passw0rd";
    private static readonly HttpClientHandler Handler = new() { UseProxy = false };
    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly ConcurrentDictionary<string, string> _tokens = [];

    private HostProcess(string dataFolder, string adaptersFile, params string[] more)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        Client = new HttpClient(Handler, disposeHandler: false) { BaseAddress = new Uri(url) };
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = dataFolder,
        };
        var dll = Path.Combine(AppContext.BaseDirectory, "CloudManager.Api.dll");
        foreach (
            var argument in (string[])[dll, "--urls", url, "--data", dataFolder, "--adapters", adaptersFile, .. more]
        )
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["CLOUDMANAGER_DEMO_PASSWORD"] = Password;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public HttpClient Client { get; }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<HostProcess> StartAsync(string dataFolder, string adaptersFile, params string[] more)
    {
        var host = new HostProcess(dataFolder, adaptersFile, more);
        var patience = Stopwatch.StartNew();
        while (!await host.IsReadyAsync())
        {
            if (host._process.HasExited || patience.Elapsed > TimeSpan.FromSeconds(60))
            {
                var output = host.Output;
                await host.DisposeAsync();
                throw new InvalidOperationException($"the host did not become ready:\n{output}");
            }

            await Task.Delay(50);
        }

        return host;
    }

    /// <summary>SIGKILL: nothing is finished, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>A call as a demo account; the answer's status and body.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(
        HttpMethod method,
        string path,
        string? account,
        object? body = null
    )
    {
        using var message = new HttpRequestMessage(method, path);
        if (account is not null)
        {
            message.Headers.Authorization = new("Bearer", await TokenAsync(account));
        }

        message.Content = body as HttpContent ?? (body is null ? null : JsonContent.Create(body));
        using var answer = await Client.SendAsync(message);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 || text[0] is not ('{' or '[') ? null : JsonNode.Parse(text));
    }

    /// <summary>The same, which must succeed.</summary>
    public async Task<JsonNode> CallAsync(HttpMethod method, string path, string? account, object? body = null)
    {
        var (status, answer) = await SendAsync(method, path, account, body);
        Assert.True(
            (int)status < 300,
            $"{method} {path} as {account}: {(int)status} {answer?.ToJsonString()}\n{Output}"
        );
        return answer!;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        Client.Dispose();
    }

    private async Task<string> TokenAsync(string account)
    {
        if (!_tokens.TryGetValue(account, out var token))
        {
            var session = await CallAsync(
                HttpMethod.Post,
                "/api/v1/sessions",
                null,
                new { account, password = Password }
            );
            _tokens[account] = token = session["token"]!.GetValue<string>();
        }

        return token;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Client.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(object sender, DataReceivedEventArgs e)
    {
        lock (_output)
        {
            _output.Add(e.Data ?? "");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
