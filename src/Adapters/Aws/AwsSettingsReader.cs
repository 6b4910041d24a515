using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Aws;

/// <summary>Reads a pool's settings and lists everything wrong with them.</summary>
internal static partial class AwsSettingsReader
{
    /// <summary>The settings; usable only if no fault was added.</summary>
    public static AwsSettings Read(JsonElement settings, List<SettingFault> faults)
    {
        if (!SettingsCursor.IsObject(settings, "", faults))
        {
            return new AwsSettings
            {
                Region = "",
                AccessKey = "",
                SecretKey = "",
                Subnet = "",
            };
        }

        var cursor = new SettingsCursor(settings, "", faults);
        var read = new AwsSettings
        {
            Region = Region(cursor),
            Endpoint = Address(cursor, "endpoint"),
            MonitoringEndpoint = Address(cursor, "monitoringEndpoint"),
            AccessKey = cursor.Needed("accessKey", "a reference to the access key id, e.g. env:AWS_AK"),
            SecretKey = cursor.Needed("secretKey", "a reference to the secret access key, e.g. env:AWS_SK"),
            SessionToken = cursor.Text("sessionToken", "a reference to the token of temporary keys"),
            Vpc = cursor.Text("vpc", "the id or Name tag of a VPC"),
            Subnet = cursor.Needed("subnet", "the id or Name tag of the subnet of servers that name no network"),
            SecurityGroup = SecurityGroupReader.Read(cursor),
            AvailabilityZone = cursor.Text("availabilityZone", "the zone of the subnet, e.g. cn-north-1a"),
            SystemDiskType = cursor.Text("systemDiskType", "a volume type, e.g. gp3"),
            VolumeTypes = cursor.Texts("volumeTypes", "a list of volume types, e.g. gp3"),
            ImageOwners = cursor.Texts("imageOwners", "a list of owners: self, amazon or account numbers"),
            Images = cursor.Texts("images", "a list of image ids, e.g. ami-0123456789abcdef0"),
            InternetGateway = cursor.Flag("internetGateway", false),
            ReadsMetrics = cursor.OneOf("metrics", "cloudwatch", "none") == "cloudwatch",
            CaFile = cursor.Text("caFile", "the path of a PEM file"),
        };
        cursor.RefuseRest();
        return read;
    }

    private static string Region(SettingsCursor cursor)
    {
        const string Expected = "the name of a region, e.g. cn-north-1";
        var region = cursor.Needed("region", Expected);
        if (region.Length > 0 && !RegionShape().IsMatch(region))
        {
            cursor.Fault("region", cursor.Raw("region"), Expected);
        }

        return region;
    }

    private static Uri? Address(SettingsCursor cursor, string name)
    {
        const string Expected =
            "an http or https address without user, query and fragment, e.g. https://ec2.cloud.example";
        if (cursor.Text(name, Expected) is not { } text)
        {
            return null;
        }

        if (
            Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.UserInfo.Length == 0
            && uri.Query.Length == 0
            && uri.Fragment.Length == 0
        )
        {
            return uri;
        }

        cursor.Fault(name, cursor.Raw(name), Expected);
        return null;
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9-]{0,39}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RegionShape();
}

/// <summary>Reads the security group: a name, or an object with name and rules.</summary>
internal static class SecurityGroupReader
{
    public static SecurityGroupSettings? Read(SettingsCursor settings)
    {
        if (settings.Raw("securityGroup") is not { } raw)
        {
            return null;
        }

        if (raw.ValueKind == JsonValueKind.String)
        {
            return settings.Text("securityGroup", "the name of a security group") is { } name
                ? new SecurityGroupSettings(name, null)
                : null;
        }

        if (settings.Inner("securityGroup") is not { } cursor)
        {
            return null;
        }

        var group = new SecurityGroupSettings(
            cursor.Needed("name", "the name of the security group"),
            [.. Rules(cursor)]
        );
        cursor.RefuseRest();
        return group;
    }

    private static IEnumerable<SecurityRuleSettings> Rules(SettingsCursor group)
    {
        if (group.Raw("rules") is not { } rules)
        {
            yield break;
        }

        if (rules.ValueKind != JsonValueKind.Array)
        {
            group.Fault("rules", rules, "a list of rules");
            yield break;
        }

        foreach (var (index, rule) in rules.EnumerateArray().Index())
        {
            var path = group.PathOf($"rules[{index}]");
            if (SettingsCursor.IsObject(rule, path, group.Faults))
            {
                yield return Rule(new SettingsCursor(rule, path, group.Faults));
            }
        }
    }

    private static SecurityRuleSettings Rule(SettingsCursor cursor)
    {
        var direction = cursor.OneOf("direction", "ingress", "egress");
        var protocol = cursor.OneOf("protocol", "any", "tcp", "udp", "icmp");
        var ports = cursor.Text("ports", "a port or a range of ports, e.g. 22-22");
        var (first, last) = ports is null ? (null, null) : Ports(cursor, ports, protocol);
        var from = cursor.Text("from", "a range, e.g. 10.0.0.0/8") ?? "0.0.0.0/0";
        if (!IPNetwork.TryParse(from, out _))
        {
            cursor.Fault("from", cursor.Raw("from"), "a range, e.g. 10.0.0.0/8");
        }

        cursor.RefuseRest();
        return new SecurityRuleSettings(direction, protocol == "any" ? null : protocol, first, last, from);
    }

    private static (int? First, int? Last) Ports(SettingsCursor cursor, string text, string protocol)
    {
        var parts = text.Split('-');
        if (
            parts.Length <= 2
            && ushort.TryParse(parts[0], out var first)
            && ushort.TryParse(parts[^1], out var last)
            && first >= 1
            && first <= last
            && protocol is "tcp" or "udp"
        )
        {
            return (first, last);
        }

        cursor.Fault(
            "ports",
            cursor.Raw("ports"),
            "for tcp or udp, a port or a range of ports from 1 to 65535, e.g. 22-22"
        );
        return (null, null);
    }
}
