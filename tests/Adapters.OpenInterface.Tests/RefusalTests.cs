using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudManager.Adapters.Sdk;
using CloudManager.Adapters.Tests.OpenStack;

namespace CloudManager.Adapters.OpenInterface.Tests;

/// <summary>What a provider may not do to us, and what people read then.</summary>
public sealed class RefusalTests
{
    private const string Described = """
        {"interface": "cloudmanager-open-interface", "version": "1.7", "cloud": {"name": "C"}, "later": 1,
         "services": {"servers": {"offered": true}, "inventory": {"offered": true}, "usage": {"offered": true},
                      "volumes": {"offered": false, "reason": "no disks today"}}, "limits": {"pageSize": 2}}
        """;

    private static readonly NativeId Id = new("i-1");

    [Fact]
    public async Task Refuses_a_certificate_of_its_own_unless_the_settings_name_it()
    {
        using var certificate = SelfSigned();
        await using var server = new WireServer(Answering(new WireAnswer(200, Described)), certificate);
        await using var strange = OpenPool.At(server.Address);
        var failure = await OpenPool.FailsAsync(FailureKind.Unavailable, () => strange.CheckAsync(OpenPool.None));
        Assert.Equal("certificate", failure.ProviderCode);
        Assert.Contains("is not trusted", failure.Message, StringComparison.Ordinal);
        Assert.Contains("caFile", failure.Message, StringComparison.Ordinal);

        var file = Path.Combine(AppContext.BaseDirectory, $"{Guid.NewGuid():N}.pem");
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem(), OpenPool.None);
        await using var trusted = OpenPool.At(server.Address, $", \"caFile\": \"{file}\"");
        await trusted.CheckAsync(OpenPool.None);
        File.Delete(file);
    }

    [Fact]
    public async Task Refuses_a_redirect_and_takes_no_key_there()
    {
        var visits = 0;
        await using var elsewhere = new WireServer(_ =>
        {
            visits++;
            return Task.FromResult(new WireAnswer(200, Described));
        });
        var moved = new WireAnswer(307, "") { Headers = [("Location", $"{elsewhere.Address}/open/v1")] };
        await using var server = new WireServer(Answering(moved));
        await using var pool = OpenPool.At(server.Address);
        var failure = await OpenPool.FailsAsync(FailureKind.Unavailable, () => pool.CheckAsync(OpenPool.None));
        Assert.Contains(
            $"to '{elsewhere.Address}'; redirects are not followed",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(0, visits);
    }

    [Theory]
    [InlineData("it says so at once", true)]
    [InlineData("it just goes on", false)]
    public async Task Refuses_two_gigabytes_without_taking_them_in(string because, bool announced)
    {
        using var endless = new EndlessServer(announced);
        await using var pool = OpenPool.At(endless.Address);
        var before = GC.GetTotalAllocatedBytes();
        var failure = await OpenPool.FailsAsync(FailureKind.Unavailable, () => pool.CheckAsync(OpenPool.None));
        Assert.True(failure.Message.Contains("more than 32 MiB", StringComparison.Ordinal), $"{because}: {failure}");
        Assert.True(endless.Sent < 64 << 20, $"{because}: {endless.Sent} bytes were sent");
        Assert.True(GC.GetTotalAllocatedBytes() - before < 512L << 20, because);
    }

    [Theory]
    [InlineData("another interface", """{"interface": "other", "version": "1.0"}""", "no open interface")]
    [InlineData("a page of a proxy", """["hello"]""", "no open interface")]
    [InlineData(
        "a later version",
        """{"interface": "cloudmanager-open-interface", "version": "2.0"}""",
        "version '2.0'"
    )]
    [InlineData("no version", """{"interface": "cloudmanager-open-interface"}""", "version ''")]
    [InlineData(
        "a description that does not fit",
        """{"interface": "cloudmanager-open-interface", "version": "1.0", "cloud": 3}""",
        "does not fit"
    )]
    public async Task Refuses_a_provider_it_does_not_know(string because, string body, string words)
    {
        await using var server = new WireServer(Answering(new WireAnswer(200, body)));
        await using var pool = OpenPool.At(server.Address);
        var failure = await OpenPool.FailsAsync(
            FailureKind.Unsupported,
            () => pool.Servers!.DeleteAsync(Id, OpenPool.None)
        );
        Assert.True(failure.Message.Contains(words, StringComparison.Ordinal), $"{because}: {failure.Message}");
    }

    [Theory]
    [InlineData(
        "another server",
        """{"id": "i-2", "name": "a", "state": "active", "size": {"vcpus": 1, "memoryGiB": 1}}""",
        "it shows 'i-2'"
    )]
    [InlineData(
        "an unknown state",
        """{"id": "i-1", "name": "a", "state": "dreaming", "size": {"vcpus": 1, "memoryGiB": 1}}""",
        "state"
    )]
    [InlineData(
        "a size below zero",
        """{"id": "i-1", "name": "a", "state": "active", "size": {"vcpus": -2, "memoryGiB": 1}}""",
        "-2"
    )]
    [InlineData("no size", """{"id": "i-1", "name": "a", "state": "active"}""", "size")]
    [InlineData(
        "a number in quotes",
        """{"id": "i-1", "name": "a", "state": "active", "size": {"vcpus": "1", "memoryGiB": 1}}""",
        "vcpus"
    )]
    [InlineData(
        "a member twice",
        """{"id": "i-1", "id": "i-1", "name": "a", "state": "active", "size": {"vcpus": 1, "memoryGiB": 1}}""",
        "id"
    )]
    [InlineData(
        "an address that is none",
        """{"id": "i-1", "name": "a", "state": "active", "size": {"vcpus": 1, "memoryGiB": 1}, "addresses": ["x"]}""",
        "address"
    )]
    [InlineData(
        "a path as identifier",
        """{"id": "../networks", "name": "a", "state": "active", "size": {"vcpus": 1, "memoryGiB": 1}}""",
        "identifier"
    )]
    [InlineData("a page of a proxy", "<html>hello</html>", "does not fit")]
    public async Task Refuses_an_answer_that_does_not_fit(string because, string body, string words)
    {
        await using var server = new WireServer(Answering(new WireAnswer(200, body)));
        await using var pool = OpenPool.At(server.Address);
        var failure = await OpenPool.FailsAsync(
            FailureKind.Unavailable,
            () => pool.Servers!.GetAsync(Id, OpenPool.None)
        );
        Assert.True(failure.Message.Contains(words, StringComparison.Ordinal), $"{because}: {failure.Message}");
        Assert.True(failure.IsUncertain, because);
    }

    [Theory]
    [InlineData("the same page for ever", "c", "names itself")]
    [InlineData("nothing, and more of it", "", "without items")]
    public async Task Refuses_a_listing_that_does_not_go_on(string because, string mode, string words)
    {
        const string Server = """{"id": "i-1", "name": "a", "state": "active", "size": {"vcpus": 1, "memoryGiB": 1}}""";
        var page = $$"""{"items": [{{(mode.Length > 0 ? Server : "")}}], "next": "c"}""";
        await using var server = new WireServer(Answering(new WireAnswer(200, page)));
        await using var pool = OpenPool.At(server.Address);
        var failure = await OpenPool.FailsAsync(
            FailureKind.Unavailable,
            async () => await pool.Inventory!.ListServersAsync(OpenPool.None).ToListAsync(OpenPool.None)
        );
        Assert.True(failure.Message.Contains(words, StringComparison.Ordinal), $"{because}: {failure.Message}");
    }

    [Theory]
    [InlineData("notFound told by its code", 404, """{"status": 404, "code": "notFound"}""", FailureKind.NotFound)]
    [InlineData("a path that nobody serves proves nothing", 404, "<html>", FailureKind.Unavailable)]
    [InlineData("a code nobody knows", 409, """{"status": 409, "code": "moonPhase"}""", FailureKind.Conflict)]
    [InlineData("the code says more than the status", 409, """{"code": "noCapacity"}""", FailureKind.NoCapacity)]
    [InlineData("the quota", 409, """{"code": "quotaExceeded"}""", FailureKind.QuotaExceeded)]
    [InlineData("values", 422, "", FailureKind.InvalidRequest)]
    [InlineData("the key", 401, "", FailureKind.Unauthenticated)]
    [InlineData("the right", 403, "", FailureKind.Forbidden)]
    [InlineData("too many calls", 429, "", FailureKind.Throttled)]
    [InlineData("an error of theirs", 500, "{}", FailureKind.Unavailable)]
    [InlineData("a gateway", 502, "<html>", FailureKind.Unavailable)]
    public async Task Art16_tells_the_failure_by_its_code(string because, int status, string body, FailureKind kind)
    {
        await using var server = new WireServer(Answering(new WireAnswer(status, body)));
        await using var pool = OpenPool.At(server.Address);
        var failure = await OpenPool.FailsAsync(kind, () => pool.Servers!.GetAsync(Id, OpenPool.None));
        Assert.True(failure.ProviderCode is { Length: > 0 }, because);
    }

    [Fact]
    public async Task Tells_the_providers_code_request_id_and_pause_and_hides_the_key()
    {
        var body = $$"""
            {"code": "throttled", "detail": "key {{OpenPool.Key}} calls too often", "retryAfter": 7, "providerCode": "T-1", "requestId": "r-9"}
            """;
        await using var server = new WireServer(Answering(new WireAnswer(429, body)));
        await using var pool = OpenPool.At(server.Address);
        var failure = await OpenPool.FailsAsync(FailureKind.Throttled, () => pool.Servers!.GetAsync(Id, OpenPool.None));
        Assert.Equal(
            ("T-1", "r-9", TimeSpan.FromSeconds(7)),
            (failure.ProviderCode, failure.ProviderRequestId, failure.RetryAfter)
        );
        Assert.Contains("*** calls too often", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cut before the answer", (int)Cut.BeforeAnswer)]
    [InlineData("cut in the middle", (int)Cut.MidBody)]
    public async Task A_create_whose_answer_is_cut_is_of_unknown_outcome(string because, int cut)
    {
        var broken = new WireAnswer(201, new string(' ', 4_000)) { Cut = (Cut)cut };
        await using var server = new WireServer(Answering(broken));
        await using var pool = OpenPool.At(server.Address);
        var spec = new ServerSpec
        {
            Name = "a",
            Flavour = "f",
            Size = new(1, 1),
            Image = "i",
            SystemDiskGiB = 1,
        };
        var failure = await OpenPool.FailsAsync(
            FailureKind.Unavailable,
            () => pool.Servers!.CreateAsync(spec, new OperationKey("k-1"), OpenPool.None)
        );
        Assert.True(failure.IsUncertain, because);
    }

    [Fact]
    public async Task What_is_not_offered_is_not_called_and_says_why()
    {
        await using var server = new WireServer(Answering(new WireAnswer(200, "{}")));
        await using var pool = OpenPool.At(server.Address);
        var before = pool.Volumes!;
        var failure = await OpenPool.FailsAsync(FailureKind.Unsupported, () => before.GetAsync(Id, OpenPool.None));
        Assert.Contains("no disks today", failure.Message, StringComparison.Ordinal);
        Assert.Null(pool.Volumes);
        Assert.NotNull(pool.Servers);
    }

    /// <summary>Describes itself well, and answers everything else with this.</summary>
    private static Func<WireRequest, Task<WireAnswer>> Answering(WireAnswer answer) =>
        request =>
        {
            Assert.Equal($"Bearer {OpenPool.Key}", request.Headers["Authorization"]);
            var isDescription =
                request.Path == "/open/v1"
                && answer.Status is not 307
                && !answer.Body.Contains("interface", StringComparison.Ordinal)
                && answer.Body is not """["hello"]""";
            return Task.FromResult(isDescription ? new WireAnswer(200, Described) : answer);
        };

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
