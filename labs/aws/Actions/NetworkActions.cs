using CloudManager.Labs.Aws.State;
using CloudManager.Labs.Aws.Wire;

namespace CloudManager.Labs.Aws.Actions;

/// <summary>VPCs, subnets and the ways out of them.</summary>
internal static class NetworkActions
{
    public static IEnumerable<object?> CreateVpc(Region region, QueryRequest request)
    {
        if (region.Vpcs.Count >= region.Options.MostVpcs)
        {
            throw new Refused("VpcLimitExceeded", "The maximum number of VPCs has been reached.");
        }

        var vpc = new VpcThing
        {
            Id = region.NewId("vpc"),
            Tags = request.Tags("vpc"),
            MadeAt = region.Now,
            Cidr = Cidr(request),
            ReadyAt = region.Now + region.Options.Settle,
        };
        region.Vpcs[vpc.Id] = vpc;
        return [Xml.Element("vpc", Members(region, vpc))];
    }

    public static IEnumerable<object?> Vpcs(Region region, QueryRequest request)
    {
        var all = Filters
            .Of(region, request, region.Vpcs, ("VpcId", "InvalidVpcID"))
            .Where(vpc =>
                Filters.Pass(
                    request,
                    vpc,
                    name =>
                        name switch
                        {
                            "vpc-id" => vpc.Id,
                            "cidr" => vpc.Cidr,
                            _ => null,
                        }
                )
            );
        var (items, next) = Filters.Page(region, request, all);
        return
        [
            Xml.Set("vpcSet", items.Select(vpc => Members(region, vpc))),
            next is null ? null : Xml.Element("nextToken", next),
        ];
    }

    public static IEnumerable<object?> DeleteVpc(Region region, QueryRequest request)
    {
        var vpc = Vpc(region, request);
        if (
            region.Subnets.Values.Any(each => each.Vpc == vpc.Id)
            || region.Groups.Values.Any(each => each.Vpc == vpc.Id)
            || region.Gateways.Values.Any(each => each.Vpc == vpc.Id)
        )
        {
            throw new Refused("DependencyViolation", $"The vpc '{vpc.Id}' has dependencies and cannot be deleted.");
        }

        region.Vpcs.Remove(vpc.Id);
        return [Xml.Element("return", true)];
    }

    public static IEnumerable<object?> CreateSubnet(Region region, QueryRequest request)
    {
        var vpc = Vpc(region, request);
        var subnet = new SubnetThing
        {
            Id = region.NewId("subnet"),
            Tags = request.Tags("subnet"),
            MadeAt = region.Now,
            Vpc = vpc.Id,
            Cidr = Cidr(request),
            Zone = request.Text("AvailabilityZone") ?? region.Zone,
            ReadyAt = region.Now + region.Options.Settle,
        };
        if (region.Subnets.Values.Any(each => each.Vpc == vpc.Id && each.Cidr == subnet.Cidr))
        {
            throw new Refused("InvalidSubnet.Conflict", $"The CIDR '{subnet.Cidr}' conflicts with another subnet");
        }

        region.Subnets[subnet.Id] = subnet;
        return [Xml.Element("subnet", Members(region, subnet))];
    }

    public static IEnumerable<object?> Subnets(Region region, QueryRequest request)
    {
        var all = Filters
            .Of(region, request, region.Subnets, ("SubnetId", "InvalidSubnetID"))
            .Where(subnet =>
                Filters.Pass(
                    request,
                    subnet,
                    name =>
                        name switch
                        {
                            "subnet-id" => subnet.Id,
                            "vpc-id" => subnet.Vpc,
                            "availability-zone" => subnet.Zone,
                            _ => null,
                        }
                )
            );
        var (items, next) = Filters.Page(region, request, all);
        return
        [
            Xml.Set("subnetSet", items.Select(subnet => Members(region, subnet))),
            next is null ? null : Xml.Element("nextToken", next),
        ];
    }

    public static IEnumerable<object?> DeleteSubnet(Region region, QueryRequest request)
    {
        var subnet = Filters.Known(region, region.Subnets, request.Needed("SubnetId"), "InvalidSubnetID");
        if (region.Instances.Values.Any(each => each.Subnet == subnet.Id && each.State(region.Now) != "terminated"))
        {
            throw new Refused(
                "DependencyViolation",
                $"The subnet '{subnet.Id}' has dependencies and cannot be deleted."
            );
        }

        region.Subnets.Remove(subnet.Id);
        return [Xml.Element("return", true)];
    }

    public static IEnumerable<object?> CreateGateway(Region region, QueryRequest request)
    {
        var gateway = new GatewayThing
        {
            Id = region.NewId("igw"),
            Tags = request.Tags("internet-gateway"),
            MadeAt = region.Now,
        };
        region.Gateways[gateway.Id] = gateway;
        return [Xml.Element("internetGateway", Members(gateway))];
    }

    public static IEnumerable<object?> Gateways(Region region, QueryRequest request)
    {
        var all = Filters
            .Of(region, request, region.Gateways, ("InternetGatewayId", "InvalidInternetGatewayID"))
            .Where(gateway =>
                Filters.Pass(request, gateway, name => name == "attachment.vpc-id" ? gateway.Vpc ?? "" : null)
            );
        var (items, next) = Filters.Page(region, request, all);
        return
        [
            Xml.Set("internetGatewaySet", items.Select(Members)),
            next is null ? null : Xml.Element("nextToken", next),
        ];
    }

