using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CloudManager.Core.Metering;

namespace CloudManager.Bench.Samples;

/// <summary>A single node of VictoriaMetrics, fed over its HTTP import in text that was written before.</summary>
internal sealed class VictoriaMetrics : IAsyncDisposable
{
    private const int Senders = 2;
    private static readonly string[] Names = ["cpu", "memory", "disk", "net_in", "net_out"];
    private readonly Process? _process;
    private readonly HttpClient _client;

    private VictoriaMetrics(Uri address, Process? process)
    {
        _process = process;
#pragma warning disable RS0030 // One client for the life of the bench.
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromMinutes(10),
        };
#pragma warning restore RS0030
    }

    /// <summary>What the node itself has used; none is known of one that was not started here.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process?.Refresh();
            return _process?.TotalProcessorTime ?? TimeSpan.Zero;
        }
    }

    /// <summary>Starts the binary on a free port, or takes the address of one that runs.</summary>
    public static async Task<VictoriaMetrics> OpenAsync(string binaryOrAddress, string folder)
    {
        if (Uri.TryCreate(binaryOrAddress, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            return new VictoriaMetrics(address, null);
        }

        var port = FreePort();
        var start = new ProcessStartInfo(
            binaryOrAddress,
            [
                $"-storageDataPath={Path.Combine(folder, "vm")}",
                $"-httpListenAddr=127.0.0.1:{port}",
                "-retentionPeriod=100y",
                "-loggerLevel=ERROR",
                "-influx.maxLineSize=1MiB",
                "-import.maxLineLen=100MiB",
            ]
        )
        {
            UseShellExecute = false,
        };
        var victoria = new VictoriaMetrics(new Uri($"http://127.0.0.1:{port}"), Process.Start(start));
        for (var i = 0; i < 600 && !await victoria.IsReadyAsync(); i++)
        {
            await Task.Delay(50);
        }

        return victoria;
    }

    /// <summary>JSON lines: a line for each server and metric with all its values.</summary>
    public static List<byte[]> JsonLines(SampleRow[] rows) =>
        Bodies(
            rows.GroupBy(r => r.Resource.Number)
                .SelectMany(server =>
                    Names.Select(
                        (name, i) => JsonLine(name, server.Key, [.. server.Where(r => Values(r)[i] is not null)], i)
                    )
                )
        );

    /// <summary>Influx lines: a line for each row with five values.</summary>
    public static List<byte[]> InfluxLines(SampleRow[] rows) =>
        Bodies(
            rows.Select(r =>
                $"s,resource={r.Resource.Number} "
                + $"{string.Join(',', Names.Zip(Values(r), (name, value) => $"{name}={Text(value)}"))} "
                + $"{Milliseconds(r.Slot)}\n"
            )
        );

    /// <summary>Sends all bodies, two at a time.</summary>
    public Task ImportAsync(string path, IReadOnlyList<byte[]> bodies) =>
        Parallel.ForEachAsync(
            bodies,
            new ParallelOptions { MaxDegreeOfParallelism = Senders },
            async (body, token) =>
            {
                using var content = new ByteArrayContent(body);
                using var answer = await _client.PostAsync(path, content, token);
                answer.EnsureSuccessStatusCode();
            }
        );

    /// <summary>Lets it merge what it has, and waits until it has nothing to merge any more.</summary>
    public async Task MergeAsync()
    {
        await CallAsync("/internal/force_flush");
        await CallAsync("/internal/force_merge");
        for (var quiet = 0; quiet < 10; )
        {
            await Task.Delay(200);
            var metrics = await _client.GetStringAsync("/metrics");
            var merging = metrics.Split('\n').Where(l => l.StartsWith("vm_active_", StringComparison.Ordinal));
            quiet = merging.Where(l => l.Contains("merges", StringComparison.Ordinal)).All(IsZero) ? quiet + 1 : 0;
        }
    }

    /// <summary>How many values it says it took since it was started.</summary>
    public async Task<long> TakenAsync()
    {
        var metrics = await _client.GetStringAsync("/metrics");
        return metrics
            .Split('\n')
            .Where(l => l.StartsWith("vm_rows_inserted_total{", StringComparison.Ordinal))
            .Sum(l => long.Parse(l.AsSpan(l.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _client.Dispose();
    }

    /// <summary>A row's five values.</summary>
    public static float?[] Values(SampleRow row) => [row.Cpu, row.Memory, row.Disk, row.NetworkIn, row.NetworkOut];

    private static string JsonLine(string name, long resource, IReadOnlyList<SampleRow> rows, int metric) =>
        rows.Count == 0
            ? ""
            : $$"""
                {"metric":{"__name__":"{{name}}","resource":"{{resource}}"},"values":[{{string.Join(
                    ',',
                    rows.Select(r => Text(Values(r)[metric]))
                )}}],"timestamps":[{{string.Join(',', rows.Select(r => Milliseconds(r.Slot)))}}]}

                """;

    private static bool IsZero(string line) => line.EndsWith(" 0", StringComparison.Ordinal);

    private async Task CallAsync(string path)
    {
        using var answer = await _client.GetAsync(path);
        answer.EnsureSuccessStatusCode();
    }

    private static string Text(float? value) => value!.Value.ToString("R", CultureInfo.InvariantCulture);

    private static long Milliseconds(long slot) => Slots.Start(slot).ToUnixTimeMilliseconds();

    /// <summary>Bodies of about 8 MB, cut at lines.</summary>
    private static List<byte[]> Bodies(IEnumerable<string> lines)
    {
        const int size = 8_000_000;
        var bodies = new List<byte[]>();
        var body = new StringBuilder(size);
        foreach (var line in lines)
        {
            body.Append(line);
            if (body.Length >= size)
            {
                bodies.Add(Encoding.UTF8.GetBytes(body.ToString()));
                body.Clear();
            }
        }

        bodies.Add(Encoding.UTF8.GetBytes(body.ToString()));
        return bodies;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _client.GetAsync("/health");
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
