using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.RateLimiting;
using CloudManager.Adapters.Relay;
using CloudManager.Adapters.Relay.Wire;
using CloudManager.Adapters.Sdk;
using CloudManager.Api.Web;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Api.Agents;

/// <summary>
/// Lets an agent in by the key or client certificate that the pool's settings name, and not too often. Which pools
/// there are is not told to whoever has no key: an unknown pool and a wrong key are one answer.
/// </summary>
internal sealed class AgentGate(IPools pools, PoolRelays relays, MachineClock clock) : IDisposable
{
    private const int MessagesPerSecond = 500;
    private const int WrongPerMinute = 60;
    private const int LongestKey = 4000;
    private const string Prefix = $"{RelayContract.Scheme} ";

    private readonly PartitionedRateLimiter<string> _messages = PartitionedRateLimiter.Create<string, string>(pool =>
        RateLimitPartition.GetTokenBucketLimiter(
            pool,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = 2 * MessagesPerSecond,
                TokensPerPeriod = MessagesPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            }
        )
    );

    private readonly PartitionedRateLimiter<string> _wrong = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(
            address,
            _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = WrongPerMinute,
                Window = TimeSpan.FromMinutes(1),
                QueueLimit = 0,
            }
        )
    );

    /// <summary>The relay of the pool and the credential's name; null where a refusal was answered.</summary>
    public async Task<Admitted?> AdmitAsync(HttpContext http, string pool)
    {
        var refused = Find(pool, out var relay);
        if (relay is not null && CredentialOf(http, relay) is { } credential)
        {
            using var turn = _messages.AttemptAcquire(pool);
            if (turn.IsAcquired)
            {
                return new Admitted(relay, credential);
            }

            refused = (StatusCodes.Status429TooManyRequests, AgentRefusals.TooOften);
        }
        else
        {
            using var turn = _wrong.AttemptAcquire(http.Connection.RemoteIpAddress?.ToString() ?? "");
            if (!turn.IsAcquired)
            {
                refused = (StatusCodes.Status429TooManyRequests, AgentRefusals.TooOften);
            }
        }

        await Answers.WriteAsync(http, refused.Status, refused.Refusal);
        return null;
    }

    public void Dispose()
    {
        _messages.Dispose();
        _wrong.Dispose();
    }

    /// <summary>The pool's relay, and the refusal where there is none or the credential does not fit.</summary>
    private (int Status, Refusal Refusal) Find(string pool, out PoolRelay? relay)
    {
        relay = null;
        var name = pool.Length > 40 ? pool[..40] : pool;
        var unknown = (StatusCodes.Status401Unauthorized, AgentRefusals.Unknown(name));
        if (!pools.TryFind(new PoolId(pool), out var declared) || declared.Adapter != AgentAdapterFactory.KindName)
        {
            return unknown;
        }

        try
        {
            // Opening it makes its relay.
            pools.Open(declared.Id);
            relay = relays.Find(pool);
            return unknown;
        }
        catch (AdapterException)
        {
            return (StatusCodes.Status503ServiceUnavailable, AgentRefusals.Closed(name));
        }
    }

    private string? CredentialOf(HttpContext http, PoolRelay relay)
    {
        var header = http.Request.Headers.Authorization;
        if (header is [{ Length: <= LongestKey } text] && text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return relay.NameOfKey(text[Prefix.Length..].Trim());
        }

        if (!relay.TakesCertificates)
        {
            return null;
        }

        using var forwarded = ForwardedTo(http, relay);
        var shown = forwarded ?? http.Connection.ClientCertificate;
        var now = clock.Now.UtcDateTime;
        return shown is not null && shown.NotBefore.ToUniversalTime() <= now && now <= shown.NotAfter.ToUniversalTime()
            ? relay.NameOfCertificate(SHA256.HashData(shown.RawDataMemory.Span))
            : null;
    }

    /// <summary>The certificate a proxy saw, where the settings name that proxy; it is the proxy that proved who holds the key.</summary>
    private static X509Certificate2? ForwardedTo(HttpContext http, PoolRelay relay)
    {
        if (
            relay.Forwarded is not { } forwarded
            || http.Connection.RemoteIpAddress is not { } from
            || !forwarded.From.Any(proxy => proxy.Equals(from) || proxy.Equals(from.MapToIPv4()))
            || http.Request.Headers[forwarded.Header] is not [{ Length: > 0 } text]
        )
        {
            return null;
        }

        try
        {
            var pem = Uri.UnescapeDataString(text);
            return pem.StartsWith("-----BEGIN", StringComparison.Ordinal)
                ? X509Certificate2.CreateFromPem(pem)
                : X509CertificateLoader.LoadCertificate(Convert.FromBase64String(pem));
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }
    }
}

/// <summary>An agent that was let in.</summary>
internal sealed record Admitted(PoolRelay Relay, string Credential);
