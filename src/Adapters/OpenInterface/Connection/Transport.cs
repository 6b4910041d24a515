using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenInterface.Connection;

/// <summary>Makes the connections to one cloud, which trust the authorities of its caFile besides the system's.</summary>
internal static class Transport
{
    public static SocketsHttpHandler Create(string? caFile, bool useProxy)
    {
        var transport = new SocketsHttpHandler
        {
            // A redirect would take the key to another server.
            AllowAutoRedirect = false,
            UseProxy = useProxy,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            // Their servers close idle connections without a word; ours are given up before.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
        };
        if (caFile is not null)
        {
            var authorities = Read(caFile);
            transport.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                IsTrusted(certificate, chain, errors, authorities);
        }

        return transport;
    }

    /// <exception cref="AdapterException">The file cannot be read or holds no certificate.</exception>
    private static X509Certificate2Collection Read(string caFile)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(caFile);
            return authorities.Count > 0
                ? authorities
                : throw new AdapterException(
                    FailureKind.InvalidRequest,
                    $"The caFile '{Path.GetFileName(caFile)}' holds no certificate in PEM."
                );
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new AdapterException(
                FailureKind.InvalidRequest,
                $"The caFile '{Path.GetFileName(caFile)}' cannot be read: {fault.Message}"
            );
        }
    }

    /// <summary>A certificate the system does not trust is good if only its root was missing, and that is ours.</summary>
    private static bool IsTrusted(
        X509Certificate? certificate,
        X509Chain? sent,
        SslPolicyErrors errors,
        X509Certificate2Collection authorities
    )
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 server)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in sent?.ChainElements.AsEnumerable() ?? [])
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(server);
    }
}
