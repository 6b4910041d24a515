using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace CloudManager.Adapters.Relay;

/// <summary>The settings of a pool that is reached through agents.</summary>
internal sealed record RelaySettings
{
    /// <summary>What opens the pool to an agent.</summary>
    public required IReadOnlyList<Credential> Credentials { get; init; }

    /// <summary>Where a client certificate may come from besides the connection itself; null: from nowhere.</summary>
    public ForwardedCertificate? Forwarded { get; init; }

    /// <summary>The most calls waiting and under way, 1 to 10,000.</summary>
    public int Queue { get; init; } = 1000;

    /// <summary>How long a call may wait until an agent takes it, 1 to 600 s.</summary>
    public TimeSpan TakeWithin { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a call may take in all, or a listing from one part to the next, 1 to 600 s.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(50);
}

/// <summary>What opens one pool to an agent: the hash of a key, or of a client certificate.</summary>
/// <param name="Name">What people know it by.</param>
/// <param name="Sha256">The SHA-256 of the key's UTF-8 text, or of the certificate's DER bytes.</param>
/// <param name="IsCertificate">Which of the two.</param>
internal sealed record Credential(string Name, byte[] Sha256, bool IsCertificate)
{
    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    public bool Opens(byte[] sha256) => CryptographicOperations.FixedTimeEquals(sha256, Sha256);
}

/// <summary>A proxy that ends TLS and tells the client's certificate in a header.</summary>
/// <param name="Header">The header: PEM, escaped as a URL is, or the DER in base64.</param>
/// <param name="From">The proxy's addresses: from others the header is not looked at.</param>
public sealed record ForwardedCertificate(string Header, IReadOnlyList<IPAddress> From);
