using System.Buffers.Binary;
using System.Net;

namespace CloudManager.Adapters.Mock.State;

/// <summary>The IPv4 addresses of a network and which of them are taken.</summary>
internal sealed class AddressRange
{
    private readonly HashSet<uint> _taken = [];
    private readonly uint _first;
    private readonly uint _count;
    private uint _next;

    /// <param name="network">The network; its first two and its last address are not given out.</param>
    public AddressRange(IPNetwork network)
    {
        _first = Number(network.BaseAddress) + 2;
        _count = (uint)((1UL << (32 - network.PrefixLength)) - 3);
    }

    /// <summary>An address nobody has; null if all are taken. It stays free until it is marked.</summary>
    public string? Free()
    {
        if (_taken.Count >= _count)
        {
            return null;
        }

        while (_taken.Contains(_first + _next))
        {
            _next = (_next + 1) % _count;
        }

        return Text(_first + _next);
    }

    public void Mark(string address)
    {
        if (IPAddress.TryParse(address, out var parsed))
        {
            _taken.Add(Number(parsed));
        }
    }

    public void Release(string address)
    {
        if (IPAddress.TryParse(address, out var parsed))
        {
            _taken.Remove(Number(parsed));
        }
    }

    private static uint Number(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    private static string Text(uint number) =>
        $"{number >> 24}.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}";
}
