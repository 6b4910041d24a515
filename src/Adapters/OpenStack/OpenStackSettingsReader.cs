using System.Net;
using System.Text.Json;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack;

/// <summary>Reads an OpenStack pool's settings and lists everything wrong with them.</summary>
internal static class OpenStackSettingsReader
{
    private static readonly Uri Nowhere = new("http://invalid.invalid/v3");

    /// <summary>The settings; usable only if no fault was added.</summary>
    public static OpenStackSettings Read(JsonElement settings, List<SettingFault> faults)
    {
        if (!SettingsCursor.IsObject(settings, "", faults))
        {
            return new OpenStackSettings
            {
                AuthUrl = Nowhere,
                Region = "",
                Credential = NoCredential(),
            };
        }

        var cursor = new SettingsCursor(settings, "", faults);
        var read = new OpenStackSettings
        {
            AuthUrl = AuthUrl(cursor),
            Region = cursor.Needed("region", "the name of a region, e.g. RegionOne"),
            Interface = cursor.OneOf("interface", "public", "internal", "admin"),
            Credential = Credential(cursor),
            CaFile = cursor.Text("caFile", "the path of a PEM file"),
            Network = cursor.Text("network", "the name or id of a network"),
            ExternalNetwork = cursor.Text("externalNetwork", "the name or id of a network"),
            SecurityGroup = SecurityGroupReader.Read(cursor),
            AvailabilityZone = cursor.Text("availabilityZone", "the name of an availability zone"),
            Metering = Metering(cursor.Inner("metering")),
        };
        cursor.RefuseRest();
        return read;
    }

    private static Uri AuthUrl(SettingsCursor cursor)
    {
        const string Expected = "Keystone's v3 address, e.g. https://cloud.example:5000/v3";
        var text = cursor.Needed("authUrl", Expected);
        if (text.Length == 0)
        {
            return Nowhere;
        }

        if (
            Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.AbsolutePath.EndsWith("/v3", StringComparison.Ordinal)
            && uri.UserInfo.Length == 0
            && uri.Query.Length == 0
        )
        {
            return uri;
        }

        cursor.Fault("authUrl", cursor.Raw("authUrl"), Expected);
        return Nowhere;
    }

    private static Credential Credential(SettingsCursor settings)
    {
        const string Expected =
            "an object with username, password and project, or with applicationCredentialId and applicationCredentialSecret";
        var raw = settings.Raw("auth");
        if (raw is null)
        {
            settings.Fault("auth", null, Expected);
            return NoCredential();
        }

        if (settings.Inner("auth") is not { } auth)
        {
            return NoCredential();
        }

        Credential credential = raw.Value.TryGetProperty("applicationCredentialId", out _)
            ? new ApplicationCredential(
                auth.Needed("applicationCredentialId", "the id of an application credential"),
                auth.Needed("applicationCredentialSecret", "a reference to its secret")
            )
            : new PasswordCredential(
                auth.Needed("username", "the name of a user"),
                auth.Text("userDomain", "the name of the user's domain") ?? "Default",
                auth.Needed("password", "a reference to the user's password"),
                auth.Needed("project", "the name of a project"),
                auth.Text("projectDomain", "the name of the project's domain") ?? "Default"
            );
        auth.RefuseRest();
        return credential;
    }

    private static PasswordCredential NoCredential() => new("", "", "", "", "");

    private static MeteringSettings Metering(SettingsCursor? cursor)
    {
        if (cursor is null)
        {
            return new MeteringSettings();
        }

        var read = new MeteringSettings
        {
            GranularitySeconds = cursor.Whole("granularitySeconds", 1, 300, 300),
            ProjectScope = cursor.Flag("projectScope", true),
        };
        if (300 % read.GranularitySeconds != 0)
        {
            cursor.Fault("granularitySeconds", cursor.Raw("granularitySeconds"), "a whole part of 300 seconds");
        }

        cursor.RefuseRest();
        return read;
    }
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
            return settings.Text("securityGroup", "the name or id of a security group") is { } name
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
