using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.OpenStack;

/// <summary>A pool that cannot be used says what is wrong, in words an operator can act on.</summary>
public sealed class ConnectTests
{
    private const string Tokens = "POST /identity/v3/auth/tokens";
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_wrong_password_is_told_as_such_and_never_shown()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Tokens, ScriptedCloud.Unauthorized);

        var failure = await FailureAsync(cloud);

        Assert.Equal(FailureKind.Unauthenticated, failure.Kind);
        Assert.Contains("'demo'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("password is wrong", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(ScriptedCloud.Password, failure.ToString(), StringComparison.Ordinal);
        Assert.NotNull(failure.ProviderRequestId);
    }

    [Fact]
    public async Task A_wrong_project_is_told_apart_from_a_wrong_password()
    {
        await using var cloud = new ScriptedCloud();
        cloud
            .Once(Tokens, ScriptedCloud.Unauthorized)
            .Always(
                "GET /identity/v3/auth/projects",
                new WireAnswer(200, """{"projects": [{"id": "p", "name": "health"}], "links": {}}""")
            );

        var failure = await FailureAsync(cloud);

        Assert.Equal(FailureKind.Unauthenticated, failure.Kind);
        Assert.Contains("password is right", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'demo'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("health", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusals_in_a_row_count_towards_a_lock_out_as_little_as_can_be()
    {
        await using var cloud = new ScriptedCloud();
        cloud.Always(Tokens, ScriptedCloud.Unauthorized);

        await FailureAsync(cloud);
        await FailureAsync(cloud);
        await FailureAsync(cloud);

        Assert.Equal(4, cloud.Count(Tokens));
    }

    [Theory]
    [InlineData("a region nobody knows", "RegionTwo", "public", "RegionTwo", "RegionOne", FailureKind.InvalidRequest)]
    [InlineData("an interface it lacks", "RegionOne", "internal", "internal", "public", FailureKind.Unsupported)]
    public async Task A_catalogue_without_the_place_says_what_it_has(
        string because,
        string region,
        string side,
        string missing,
        string there,
        FailureKind kind
    )
    {
        await using var real = new ScriptedCloud();
        await using var cloud = new ScriptedCloud(
            settings: ScriptedCloud.Settings(real.Address, region: region, side: side)
        );

        var failure = await FailureAsync(cloud);

        Assert.True(kind == failure.Kind, because);
        Assert.Contains(missing, failure.Message, StringComparison.Ordinal);
        Assert.Contains(there, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_catalogue_without_the_service_says_what_it_has()
    {
        await using var cloud = new ScriptedCloud { Services = ["network", "image"] };

        var failure = await FailureAsync(cloud);

        Assert.Equal(FailureKind.Unsupported, failure.Kind);
        Assert.Contains("'compute'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("image, network", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_nobody_listens_on_is_named()
    {
        await using var cloud = new ScriptedCloud(settings: ScriptedCloud.Settings("http://127.0.0.1:1"));

        var failure = await FailureAsync(cloud);

        Assert.Equal(FailureKind.Unavailable, failure.Kind);
        Assert.Contains("127.0.0.1:1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_of_the_settings_that_does_not_exist_is_named()
    {
        await using var real = new ScriptedCloud();
        await using var cloud = new ScriptedCloud(
            settings: ScriptedCloud.Settings(real.Address, externalNetwork: "outside")
        );

        var failure = await FailureAsync(cloud);

        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
        Assert.Contains("'outside'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_is_trusted_through_its_authority_and_not_without()
    {
        using var folder = new TempFolder();
        using var authority = Authority();
        using var server = Server(authority);
        var caFile = folder.File("ca.pem");
        folder.Write("ca.pem", authority.ExportCertificatePem());

        await using var trusted = new ScriptedCloud(server, caFile);
        await trusted.Adapter.CheckAsync(None);

        await using var untrusted = new ScriptedCloud(server);
        var failure = await FailureAsync(untrusted);
        Assert.Equal(FailureKind.Unavailable, failure.Kind);
        Assert.Contains("not trusted", failure.Message, StringComparison.Ordinal);
        Assert.Contains("caFile", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authority_that_did_not_issue_the_certificate_does_not_help()
    {
        using var folder = new TempFolder();
        using var authority = Authority();
        using var other = Authority();
        using var server = Server(authority);
        var caFile = folder.File("ca.pem");
        folder.Write("ca.pem", other.ExportCertificatePem());
        await using var cloud = new ScriptedCloud(server, caFile);

        Assert.Contains("not trusted", (await FailureAsync(cloud)).Message, StringComparison.Ordinal);
    }

    private static Task<AdapterException> FailureAsync(ScriptedCloud cloud) =>
        Assert.ThrowsAsync<AdapterException>(() => cloud.Adapter.CheckAsync(None));

    private static X509Certificate2 Authority()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=private authority",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
    }

    private static X509Certificate2 Server(X509Certificate2 authority)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var signed = request.Create(authority, now.AddDays(-1), now.AddDays(20), [1, 2, 3, 4]);
        using var withKey = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);
    }
}
