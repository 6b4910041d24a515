using System.Net;

namespace CloudManager.Labs.Huawei.State;

/// <summary>A virtual private cloud.</summary>
internal sealed class Vpc(string id, DateTimeOffset created) : IThing
{
    public string Id { get; } = id;
    public DateTimeOffset Created { get; } = created;
    public DateTimeOffset Updated { get; set; } = created;
    public required string Name { get; set; }
    public required string Cidr { get; set; }
    public string Description { get; set; } = "";
    public string Status { get; set; } = "CREATING";
    public string EnterpriseProject { get; init; } = "0";
    public Dictionary<string, string> Tags { get; init; } = [];
}

/// <summary>A subnet; its id is the neutron network's.</summary>
internal sealed class Subnet(string id, string neutronSubnet, DateTimeOffset created) : IThing
{
    private readonly HashSet<uint> taken = [];

    public string Id { get; } = id;
    public string NeutronSubnet { get; } = neutronSubnet;
    public DateTimeOffset Created { get; } = created;
    public DateTimeOffset Updated { get; set; } = created;
    public required string Name { get; set; }
    public string Description { get; set; } = "";
    public required string Vpc { get; init; }
    public required IPNetwork Range { get; init; }
    public required string Gateway { get; init; }
    public string? Zone { get; init; }
    public bool Dhcp { get; set; } = true;
    public string PrimaryDns { get; set; } = "100.125.1.250";
    public string SecondaryDns { get; set; } = "100.125.129.250";
    public string Status { get; set; } = "UNKNOWN";
    public Dictionary<string, string> Tags { get; init; } = [];

    /// <summary>Addresses that can be given out: not the network's, the gateway's, nor the last three.</summary>
    public int Free => (int)Math.Min(int.MaxValue, (1L << (32 - Range.PrefixLength)) - 5) - taken.Count;

    /// <summary>Takes the address, or the lowest free one; null if there is none.</summary>
    public string? Take(string? wanted)
    {
        if (wanted is not null)
        {
            return
                IPAddress.TryParse(wanted, out var address)
                && Range.Contains(address)
                && taken.Add(Cidrs.Number(address))
                ? wanted
                : null;
        }

        var first = Cidrs.Number(Range.BaseAddress);
        var gateway = Cidrs.Number(IPAddress.Parse(Gateway));
        for (var n = 1L; n < (1L << (32 - Range.PrefixLength)) - 3; n++)
        {
            var at = (uint)(first + n);
            if (at != gateway && taken.Add(at))
            {
                return Cidrs.Address(at);
            }
        }

        return null;
    }

    public void Return(string address) => taken.Remove(Cidrs.Number(IPAddress.Parse(address)));
}

/// <summary>A port of a subnet.</summary>
internal sealed class Port(string id, string subnet, string address) : IThing
{
    public string Id { get; } = id;
    public string Subnet { get; } = subnet;
    public string Address { get; } = address;
    public required string NeutronSubnet { get; init; }
    public required string Vpc { get; init; }
    public required string Mac { get; init; }
    public string Name { get; set; } = "";
    public string Device { get; set; } = "";
    public string Owner { get; set; } = "";
    public List<string> SecurityGroups { get; set; } = [];
}

/// <summary>A security group; it is bound to no VPC.</summary>
internal sealed class SecurityGroup(string id, DateTimeOffset created) : IThing
{
    public string Id { get; } = id;
    public DateTimeOffset Created { get; } = created;
    public required string Name { get; set; }
    public string Description { get; set; } = "";
    public string EnterpriseProject { get; init; } = "0";
    public List<Rule> Rules { get; } = [];
}

/// <summary>A rule of a security group.</summary>
internal sealed record Rule(string Id, string Group, string Direction, DateTimeOffset Created) : IThing
{
    public string EtherType { get; init; } = "IPv4";
    public string? Protocol { get; init; }

    /// <summary>Ports as v3 writes them: <c>80</c>, <c>1-30</c>, <c>22,3389</c>; null for all.</summary>
    public string? Ports { get; init; }
    public string? RemoteCidr { get; init; }
    public string? RemoteGroup { get; init; }
    public string Description { get; init; } = "";
    public string Action { get; init; } = "allow";
    public int Priority { get; init; } = 100;
    public bool Enabled { get; init; } = true;

    /// <summary>Whether the other one says the same.</summary>
    public bool Equals(Rule? other) =>
        other is not null
        && (Group, Direction, EtherType, Protocol, Ports, RemoteCidr, RemoteGroup, Action, Priority)
            == (
                other.Group,
                other.Direction,
                other.EtherType,
                other.Protocol,
                other.Ports,
                other.RemoteCidr,
                other.RemoteGroup,
                other.Action,
                other.Priority
            );

    public override int GetHashCode() => HashCode.Combine(Group, Direction, EtherType, Protocol, Ports, RemoteCidr);
}

/// <summary>The bandwidth of one or several public addresses.</summary>
internal sealed class Bandwidth(string id, DateTimeOffset created) : IThing
{
    public string Id { get; } = id;
    public DateTimeOffset Created { get; } = created;
    public required string Name { get; set; }
    public required int Size { get; set; }
    public required string Share { get; init; }
    public string ChargeMode { get; set; } = "bandwidth";
    public string EnterpriseProject { get; init; } = "0";
}

/// <summary>A public address.</summary>
internal sealed class Eip(string id, string address, string bandwidth, DateTimeOffset created) : IThing
{
    public string Id { get; } = id;
    public string Address { get; } = address;
    public string Bandwidth { get; } = bandwidth;
    public DateTimeOffset Created { get; } = created;
    public DateTimeOffset Updated { get; set; } = created;
    public string Type { get; init; } = "5_bgp";
    public string Alias { get; set; } = "";
    public string Status { get; set; } = "PENDING_CREATE";
    public string? Port { get; set; }
    public string EnterpriseProject { get; init; } = "0";
    public Dictionary<string, string> Tags { get; init; } = [];
}
