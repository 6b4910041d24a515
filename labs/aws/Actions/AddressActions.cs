using CloudManager.Labs.Aws.State;
using CloudManager.Labs.Aws.Wire;

namespace CloudManager.Labs.Aws.Actions;

/// <summary>Elastic addresses.</summary>
internal static class AddressActions
{
    private const string Error = "InvalidAllocationID";

    public static IEnumerable<object?> Allocate(Region region, QueryRequest request)
    {
        if (region.Addresses.Count >= region.Options.MostAddresses)
        {
            throw new Refused("AddressLimitExceeded", "The maximum number of addresses has been reached.");
        }

        var id = region.NewId("eipalloc");
        var address = new AddressThing
        {
            Id = id,
            Tags = request.Tags("elastic-ip"),
            MadeAt = region.Now,
            Ip = $"203.0.113.{Convert.ToInt32(id[^6..], 16) % 254 + 1}",
        };
        region.Addresses[id] = address;
        return
        [
            Xml.Element("publicIp", address.Ip),
            Xml.Element("domain", "vpc"),
            Xml.Element("allocationId", address.Id),
        ];
    }

    public static IEnumerable<object?> Describe(Region region, QueryRequest request)
    {
        var all = Filters
            .Of(region, request, region.Addresses, ("AllocationId", Error))
            .Where(address => Filters.Pass(request, address, name => name == "allocation-id" ? address.Id : null));
        return [Xml.Set("addressesSet", all.Select(Members))];
    }

    public static IEnumerable<object?> Associate(Region region, QueryRequest request)
    {
        var address = Known(region, request);
        var server = InstanceActions.Known(region, request.Needed("InstanceId"));
        if (address.Server is { } other && other != server.Id && request.Flag("AllowReassociation") != true)
        {
            throw new Refused("Resource.AlreadyAssociated", $"resource {address.Id} is already associated");
        }

        if (server.State(region.Now) is not ("running" or "stopped"))
        {
            throw new Refused("IncorrectInstanceState", $"The pending instance '{server.Id}' is not in a valid state.");
        }

        if (region.Vpcs[server.Vpc].WayOut is null)
        {
            throw new Refused("Gateway.NotAttached", $"Network {server.Vpc} is not attached to any internet gateway");
        }

        (address.Server, address.Association) = (server.Id, region.NewId("eipassoc"));
        return [Xml.Element("return", true), Xml.Element("associationId", address.Association)];
    }

    public static IEnumerable<object?> Disassociate(Region region, QueryRequest request)
    {
        var id = request.Needed("AssociationId");
        var address =
            region.Addresses.Values.FirstOrDefault(each => each.Association == id)
            ?? throw new Refused("InvalidAssociationID.NotFound", $"The association ID '{id}' does not exist");
        (address.Server, address.Association) = (null, null);
        return [Xml.Element("return", true)];
    }

    public static IEnumerable<object?> Release(Region region, QueryRequest request)
    {
        var address = Known(region, request);
        if (address.Association is not null)
        {
            throw new Refused("InvalidIPAddress.InUse", $"Address {address.Ip} is in use.");
        }

        region.Addresses.Remove(address.Id);
        return [Xml.Element("return", true)];
    }

    private static AddressThing Known(Region region, QueryRequest request) =>
        Filters.Known(region, region.Addresses, request.Needed("AllocationId"), Error);

    private static object?[] Members(AddressThing address) =>
        [
            Xml.Element("publicIp", address.Ip),
            Xml.Element("allocationId", address.Id),
            Xml.Element("domain", "vpc"),
            address.Server is { } server ? Xml.Element("instanceId", server) : null,
            address.Association is { } association ? Xml.Element("associationId", association) : null,
            Xml.Tags(address.Tags),
        ];
}
