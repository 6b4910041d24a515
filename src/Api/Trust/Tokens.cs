using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CloudManager.Api.Trust;

/// <summary>Opaque tokens of 256 random bits. Only their SHA-256 is kept.</summary>
internal static class Tokens
{
    /// <summary>How long a sign-in lasts, on machine time.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(8);

    private const int Bytes = 32;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static string HashOf(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
