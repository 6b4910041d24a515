using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CloudManager.Agent.Tests.Support;

/// <summary>A forward proxy: tunnels by CONNECT, and calls in absolute form. It counts what goes through it.</summary>
internal sealed class SmallProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private int _tunnels;
    private int _calls;

    public SmallProxy()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public int Tunnels => _tunnels;

    public int Calls => _calls;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var to = new TcpClient();
        using (client)
        {
            try
            {
                var from = client.GetStream();
                var head = await HeadAsync(from);
                var target = head.Split(' ')[1];
                if (head.StartsWith("CONNECT ", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref _tunnels);
                    await to.ConnectAsync(IPEndPoint.Parse(target));
                    await from.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray());
                }
                else
                {
                    // One call a connection, so that each goes by here.
                    Interlocked.Increment(ref _calls);
                    var url = new Uri(target);
                    await to.ConnectAsync(url.Host, url.Port);
                    var passed = head.Replace(target, url.PathAndQuery, StringComparison.Ordinal)
                        .Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal);
                    await to.GetStream().WriteAsync(Encoding.ASCII.GetBytes(passed));
                }

                var up = from.CopyToAsync(to.GetStream());
                await Task.WhenAny(up, to.GetStream().CopyToAsync(from));
            }
            catch (Exception over) when (over is IOException or SocketException or ObjectDisposedException)
            {
                // One of the two has gone.
            }
        }
    }

    private static async Task<string> HeadAsync(NetworkStream from)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await from.ReadAsync(one) == 0)
            {
                throw new IOException("closed");
            }

            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
