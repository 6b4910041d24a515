using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Tests;

/// <summary>Every fault of the settings is told with its path, and no secret with it.</summary>
public sealed class SettingsTests
{
    private const string Right = """
        {"region": "cn-north-4", "accessKey": "env:HW_AK", "secretKey": "env:HW_SK"}
        """;

    [Theory]
    [InlineData("the least there can be", Right)]
    [InlineData(
        "all there is",
        """
            {"region": "cn-north-4", "accessKey": "env:A", "secretKey": "env:S", "securityToken": "env:T",
             "projectId": "0123456789abcdef0123456789abcdef", "projectName": "cn-north-4_gov", "domainId": "d",
             "endpoints": {"iam": "https://iam-pub.cloud.example:443", "ecs": "http://127.0.0.1:18080", "evs": "https://e/x",
                           "vpc": "https://v", "ims": "https://i", "ces": "https://c"},
             "signer": "SDK-HMAC-SHA256-scoped", "caFile": "ca.pem", "serverCreate": "v1.1", "evsStyle": "cinder",
             "vpc": "vpc-a", "subnet": "subnet-a", "availabilityZone": "az1", "enterpriseProject": "0", "metrics": "none",
             "securityGroup": {"name": "g", "rules": [{"direction": "ingress", "protocol": "tcp", "ports": "22-22", "from": "10.0.0.0/8"}]},
             "address": {"type": "5_bgp", "shareType": "WHOLE", "chargeMode": "traffic", "bandwidthId": "b"}, "systemDiskType": "SSD"}
            """
    )]
    public void Right_settings_have_no_fault(string because, string settings) =>
        Assert.True(Faults(settings).Count == 0, $"{because}: {string.Join("; ", Faults(settings))}");

    [Theory]
    [InlineData("no object", "[]", "")]
    [InlineData("region missing", """{"accessKey": "a", "secretKey": "s"}""", "region")]
    [InlineData(
        "region goes into host names",
        """{"region": "x.evil.example/", "accessKey": "a", "secretKey": "s"}""",
        "region"
    )]
    [InlineData("no access key", """{"region": "r", "secretKey": "s"}""", "accessKey")]
    [InlineData("no secret key", """{"region": "r", "accessKey": "a"}""", "secretKey")]
    [InlineData("a number as secret", """{"region": "r", "accessKey": "a", "secretKey": 7}""", "secretKey")]
    [InlineData(
        "a name as project id",
        """{"region": "r", "accessKey": "a", "secretKey": "s", "projectId": "gov"}""",
        "projectId"
    )]
    [InlineData(
        "an unknown service",
        """{"region": "r", "accessKey": "a", "secretKey": "s", "endpoints": {"obs": "https://o"}}""",
        "endpoints.obs"
    )]
    [InlineData(
        "no address",
        """{"region": "r", "accessKey": "a", "secretKey": "s", "endpoints": {"ecs": "ecs.example"}}""",
        "endpoints.ecs"
    )]
    [InlineData(
        "an address with a password",
        """{"region": "r", "accessKey": "a", "secretKey": "s", "endpoints": {"ecs": "https://u:p@e"}}""",
        "endpoints.ecs"
    )]
    [InlineData(
        "an address with a query",
        """{"region": "r", "accessKey": "a", "secretKey": "s", "endpoints": {"ecs": "https://e?a=b"}}""",
        "endpoints.ecs"
    )]
    [InlineData(
        "an unknown signer",
        """{"region": "r", "accessKey": "a", "secretKey": "s", "signer": "SM3"}""",
        "signer"
    )]
    [InlineData(
        "an unknown style",
        """{"region": "r", "accessKey": "a", "secretKey": "s", "evsStyle": "v3"}""",
        "evsStyle"
    )]
    [InlineData(
        "an unknown version",
        """{"region": "r", "accessKey": "a", "secretKey": "s", "serverCreate": "v2"}""",
        "serverCreate"
    )]
    [InlineData(
        "shared without a bandwidth",
        """{"region": "r", "accessKey": "a", "secretKey": "s", "address": {"shareType": "WHOLE"}}""",
        "address.bandwidthId"
    )]
    [InlineData(
        "its own and a shared one",
        """{"region": "r", "accessKey": "a", "secretKey": "s", "address": {"bandwidthId": "b"}}""",
        "address.bandwidthId"
    )]
    [InlineData(
        "unknown metrics",
        """{"region": "r", "accessKey": "a", "secretKey": "s", "metrics": "yes"}""",
        "metrics"
    )]
    [InlineData("a blank name", """{"region": "r", "accessKey": "a", "secretKey": "s", "vpc": " "}""", "vpc")]
    [InlineData(
        "ports of no protocol",
        """{"region": "r", "accessKey": "a", "secretKey": "s", "securityGroup": {"name": "g", "rules": [{"ports": "22"}]}}""",
        "securityGroup.rules[0].ports"
    )]
    [InlineData(
        "an unknown member",
        """{"region": "r", "accessKey": "a", "secretKey": "s", "regoin": "x"}""",
        "regoin"
    )]
    public void A_fault_is_told_with_its_path(string because, string settings, string path)
    {
        var faults = Faults(settings);

        Assert.True(faults.Any(fault => fault.Path == path), $"{because}: {string.Join("; ", faults)}");
        Assert.All(faults, fault => Assert.False(string.IsNullOrWhiteSpace(fault.Expected)));
    }

    [Fact]
    public void All_faults_are_told_at_once() =>
        Assert.Equal(
            ["accessKey", "endpoints.ces", "region", "signer"],
            Faults("""{"secretKey": "s", "endpoints": {"ces": 5}, "signer": "x"}""").Select(it => it.Path).Order()
        );

    [Fact]
    public void What_may_be_a_secret_is_not_shown() =>
        Assert.Equal(
            "***",
            Assert.Single(Faults("""{"region": "r", "accessKey": "a", "secretKey": ["open-secret"]}""")).Value
        );

    [Fact]
    public void Wrong_settings_make_no_adapter()
    {
        var context = new AdapterContext(
            "hw",
            JsonDocument.Parse("{}").RootElement,
            ".",
            TimeProvider.System,
            TimeProvider.System
        );

        var failure = Assert.Throws<AdapterException>(() => new HuaweiAdapterFactory().Create(context));

        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
    }

    [Theory]
    [InlineData("cn-north-4", "ecs", "https://ecs.cn-north-4.myhuaweicloud.com/")]
    [InlineData("cn-north-4", "iam", "https://iam.cn-north-4.myhuaweicloud.com/")]
    [InlineData("eu-west-101", "iam", "https://iam.eu-west-101.myhuaweicloud.eu/")]
    public void The_public_clouds_addresses_follow_from_the_region(string region, string service, string address)
    {
        var settings = new HuaweiSettings { Region = region, Keys = new Signing.AccessKeys("a", "s", null) };

        Assert.Equal(address, CloudServices.Root(service, settings).ToString());
    }

    private static IReadOnlyList<SettingFault> Faults(string settings) =>
        new HuaweiAdapterFactory().Validate(JsonDocument.Parse(settings).RootElement);
}
