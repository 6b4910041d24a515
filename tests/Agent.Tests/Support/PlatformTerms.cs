using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CloudManager.Agent.Tests.Support;

/// <summary>How the platform of a test is set.</summary>
internal sealed record PlatformTerms
{
    public TimeProvider? BusinessTime { get; init; }

    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromMinutes(10);

    public int AnswerSeconds { get; init; } = 50;

    public int TakeSeconds { get; init; } = 20;

    public int Queue { get; init; } = 1000;

    /// <summary>The platform's own certificate; null: plain HTTP.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>A client certificate that opens the pools.</summary>
    public X509Certificate2? Client { get; init; }

    public object? Forwarded { get; init; }

    public Dictionary<string, object> SettingsOf(string key)
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        var settings = new Dictionary<string, object>
        {
            ["keys"] = new[] { new { name = "site-key", sha256 = hash } },
            ["answerSeconds"] = AnswerSeconds,
            ["takeSeconds"] = TakeSeconds,
            ["queue"] = Queue,
        };
        if (Client is not null)
        {
            settings["certificates"] = new[]
            {
                new { name = "site-certificate", sha256 = Client.GetCertHashString(HashAlgorithmName.SHA256) },
            };
        }

        if (Forwarded is not null)
        {
            settings["forwardedCertificate"] = Forwarded;
        }

        return settings;
    }
}
