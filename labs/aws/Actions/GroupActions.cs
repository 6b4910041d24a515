using System.Xml.Linq;
using CloudManager.Labs.Aws.State;
using CloudManager.Labs.Aws.Wire;

namespace CloudManager.Labs.Aws.Actions;

/// <summary>Security groups and their rules.</summary>
internal static class GroupActions
{
    public static IEnumerable<object?> Create(Region region, QueryRequest request)
    {
        var name = request.Needed("GroupName");
        var vpc = Filters.Known(region, region.Vpcs, request.Needed("VpcId"), "InvalidVpcID").Id;
        if (region.Groups.Values.Any(each => each.Vpc == vpc && each.Name == name))
        {
            throw new Refused("InvalidGroup.Duplicate", $"The security group '{name}' already exists for VPC '{vpc}'");
        }

        var group = new GroupThing
        {
            Id = region.NewId("sg"),
            Tags = request.Tags("security-group"),
            MadeAt = region.Now,
            Name = name,
            Vpc = vpc,
        };
        group.Egress.Add(new Permission("-1", null, null, "0.0.0.0/0"));
        region.Groups[group.Id] = group;
        return [Xml.Element("return", true), Xml.Element("groupId", group.Id)];
    }

    public static IEnumerable<object?> Describe(Region region, QueryRequest request)
    {
        var all = Filters
            .Of(region, request, region.Groups, ("GroupId", "InvalidGroup"))
            .Where(group =>
                Filters.Pass(
                    request,
                    group,
                    name =>
                        name switch
                        {
                            "group-id" => group.Id,
                            "group-name" => group.Name,
                            "vpc-id" => group.Vpc,
                            _ => null,
                        }
                )
            );
        return
        [
            Xml.Set(
                "securityGroupInfo",
                all.Select(group =>
                    new object?[]
                    {
                        Xml.Element("ownerId", Region.Account),
                        Xml.Element("groupId", group.Id),
                        Xml.Element("groupName", group.Name),
                        Xml.Element("vpcId", group.Vpc),
                        Rules("ipPermissions", group.Ingress),
                        Rules("ipPermissionsEgress", group.Egress),
                        Xml.Tags(group.Tags),
                    }
                )
            ),
        ];
    }

    public static IEnumerable<object?> Delete(Region region, QueryRequest request)
    {
        var group = Known(region, request);
        if (
            region.Instances.Values.Any(each =>
                each.Groups.Contains(group.Id) && each.State(region.Now) != "terminated"
            )
        )
        {
            throw new Refused("DependencyViolation", $"resource {group.Id} has a dependent object");
        }

        region.Groups.Remove(group.Id);
        return [Xml.Element("return", true)];
    }

    public static IEnumerable<object?> AllowIn(Region region, QueryRequest request) =>
        Allow(Known(region, request).Ingress, request);

    public static IEnumerable<object?> AllowOut(Region region, QueryRequest request) =>
        Allow(Known(region, request).Egress, request);

    private static IEnumerable<object?> Allow(List<Permission> rules, QueryRequest request)
    {
        foreach (var part in request.Parts("IpPermissions"))
        {
            var ranges = part.Parts("IpRanges")
                .Select(range => range.Needed("CidrIp"))
                .Concat(part.Parts("Ipv6Ranges").Select(range => range.Needed("CidrIpv6")));
            foreach (var range in ranges)
            {
                var rule = new Permission(
                    part.Needed("IpProtocol"),
                    part.Number("FromPort"),
                    part.Number("ToPort"),
                    range
                );
                if (rules.Contains(rule))
                {
                    throw new Refused("InvalidPermission.Duplicate", $"the specified rule \"{rule}\" already exists");
                }

                rules.Add(rule);
            }
        }

        return [Xml.Element("return", true)];
    }

    private static GroupThing Known(Region region, QueryRequest request) =>
        Filters.Known(region, region.Groups, request.Needed("GroupId"), "InvalidGroup");

    private static XElement Rules(string name, List<Permission> rules) =>
        Xml.Set(
            name,
            rules.Select(rule =>
                new object?[]
                {
                    Xml.Element("ipProtocol", rule.Protocol),
                    rule.From is { } from ? Xml.Element("fromPort", from) : null,
                    rule.To is { } to ? Xml.Element("toPort", to) : null,
                    Xml.Element("groups"),
                    rule.Range.Contains(':', StringComparison.Ordinal)
                        ? Xml.Set(
                            "ipv6Ranges",
                            [
                                [Xml.Element("cidrIpv6", rule.Range)],
                            ]
                        )
                        : Xml.Set(
                            "ipRanges",
                            [
                                [Xml.Element("cidrIp", rule.Range)],
                            ]
                        ),
                }
            )
        );
}
