namespace CloudManager.Labs.Aws.State;

/// <summary>What all things have: identifier, tags, and when they were made.</summary>
internal abstract class Thing
{
    public required string Id { get; init; }

    public required Dictionary<string, string> Tags { get; init; }

    public required DateTimeOffset MadeAt { get; init; }
}

/// <summary>An instance. What it is on its way to shows once the time has come.</summary>
internal sealed class InstanceThing : Thing
{
    public required string Type { get; set; }

    public required string Image { get; init; }

    public required string Subnet { get; init; }

    public required string Vpc { get; init; }

    public required string Address { get; init; }

    public required string? Token { get; init; }

    public required string[] Groups { get; init; }

    public required string RootVolume { get; init; }

    /// <summary>running, stopped or terminated: where it is or goes.</summary>
    public string Target { get; set; } = "running";

    public string Moving { get; set; } = "pending";

    public DateTimeOffset ArrivesAt { get; set; }

    public string? Reason { get; set; }

    public string State(DateTimeOffset now) => now >= ArrivesAt ? Target : Moving;
}

internal sealed class VolumeThing : Thing
{
    public required int Size { get; set; }

    public required string Type { get; init; }

    public required string Zone { get; init; }

    public required string? Token { get; init; }

    public DateTimeOffset ReadyAt { get; set; }

    public string? Server { get; set; }

    public string? Device { get; set; }

    /// <summary>Whether it goes when its server goes.</summary>
    public bool GoesWithServer { get; init; }

    /// <summary>attached, or null once it is let go of.</summary>
    public bool Detaching { get; set; }

    public DateTimeOffset HangsAt { get; set; }

    public DateTimeOffset? GoneAt { get; set; }

    public int? Target { get; set; }

    public int Original { get; set; }

    public DateTimeOffset GrownAt { get; set; }
}

internal sealed class SnapshotThing : Thing
{
    public required string Volume { get; init; }

    public required int Size { get; init; }

    public required DateTimeOffset ReadyAt { get; init; }
}

internal sealed class VpcThing : Thing
{
    public required string Cidr { get; init; }

    public required DateTimeOffset ReadyAt { get; init; }

    /// <summary>Where everything outside goes; null: nowhere.</summary>
    public string? WayOut { get; set; }
}

internal sealed class SubnetThing : Thing
{
    public required string Vpc { get; init; }

    public required string Cidr { get; init; }

    public required string Zone { get; init; }

    public required DateTimeOffset ReadyAt { get; init; }

    public int Given { get; set; }
}

internal sealed class GatewayThing : Thing
{
    public string? Vpc { get; set; }
}

internal sealed class GroupThing : Thing
{
    public required string Name { get; init; }

    public required string Vpc { get; init; }

    public List<Permission> Ingress { get; } = [];

    public List<Permission> Egress { get; } = [];
}

internal sealed record Permission(string Protocol, int? From, int? To, string Range);

internal sealed class AddressThing : Thing
{
    public required string Ip { get; init; }

    public string? Server { get; set; }

    public string? Association { get; set; }
}

/// <summary>An instance type.</summary>
internal sealed record TypeThing(string Name, int Vcpus, int MebibytesOfMemory);

/// <summary>An image.</summary>
internal sealed record ImageThing(string Id, string Name, string Architecture, string Owner, int GiB);
