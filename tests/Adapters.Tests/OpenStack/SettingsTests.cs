using System.Text.Json;
using CloudManager.Adapters.OpenStack;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Tests.OpenStack;

/// <summary>Wrong settings are listed with path and expectation, all at once, and no secret is shown.</summary>
public sealed class SettingsTests
{
    private const string Good = """
        {"authUrl": "https://cloud.example:5000/v3", "region": "RegionOne", "interface": "internal",
         "auth": {"username": "u", "userDomain": "Default", "password": "p", "project": "demo", "projectDomain": "Default"},
         "caFile": "ca.pem", "network": "n", "externalNetwork": "x", "availabilityZone": null,
         "securityGroup": {"name": "cloudmanager", "rules": [
           {"direction": "ingress", "protocol": "tcp", "ports": "22-22", "from": "0.0.0.0/0"},
           {"protocol": "icmp"}, {"protocol": "udp", "ports": "53"}, {"direction": "egress"}]},
         "metering": {"granularitySeconds": 60, "projectScope": false}}
        """;

    private const string Least = """
        {"authUrl": "http://cloud.example/identity/v3/", "region": "R", "securityGroup": "web",
         "auth": {"applicationCredentialId": "i", "applicationCredentialSecret": "s"}}
        """;

    [Theory]
    [InlineData("all members", Good)]
    [InlineData("the least there is", Least)]
    public void Accepts(string because, string settings) =>
        Assert.True(Validate(settings).Count == 0, $"{because}: {string.Join(", ", Validate(settings))}");

    [Theory]
    [InlineData("nothing at all", "{}", "authUrl", "region", "auth")]
    [InlineData("not an object", "[]", "")]
    [InlineData("v2 of Keystone", """{"authUrl": "http://c/v2.0"}""", "authUrl", "region", "auth")]
    [InlineData("a file's address", """{"authUrl": "file:///v3"}""", "authUrl", "region", "auth")]
    [InlineData("a password in the address", """{"authUrl": "http://u:p@c/v3"}""", "authUrl", "region", "auth")]
    [InlineData("no user", """{"auth": {}}""", "authUrl", "region", "auth.username", "auth.password", "auth.project")]
    [InlineData(
        "half an application credential",
        """{"auth": {"applicationCredentialId": "i", "username": "u"}}""",
        "authUrl",
        "region",
        "auth.applicationCredentialSecret",
        "auth.username"
    )]
    [InlineData("another interface", """{"interface": "private"}""", "authUrl", "region", "interface", "auth")]
    [InlineData("an unknown member", """{"tenant": "x"}""", "authUrl", "region", "auth", "tenant")]
    [InlineData(
        "wrong rules",
        """{"securityGroup": {"rules": [{"protocol": "gre", "ports": "99999", "from": "here", "to": 1}, 3]}}""",
        "authUrl",
        "region",
        "auth",
        "securityGroup.name",
        "securityGroup.rules[0].protocol",
        "securityGroup.rules[0].ports",
        "securityGroup.rules[0].from",
        "securityGroup.rules[0].to",
        "securityGroup.rules[1]"
    )]
    [InlineData(
        "a granularity that divides no slot",
        """{"metering": {"granularitySeconds": 70}}""",
        "authUrl",
        "region",
        "auth",
        "metering.granularitySeconds"
    )]
    public void Refuses_with_every_path(string because, string settings, params string[] paths)
    {
        var faults = Validate(settings);

        Assert.True(
            paths.Order(StringComparer.Ordinal).SequenceEqual(faults.Select(f => f.Path).Order(StringComparer.Ordinal)),
            $"{because}: {string.Join("; ", faults)}"
        );
        Assert.All(faults, fault => Assert.NotEmpty(fault.Expected));
    }

    [Fact]
    public void Shows_no_value_of_the_credentials()
    {
        var faults = Validate("""{"auth": {"password": 12345678, "username": ["hunter2"], "secret": "hunter3"}}""");

        Assert.Contains(faults, fault => fault.Path == "auth.secret");
        Assert.DoesNotContain(
            faults,
            fault =>
                fault.Value is { } value
                && (
                    value.Contains("hunter", StringComparison.Ordinal)
                    || value.Contains("1234", StringComparison.Ordinal)
                )
        );
    }

    [Fact]
    public void A_pool_with_wrong_settings_is_not_opened()
    {
        var context = new AdapterContext(
            "p",
            JsonDocument.Parse("{}").RootElement,
            Path.GetTempPath(),
            TimeProvider.System,
            TimeProvider.System
        );

        var failure = Assert.Throws<AdapterException>(() => new OpenStackAdapterFactory().Create(context));

        Assert.Contains("authUrl", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pool_whose_authority_file_is_missing_is_not_opened()
    {
        var settings = JsonSerializer.SerializeToElement(ScriptedCloud.Settings("https://c", "no-such.pem"));
        var context = new AdapterContext("p", settings, Path.GetTempPath(), TimeProvider.System, TimeProvider.System);

        var failure = Assert.Throws<AdapterException>(() => new OpenStackAdapterFactory().Create(context));

        Assert.Contains("no-such.pem", failure.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<SettingFault> Validate(string settings) =>
        new OpenStackAdapterFactory().Validate(JsonDocument.Parse(settings).RootElement);
}
