using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace CloudManager.Api.Trust;

/// <summary>Hashes and verifies passwords with the framework's hasher.</summary>
internal sealed class Passwords
{
    public const int Shortest = 12;
    public const int Longest = 128;
    private static readonly PasswordHasher<string> Hasher = new();

    // Verified against where there is no account, so that an unknown one costs the same time.
    private readonly string _nobody = Hasher.HashPassword("", Random());

    public string Hash(string account, string password) => Hasher.HashPassword(account, password);

    /// <summary>Whether the password is right; against no hash it never is.</summary>
    public bool Verify(string account, string? hash, string password) =>
        Hasher.VerifyHashedPassword(account, hash ?? _nobody, password) != PasswordVerificationResult.Failed
        && hash is not null;

    /// <summary>A password to be used once, 120 random bits.</summary>
    public static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(15));
}
