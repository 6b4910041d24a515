using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CloudManager.Adapters.Tests.OpenStack;

/// <summary>How an answer breaks off.</summary>
internal enum Cut
{
    Not,

    /// <summary>The connection is reset before any byte of an answer.</summary>
    BeforeAnswer,

    /// <summary>The connection ends in the middle of the body.</summary>
    MidBody,
}

internal sealed record WireRequest(
    string Method,
    string Target,
    IReadOnlyDictionary<string, string> Headers,
    string Body
)
{
    public string Path => Target.Split('?')[0];
}

internal sealed record WireAnswer(int Status, string Body)
{
    public string ContentType { get; init; } = "application/json";

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public Cut Cut { get; init; }
}

/// <summary>An HTTP/1.1 server of sockets, which can do to its clients what a real network does.</summary>
internal sealed class WireServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Task, bool> _open = new();
    private readonly Func<WireRequest, Task<WireAnswer>> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;

    public WireServer(Func<WireRequest, Task<WireAnswer>> answer, X509Certificate2? certificate = null)
    {
        (_answer, _certificate) = (answer, certificate);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"{(_certificate is null ? "http" : "https")}://{_listener.LocalEndpoint}";

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_open.Keys);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var serving = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
                _open.TryAdd(serving, true);
            }
        }
        catch (Exception stopped)
            when (stopped is OperationCanceledException or SocketException or InvalidOperationException)
        {
            Assert.True(_end.IsCancellationRequested, stopped.Message);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            Stream stream = client.GetStream();
            if (_certificate is not null)
            {
                var secured = new SslStream(stream);
                await secured.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = _certificate },
                    _end.Token
                );
                stream = secured;
            }

            while (await ReadAsync(stream) is { } request && await WriteAsync(client, stream, await _answer(request)))
            {
                // The next request comes on the same connection.
            }
        }
        catch (Exception gone)
            when (gone
                    is IOException
                        or OperationCanceledException
                        or System.Security.Authentication.AuthenticationException
            )
        {
            // The client has gone, or the test is over.
        }
    }

    private async Task<WireRequest?> ReadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _end.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var first = lines[0].Split(' ');
        var headers = lines[1..]
            .Select(line => line.Split(": ", 2))
            .GroupBy(pair => pair[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(pairs => pairs.Key, pairs => pairs.First()[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"))];
        await stream.ReadExactlyAsync(body, _end.Token);
        return new WireRequest(first[0], first[1], headers, Encoding.UTF8.GetString(body));
    }

    /// <summary>Whether the connection goes on.</summary>
    private async Task<bool> WriteAsync(TcpClient client, Stream stream, WireAnswer answer)
    {
        if (answer.Cut == Cut.BeforeAnswer)
        {
            client.Client.LingerState = new LingerOption(true, 0);
            return false;
        }

        var body = Encoding.UTF8.GetBytes(answer.Body);
        var headers = string.Concat(answer.Headers.Select(header => $"{header.Name}: {header.Value}\r\n"));
        var head =
            $"HTTP/1.1 {answer.Status} Scripted\r\nContent-Type: {answer.ContentType}\r\n"
            + $"Content-Length: {body.Length}\r\n{headers}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _end.Token);
        var length = answer.Cut == Cut.MidBody ? body.Length / 2 : body.Length;
        await stream.WriteAsync(body.AsMemory(0, length), _end.Token);
        await stream.FlushAsync(_end.Token);
        return answer.Cut == Cut.Not;
    }
}
