using System.Text.Json.Nodes;
using CloudManager.Agent.Tests.Support;

namespace CloudManager.Agent.Tests;

/// <summary>The ways an agent comes: through a proxy, over TLS of a private authority, with a certificate.</summary>
public sealed class WayTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task It_works_through_a_forward_proxy()
    {
        using var proxy = new SmallProxy();
        await using var platform = await TestPlatform.StartAsync();
        await using var site = new TestSite { Factories = [new ScriptedCloud()] };

        await site.StartAsync(platform.Url, change: agent => agent["proxy"] = proxy.Url.ToString());
        await platform.ConnectedAsync();
        await platform.Adapter.CheckAsync(None);

        Assert.True(proxy.Calls >= 2, $"{proxy.Calls} calls");
    }

    [Fact]
    public async Task It_comes_with_a_client_certificate_over_private_tls_through_a_tunnel_and_without_any_key()
    {
        using var authority = Papers.Authority();
        using var server = Papers.Issue(authority, "platform");
        using var client = Papers.Issue(authority, "site-a");
        using var proxy = new SmallProxy();
        await using var platform = await TestPlatform.StartAsync(
            new PlatformTerms { Certificate = server, Client = client }
        );
        await using var site = new TestSite { Factories = [new ScriptedCloud()] };
        Papers.Write(client, site.Folder, "agent");
        await File.WriteAllTextAsync(Path.Combine(site.Folder, "ca.pem"), authority.ExportCertificatePem());

        await site.StartAsync(
            platform.Url,
            change: agent =>
            {
                agent["pools"]![TestPlatform.Pool] = new JsonObject();
                agent["certificate"] = new JsonObject { ["certFile"] = "agent.pem", ["keyFile"] = "agent.key" };
                (agent["caFile"], agent["proxy"]) = ("ca.pem", proxy.Url.ToString());
            }
        );
        await platform.ConnectedAsync().WaitAsync(TimeSpan.FromSeconds(20));
        await platform.Adapter.CheckAsync(None);

        Assert.Equal("site-certificate", platform.Relay.Agents.Single().Credential);
        Assert.True(proxy.Tunnels > 0);
    }

    [Fact]
    public async Task A_certificate_nobody_declared_opens_nothing()
    {
        using var authority = Papers.Authority();
        using var server = Papers.Issue(authority, "platform");
        using var client = Papers.Issue(authority, "site-a");
        using var stranger = Papers.Issue(authority, "site-a");
        await using var platform = await TestPlatform.StartAsync(
            new PlatformTerms { Certificate = server, Client = client }
        );
        await using var site = new TestSite { Factories = [new ScriptedCloud()] };
        Papers.Write(stranger, site.Folder, "agent");
        await File.WriteAllTextAsync(Path.Combine(site.Folder, "ca.pem"), authority.ExportCertificatePem());

        await site.StartAsync(
            platform.Url,
            change: agent =>
            {
                agent["pools"]![TestPlatform.Pool] = new JsonObject();
                agent["certificate"] = new JsonObject { ["certFile"] = "agent.pem", ["keyFile"] = "agent.key" };
                agent["caFile"] = "ca.pem";
            }
        );

        await CrossingTests.UntilAsync(() => site.Log.Contains("refuses with 401", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_platform_whose_certificate_is_not_trusted_is_told_nothing()
    {
        using var authority = Papers.Authority();
        using var server = Papers.Issue(authority, "platform");
        await using var platform = await TestPlatform.StartAsync(new PlatformTerms { Certificate = server });
        var calls = 0;
        platform.OnCall = _ => Interlocked.Increment(ref calls);
        await using var site = new TestSite { Factories = [new ScriptedCloud()] };

        await site.StartAsync(platform.Url);

        await CrossingTests.UntilAsync(() => site.Log.Contains("cannot be reached", StringComparison.Ordinal));
        Assert.Equal(0, calls);
    }

    [Theory]
    [InlineData("the proxy that is named", "127.0.0.1", true)]
    [InlineData("anybody else", "10.0.0.5", false)]
    public async Task A_forwarded_certificate_is_believed_only_from_its_proxy(string because, string from, bool opens)
    {
        using var authority = Papers.Authority();
        using var client = Papers.Issue(authority, "site-a");
        await using var platform = await TestPlatform.StartAsync(
            new PlatformTerms { Client = client, Forwarded = new { header = "X-Client-Cert", from = new[] { from } } }
        );
        using var agent = new AgentWire(platform.Url, key: null)
        {
            Headers = { ["X-Client-Cert"] = Uri.EscapeDataString(client.ExportCertificatePem()) },
        };

        var (status, _) = await agent.LeaseAsync(agent.Lease());

        Assert.True(opens == ((int)status == 200), because);
    }
}
