using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace CloudManager.Labs.Huawei.State;

/// <summary>Arithmetic of IPv4 ranges.</summary>
internal static class Cidrs
{
    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
    ];

    public static uint Number(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    public static string Address(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes).ToString();
    }

    /// <summary>A private range without host bits; null if it is none.</summary>
    public static IPNetwork? PrivateRange(string? text) =>
        text is not null
        && IPNetwork.TryParse(text, out var range)
        && range.BaseAddress.AddressFamily == AddressFamily.InterNetwork
        && text == range.ToString()
        && Array.Exists(Private, all => Holds(all, range))
            ? range
            : null;

    public static bool Holds(IPNetwork outer, IPNetwork inner) =>
        inner.PrefixLength >= outer.PrefixLength && outer.Contains(inner.BaseAddress);

    public static bool Overlap(IPNetwork a, IPNetwork b) => a.Contains(b.BaseAddress) || b.Contains(a.BaseAddress);
}
