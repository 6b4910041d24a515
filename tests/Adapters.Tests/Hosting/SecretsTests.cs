using CloudManager.Adapters.Hosting.Declaration;
using CloudManager.Adapters.Sdk;
using static CloudManager.Adapters.Tests.Hosting.AdaptersJson;

namespace CloudManager.Adapters.Tests.Hosting;

public sealed class SecretsTests
{
    private const string Variable = "CLOUDMANAGER_TEST_SECRET";

    private readonly RecordingFactory _factory = new();

    public SecretsTests() => Environment.SetEnvironmentVariable(Variable, "from-env");

    [Theory]
    [InlineData("password", "\"hunter2\"", "password")]
    [InlineData("admin_password", "\"hunter2\"", "admin_password")]
    [InlineData("clientSecret", "\"hunter2\"", "clientSecret")]
    [InlineData("accessKey", "\"hunter2\"", "accessKey")]
    [InlineData("privateKey", "\"hunter2\"", "privateKey")]
    [InlineData("api-key", "\"hunter2\"", "api-key")]
    [InlineData("token", "\"env:not a name hunter2\"", "token")]
    [InlineData("tokens", "[\"hunter2\"]", "tokens[0]")]
    [InlineData("pin_secret", "42424242", "pin_secret")]
    [InlineData("auth", "{\"password\": \"hunter2\"}", "auth.password")]
    [InlineData("credentials", "{\"user\": \"hunter2\"}", "credentials.user")]
    public async Task A_literal_secret_is_refused_and_never_shown(string name, string value, string path)
    {
        var failure = await RefusedAsync($"\"{name}\": {value}");
        var fault = Assert.Single(failure.Faults);
        Assert.Equal(($"pools[0].settings.{path}", "***"), (fault.Path, fault.Value));
        Assert.Contains("env:NAME, file:PATH or vault:PATH#FIELD", fault.Expected, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("42424242", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_in_an_address_is_refused_and_never_shown()
    {
        var failure = await RefusedAsync("\"endpoint\": \"https://admin:hunter2@cloud.example/v3\"");
        Assert.Equal("pools[0].settings.endpoint", Assert.Single(failure.Faults).Path);
        Assert.DoesNotContain("hunter2", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("env:CLOUDMANAGER_TEST_NOT_SET", "environment variable that is set")]
    [InlineData("file:/nowhere/secret", "a file that can be read")]
    [InlineData("vault:kv/cloud#password", "no vault is configured")]
    public async Task A_reference_that_leads_nowhere_is_a_fault_and_is_shown(string reference, string expected)
    {
        var fault = Assert.Single((await RefusedAsync($"\"password\": \"{reference}\"")).Faults);
        Assert.Equal(("pools[0].settings.password", reference), (fault.Path, fault.Value));
        Assert.Contains(expected, fault.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_beside_settings_or_in_what_the_adapter_refuses_is_never_shown()
    {
        var beside = await FaultsAsync(File(With("\"password\": \"hunter2\"")));
        Assert.Equal("***", Assert.Single(beside.Faults).Value);

        var refused = await FaultsAsync(File(With("\"settings\": {\"password\": {\"a\": [\"hunter2\"]}}")));
        Assert.Equal(2, refused.Faults.Count);
        Assert.DoesNotContain("hunter2", beside.Message + refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_around_a_syntax_error_is_never_shown()
    {
        var failure = await FaultsAsync("""{"pools": [{"settings": {"password": hunter2 } }]}""");
        Assert.DoesNotContain("hunter2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task References_reach_the_adapter_as_secrets_and_stay_references_everywhere_else()
    {
        using var folder = new TempFolder();
        folder.Write("secret/token", "from-file\n");
        var path = folder.Write(
            "adapters.json",
            Recording(
                """
                "password": "env:CLOUDMANAGER_TEST_SECRET", "tokens": ["file:secret/token"], "tokenUrl": "https://a/b",
                "user": "admin", "deep": {"apiKey": "env:CLOUDMANAGER_TEST_SECRET"}, "usePassword": true
                """
            )
        );
        var (pools, _) = await AdaptersFile.LoadAsync(path, [_factory], CancellationToken.None);
        var declared = pools[0].Settings.GetRawText();
        Assert.DoesNotContain("from-", declared, StringComparison.Ordinal);
        Assert.Equal("env:CLOUDMANAGER_TEST_SECRET", pools[0].Settings.GetProperty("password").GetString());

        await using var hosted = Pools.Host(pools, folder, _factory);
        hosted.Open(pools[0].Id);
        var given = Assert.Single(_factory.Given).Settings;
        Assert.Equal("from-env", given.GetProperty("password").GetString());
        Assert.Equal("from-file", given.GetProperty("tokens")[0].GetString());
        Assert.Equal("from-env", given.GetProperty("deep").GetProperty("apiKey").GetString());
        Assert.Equal("https://a/b", given.GetProperty("tokenUrl").GetString());
    }

    [Fact]
    public async Task A_secret_that_is_gone_when_the_pool_is_opened_is_a_failure_of_that_pool_only()
    {
        using var folder = new TempFolder();
        var secret = folder.Write("token", "x");
        var path = folder.Write("adapters.json", Recording("\"token\": \"file:token\""));
        var (pools, _) = await AdaptersFile.LoadAsync(path, [_factory], CancellationToken.None);
        System.IO.File.Delete(secret);
        await using var hosted = Pools.Host(pools, folder, _factory);
        var failure = Assert.Throws<AdapterException>(() => hosted.Open(pools[0].Id));
        Assert.Equal(FailureKind.Unauthenticated, failure.Kind);
        Assert.All(hosted.Capabilities(pools[0].Id), capability => Assert.False(capability.Available));

        folder.Write("token", "y");
        Assert.NotNull(hosted.Open(pools[0].Id));
    }

    private async Task<AdaptersFileException> RefusedAsync(string settings)
    {
        using var folder = new TempFolder();
        var path = folder.Write("adapters.json", Recording(settings));
        return await Assert.ThrowsAsync<AdaptersFileException>(() =>
            AdaptersFile.LoadAsync(path, [_factory], CancellationToken.None)
        );
    }

    private static string Recording(string settings) =>
        File(But("Mock", "Recording").TrimEnd()[..^1] + $", \"settings\": {{{settings}}}}}");
}
