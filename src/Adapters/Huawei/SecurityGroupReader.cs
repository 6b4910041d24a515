using System.Net;
using System.Text.Json;

namespace CloudManager.Adapters.Huawei;

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