    public static IEnumerable<object?> AttachGateway(Region region, QueryRequest request)
    {
        var gateway = Gateway(region, request);
        var vpc = Vpc(region, request);
        if (gateway.Vpc is not null || region.Gateways.Values.Any(each => each.Vpc == vpc.Id))
        {
            throw new Refused("Resource.AlreadyAssociated", $"'{gateway.Id}' is attached, or '{vpc.Id}' has another.");
        }

        gateway.Vpc = vpc.Id;
        return [Xml.Element("return", true)];
    }

    public static IEnumerable<object?> DetachGateway(Region region, QueryRequest request)
    {
        var gateway = Gateway(region, request);
        var servers = region
            .Instances.Values.Where(each => each.Vpc == gateway.Vpc)
            .Select(each => each.Id)
            .ToHashSet();
        if (region.Addresses.Values.Any(each => each.Server is { } server && servers.Contains(server)))
        {
            throw new Refused("DependencyViolation", $"'{gateway.Vpc}' has mapped public addresses.");
        }

        gateway.Vpc =
            gateway.Vpc == request.Needed("VpcId")
                ? null
                : throw new Refused("Gateway.NotAttached", $"'{gateway.Id}' is not attached to that network.");
        return [Xml.Element("return", true)];
    }

    public static IEnumerable<object?> DeleteGateway(Region region, QueryRequest request)
    {
        var gateway = Gateway(region, request);
        if (gateway.Vpc is not null)
        {
            throw new Refused("DependencyViolation", $"'{gateway.Id}' is attached.");
        }

        region.Gateways.Remove(gateway.Id);
        return [Xml.Element("return", true)];
    }

    public static IEnumerable<object?> Tables(Region region, QueryRequest request)
    {
        var all = region.Vpcs.Values.Where(vpc =>
            Filters.Pass(
                request,
                vpc,
                name =>
                    name switch
                    {
                        "vpc-id" => vpc.Id,
                        "association.main" => "true",
                        _ => null,
                    }
            )
        );
        return
        [
            Xml.Set(
                "routeTableSet",
                all.Select(vpc =>
                    new object?[]
                    {
                        Xml.Element("routeTableId", $"rtb-{vpc.Id[4..]}"),
                        Xml.Element("vpcId", vpc.Id),
                        Xml.Set("routeSet", Routes(vpc)),
                    }
                )
            ),
        ];
    }

    public static IEnumerable<object?> CreateRoute(Region region, QueryRequest request)
    {
        var table = request.Needed("RouteTableId");
        var vpc =
            region.Vpcs.GetValueOrDefault($"vpc-{table[4..]}")
            ?? throw new Refused("InvalidRouteTableID.NotFound", $"The routeTable ID '{table}' does not exist");
        if (vpc.WayOut is not null)
        {
            throw new Refused("RouteAlreadyExists", "The route identified by 0.0.0.0/0 already exists.");
        }

        vpc.WayOut = Gateway(region, request, "GatewayId").Id;
        return [Xml.Element("return", true)];
    }

    private static List<object?[]> Routes(VpcThing vpc)
    {
        List<object?[]> routes = [Route(vpc.Cidr, "local")];
        if (vpc.WayOut is { } gateway)
        {
            routes.Add(Route("0.0.0.0/0", gateway));
        }

        return routes;
    }

    private static object?[] Route(string range, string gateway) =>
        [Xml.Element("destinationCidrBlock", range), Xml.Element("gatewayId", gateway), Xml.Element("state", "active")];

    private static string Cidr(QueryRequest request)
    {
        var cidr = request.Needed("CidrBlock");
        return System.Net.IPNetwork.TryParse(cidr, out var range) && range.PrefixLength is >= 16 and <= 28
            ? cidr
            : throw new Refused("InvalidVpc.Range", $"The CIDR '{cidr}' is invalid.");
    }

    private static VpcThing Vpc(Region region, QueryRequest request) =>
        Filters.Known(region, region.Vpcs, request.Needed("VpcId"), "InvalidVpcID");

    private static GatewayThing Gateway(Region region, QueryRequest request, string parameter = "InternetGatewayId") =>
        Filters.Known(region, region.Gateways, request.Needed(parameter), "InvalidInternetGatewayID");

    private static object?[] Members(Region region, VpcThing vpc) =>
        [
            Xml.Element("vpcId", vpc.Id),
            Xml.Element("ownerId", Region.Account),
            Xml.Element("state", region.Now >= vpc.ReadyAt ? "available" : "pending"),
            Xml.Element("cidrBlock", vpc.Cidr),
            Xml.Element("isDefault", false),
            Xml.Tags(vpc.Tags),
        ];

    private static object?[] Members(Region region, SubnetThing subnet) =>
        [
            Xml.Element("subnetId", subnet.Id),
            Xml.Element("state", region.Now >= subnet.ReadyAt ? "available" : "pending"),
            Xml.Element("vpcId", subnet.Vpc),
            Xml.Element("cidrBlock", subnet.Cidr),
            Xml.Element("availabilityZone", subnet.Zone),
            Xml.Tags(subnet.Tags),
        ];

    private static object?[] Members(GatewayThing gateway) =>
        [
            Xml.Element("internetGatewayId", gateway.Id),
            Xml.Set(
                "attachmentSet",
                gateway.Vpc is { } vpc
                    ?
                    [
                        [Xml.Element("vpcId", vpc), Xml.Element("state", "available")],
                    ]
                    : []
            ),
            Xml.Tags(gateway.Tags),
        ];
}
