using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CloudManager.Agent.Tests.Support;

/// <summary>A cable between agent and platform that can be cut and mended: it carries bytes, or lets no connection live.</summary>
internal sealed class Cable : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _ends = new();
    private readonly Uri _platform;
    private volatile bool _isCut;

    public Cable(Uri platform)
    {
        _platform = platform;
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public void Cut()
    {
        _isCut = true;
        foreach (var end in _ends.Keys)
        {
            end.Dispose();
        }
    }

    public void Mend() => _isCut = false;

    public void Dispose()
    {
        _listener.Dispose();
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(TcpClient agent)
    {
        using (agent)
        using (var platform = new TcpClient())
        {
            (_ends[agent], _ends[platform]) = (true, true);
            try
            {
                if (!_isCut)
                {
                    await platform.ConnectAsync(_platform.Host, _platform.Port);
                    var (one, other) = (agent.GetStream(), platform.GetStream());
                    await Task.WhenAny(one.CopyToAsync(other), other.CopyToAsync(one));
                }
            }
            catch (Exception cut) when (cut is IOException or SocketException or ObjectDisposedException)
            {
                // That is what the cable is for.
            }
            finally
            {
                _ends.TryRemove(agent, out _);
                _ends.TryRemove(platform, out _);
            }
        }
    }
}
