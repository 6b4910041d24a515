using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws.Tests;

/// <summary>Every fault of the settings is told with its path, and no key with it.</summary>
public sealed class SettingsTests
{
    private const string Least =
        "\"region\": \"cn-north-1\", \"accessKey\": \"AK\", \"secretKey\": \"SK\", \"subnet\": \"subnet-1\"";

    public static TheoryData<string, string, string> Wrong() =>
        new()
        {
            { "no region", """{"accessKey": "AK", "secretKey": "SK", "subnet": "s"}""", "region" },
            { "a region with a space", Least.Replace("cn-north-1", "cn north", StringComparison.Ordinal), "region" },
            { "no access key", """{"region": "r", "secretKey": "SK", "subnet": "s"}""", "accessKey" },
            { "an empty secret key", Least.Replace("\"SK\"", "\"\"", StringComparison.Ordinal), "secretKey" },
            { "no subnet", """{"region": "r", "accessKey": "AK", "secretKey": "SK"}""", "subnet" },
            { "an endpoint of another scheme", $"{Least}, \"endpoint\": \"ftp://cloud\"", "endpoint" },
            { "an endpoint with a password", $"{Least}, \"endpoint\": \"https://a:b@cloud\"", "endpoint" },
            { "a relative endpoint", $"{Least}, \"monitoringEndpoint\": \"cloud\"", "monitoringEndpoint" },
            { "an unknown source of metrics", $"{Least}, \"metrics\": \"ces\"", "metrics" },
            { "a number for a flag", $"{Least}, \"internetGateway\": 1", "internetGateway" },
            { "a list with a number", $"{Least}, \"imageOwners\": [1]", "imageOwners" },
            { "a text for a list", $"{Least}, \"volumeTypes\": \"gp3\"", "volumeTypes" },
            { "a member nobody knows", $"{Least}, \"keys\": 1", "keys" },
            { "a group without a name", $"{Least}, \"securityGroup\": {{}}", "securityGroup.name" },
            {
                "ports the wrong way round",
                $"{Least}, \"securityGroup\": {{\"name\": \"g\", \"rules\": [{{\"protocol\": \"tcp\", \"ports\": \"9-2\"}}]}}",
                "securityGroup.rules[0].ports"
            },
            {
                "ports of any protocol",
                $"{Least}, \"securityGroup\": {{\"name\": \"g\", \"rules\": [{{\"ports\": \"22\"}}]}}",
                "securityGroup.rules[0].ports"
            },
            {
                "a range that is none",
                $"{Least}, \"securityGroup\": {{\"name\": \"g\", \"rules\": [{{\"from\": \"all\"}}]}}",
                "securityGroup.rules[0].from"
            },
            { "no object", "[]", "" },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_fault_is_told_with_its_path(string because, string settings, string path)
    {
        var faults = Faults(settings);

        Assert.True(faults.Any(fault => fault.Path == path), $"{because}: {string.Join("; ", faults)}");
        Assert.All(faults, fault => Assert.NotEmpty(fault.Expected));
    }

    [Fact]
    public void The_least_and_the_most_that_may_be_said_is_taken()
    {
        Assert.Empty(Faults(Least));
        Assert.Empty(
            Faults(
                $$"""
                {{Least}}, "endpoint": "https://ec2.cloud.example:8443", "monitoringEndpoint": "http://10.0.0.1:8000/",
                "sessionToken": "T", "vpc": "gov", "availabilityZone": "cn-north-1a", "systemDiskType": "gp3",
                "volumeTypes": ["gp3"], "imageOwners": ["self", "amazon"], "images": ["ami-1"], "internetGateway": true,
                "metrics": "none", "caFile": "ca.pem",
                "securityGroup": {"name": "g", "rules": [
                  {"direction": "egress", "protocol": "udp", "ports": "53", "from": "2001:db8::/32"}]}
                """
            )
        );
    }

    [Fact]
    public void A_key_that_is_no_text_is_not_shown()
    {
        var faults = Faults(Least.Replace("\"SK\"", "123456", StringComparison.Ordinal));

        Assert.Equal("***", Assert.Single(faults).Value);
    }

    [Theory]
    [InlineData("China has its own domain", "", "https://monitoring.cn-north-1.amazonaws.com.cn/")]
    [InlineData("elsewhere", "\"region\": \"eu-west-1\"", "https://monitoring.eu-west-1.amazonaws.com/")]
    [InlineData("keys are sent nowhere else", "\"endpoint\": \"https://ec2.cloud.example\"", null)]
    [InlineData(
        "told",
        "\"endpoint\": \"https://a.example\", \"monitoringEndpoint\": \"https://b.example\"",
        "https://b.example/"
    )]
    [InlineData("switched off", "\"metrics\": \"none\"", null)]
    public async Task Measures_are_read_where_the_settings_lead(string because, string more, string? address)
    {
        var text = more.Contains("region", StringComparison.Ordinal)
            ? $"{{{more}, {Least[(Least.IndexOf(',', StringComparison.Ordinal) + 1)..]}}}"
            : $"{{{Least}{(more.Length > 0 ? "," : "")} {more}}}";
        var element = JsonDocument.Parse(text).RootElement;
        var settings = AwsSettingsReader.Read(element, []);
        await using var adapter = new AwsAdapterFactory().Create(
            new AdapterContext("p", element, ".", TimeProvider.System, TimeProvider.System)
        );

        Assert.True(address == settings.Monitoring?.ToString(), $"{because}: {settings.Monitoring}");
        Assert.Equal(address is not null, adapter.Usage is not null);
        Assert.Contains(adapter.Info.Notes, note => note.Capability == "usage");
    }

    [Fact]
    public void A_missing_file_of_authorities_is_told_when_the_pool_is_opened()
    {
        var element = JsonDocument.Parse($"{{{Least}, \"caFile\": \"nowhere.pem\"}}").RootElement;

        var failure = Assert.Throws<AdapterException>(() =>
            new AwsAdapterFactory().Create(
                new AdapterContext("p", element, Path.GetTempPath(), TimeProvider.System, TimeProvider.System)
            )
        );

        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
        Assert.Contains("nowhere.pem", failure.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<SettingFault> Faults(string settings) =>
        new AwsAdapterFactory().Validate(
            JsonDocument
                .Parse(settings.TrimStart() is ['{', ..] or ['[', ..] ? settings : $"{{{settings}}}")
                .RootElement
        );
}
