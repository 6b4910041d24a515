using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudManager.Adapters.Relay.Wire;
using CloudManager.Agent.Declaration;

namespace CloudManager.Agent.Links;

/// <summary>Makes the connections to the platform: verified TLS, a client certificate, a proxy, private authorities.</summary>
internal static class Transport
{
    /// <summary>More than this no platform answers.</summary>
    private const int LongestAnswer = 8 * RelayContract.LongestMessage;

    /// <exception cref="AgentFileException">A certificate's file cannot be used.</exception>
    public static HttpClient Create(AgentSettings settings)
    {
        var faults = new List<string>();
        var handler = new SocketsHttpHandler
        {
            // A redirect would take the key to another server.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
            // Names move: a platform that was moved is found again without a start.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        };
        if (settings.Proxy is { } proxy)
        {
            handler.Proxy = new WebProxy(proxy);
        }

        if (settings.Certificate is { } pair && ReadOwn(pair, faults) is { } own)
        {
            handler.SslOptions.ClientCertificates = [own];
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => own;
        }

        if (settings.CaFile is { } caFile && ReadAuthorities(caFile, faults) is { } authorities)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                IsTrusted(certificate, chain, errors, authorities);
        }

        if (faults.Count > 0)
        {
            handler.Dispose();
            throw new AgentFileException("agent.json", faults);
        }

        return new HttpClient(handler)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LongestAnswer,
        };
    }

    private static X509Certificate2? ReadOwn((string Certificate, string Key) pair, List<string> faults)
    {
        try
        {
            using var read = X509Certificate2.CreateFromPemFile(pair.Certificate, pair.Key);
            // Some systems take no key that lives in memory only; by way of PKCS#12 all do.
            return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception fault)
            when (fault is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            faults.Add("certificate: expected: certFile and keyFile in PEM that belong together and can be read");
            return null;
        }
    }

    private static X509Certificate2Collection? ReadAuthorities(string caFile, List<string> faults)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(caFile);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            faults.Add($"caFile: expected: a file that can be read: {fault.Message}");
            return null;
        }

        if (authorities.Count == 0)
        {
            faults.Add("caFile: expected: at least one certificate in PEM");
        }

        return authorities;
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
