using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CloudManager.Adapters.OpenInterface.Tests;

/// <summary>Answers one call with two gigabytes.</summary>
internal sealed class EndlessServer : IDisposable
{
    private const long Size = 2L << 30;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private long _sent;

    public EndlessServer(bool announced)
    {
        _listener.Start();
        _ = ServeAsync(announced);
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    /// <summary>The bytes that the client's side took from us.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(bool announced)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var length = announced ? $"Content-Length: {Size}\r\n" : "Connection: close\r\n";
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{length}\r\n")
        );
        var piece = new byte[1 << 16];
        Array.Fill(piece, (byte)' ');
        try
        {
            while (Sent < Size)
            {
                await stream.WriteAsync(piece);
                Interlocked.Add(ref _sent, piece.Length);
            }
        }
        catch (IOException)
        {
            // The client has had enough, as it should.
        }
    }
}
