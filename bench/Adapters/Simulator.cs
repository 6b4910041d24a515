using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace CloudManager.Bench.Adapters;

/// <summary>A simulated cloud as a process of its own on a free port of 127.0.0.1.</summary>
internal sealed class Simulator : IDisposable
{
    private readonly Process _process;
    private readonly SocketsHttpHandler _handler = new() { UseProxy = false };
    private readonly HttpClient _client;

    private Simulator(string dll, Func<string, string[]> arguments)
    {
        Url = $"http://127.0.0.1:{FreePort()}";
        _client = new HttpClient(_handler) { BaseAddress = new Uri(Url) };
        var start = new ProcessStartInfo("dotnet", [dll, .. arguments(Url)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        _process.BeginOutputReadLine();
    }

    public string Url { get; }

    public static async Task<Simulator> StartAsync(string dll, Func<string, string[]> arguments)
    {
        var simulator = new Simulator(dll, arguments);
        for (var i = 0; i < 200; i++)
        {
            try
            {
                using var answer = await simulator._client.GetAsync("/_lab/");
                return simulator;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100);
            }
        }

        simulator.Dispose();
        throw new TimeoutException($"{dll} does not listen");
    }

    /// <summary>All calls to the cloud so far, as it counts them.</summary>
    public async Task<int> CallsAsync(string path, string member)
    {
        var counts = JsonNode.Parse(await _client.GetStringAsync(path))!;
        return counts[member]!.GetValue<int>();
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _client.Dispose();
        _handler.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
