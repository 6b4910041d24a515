using CloudManager.Labs.Aws.Wire;

namespace CloudManager.Labs.Aws.State;

/// <summary>Everything in the simulated region. Whoever looks or changes holds its lock.</summary>
internal sealed class Region
{
    public const string Account = "210987654321";
    public const string HomeVpc = "vpc-0000000000000home";
    public const string HomeSubnet = "subnet-0000000000000home";

    private int _ids;

    public Region(SimulatorOptions options)
    {
        Options = options;
        var now = Now;
        Vpcs[HomeVpc] = new VpcThing
        {
            Id = HomeVpc,
            Tags = new() { ["Name"] = "home" },
            MadeAt = now.AddDays(-30),
            Cidr = "10.100.0.0/16",
            ReadyAt = now.AddDays(-30),
            WayOut = "igw-home",
        };
        Subnets[HomeSubnet] = new SubnetThing
        {
            Id = HomeSubnet,
            Tags = new() { ["Name"] = "home-a" },
            MadeAt = now.AddDays(-30),
            Vpc = HomeVpc,
            Cidr = "10.100.0.0/20",
            Zone = Zone,
            ReadyAt = now.AddDays(-30),
        };
        Gateways["igw-home"] = new GatewayThing
        {
            Id = "igw-home",
            Tags = [],
            MadeAt = now.AddDays(-30),
            Vpc = HomeVpc,
        };
    }

    public SimulatorOptions Options { get; }

    public object Lock { get; } = new();

    public string Zone => $"{Options.Region}a";

    public DateTimeOffset Now => Options.Time.GetUtcNow();

    public Dictionary<string, InstanceThing> Instances { get; } = [];

    public Dictionary<string, VolumeThing> Volumes { get; } = [];

    public Dictionary<string, SnapshotThing> Snapshots { get; } = [];

    public Dictionary<string, VpcThing> Vpcs { get; } = [];

    public Dictionary<string, SubnetThing> Subnets { get; } = [];

    public Dictionary<string, GatewayThing> Gateways { get; } = [];

    public Dictionary<string, GroupThing> Groups { get; } = [];

    public Dictionary<string, AddressThing> Addresses { get; } = [];

    /// <summary>Client tokens with the print of the call they were first used in, and what it made.</summary>
    public Dictionary<string, (string Print, string Id)> Tokens { get; } = [];

    public IReadOnlyList<TypeThing> Types { get; } =
    [
        new("t3.nano", 2, 512),
        new("t3.small", 2, 2_048),
        new("t3.medium", 2, 4_096),
        new("m6i.large", 2, 8_192),
        new("m6i.xlarge", 4, 16_384),
        new("c6i.xlarge", 4, 8_192),
        new("c6i.2xlarge", 8, 16_384),
        new("m7g.large", 2, 8_192),
    ];

    public IReadOnlyList<ImageThing> Images { get; } =
    [
        new("ami-0000000000kylin10", "kylin-v10-x86", "x86_64", Account, 8),
        new("ami-000000000kylinarm", "kylin-v10-arm", "arm64", Account, 8),
        new("ami-00000000000ubuntu", "ubuntu-24.04", "x86_64", "amazon", 8),
    ];

    /// <summary>Whether a describe shows it already.</summary>
    public bool IsSeen(Thing thing) => Now - thing.MadeAt >= Options.Unseen;

    public string NewId(string prefix) => $"{prefix}-{unchecked((uint)(Options.Seed * 2_654_435_761)):x8}{++_ids:x9}";

    /// <summary>What a call of this token made before; null if the token is new.</summary>
    /// <exception cref="Refused">The token came with other parameters.</exception>
    public string? MadeBefore(QueryRequest request)
    {
        if (
            request.Text("ClientToken") is not { } token
            || !Tokens.TryGetValue($"{request.Action} {token}", out var made)
        )
        {
            return null;
        }

        return made.Print == request.Print()
            ? made.Id
            : throw new Refused(
                "IdempotentParameterMismatch",
                "Arguments on this idempotent request are inconsistent with arguments used in previous request(s)."
            );
    }

    public void NoteToken(QueryRequest request, string id)
    {
        if (request.Text("ClientToken") is { } token)
        {
            Tokens[$"{request.Action} {token}"] = (request.Print(), id);
        }
    }

    /// <summary>Takes away what is gone for long enough, and what went with it.</summary>
    public void Sweep()
    {
        var now = Now;
        foreach (var each in Instances.Values.Where(each => each.State(now) == "terminated").ToList())
        {
            foreach (var volume in Volumes.Values.Where(volume => volume.Server == each.Id).ToList())
            {
                volume.Server = null;
                if (volume.GoesWithServer)
                {
                    Volumes.Remove(volume.Id);
                }
            }

            foreach (var address in Addresses.Values.Where(address => address.Server == each.Id))
            {
                (address.Server, address.Association) = (null, null);
            }

            if (now - each.ArrivesAt >= Options.Remembered)
            {
                Instances.Remove(each.Id);
            }
        }

        foreach (var volume in Volumes.Values.ToList())
        {
            Settle(volume, now);
        }
    }

    private void Settle(VolumeThing volume, DateTimeOffset now)
    {
        if (volume.GoneAt <= now)
        {
            Volumes.Remove(volume.Id);
        }

        if (volume.Detaching && now >= volume.HangsAt)
        {
            (volume.Detaching, volume.Server, volume.Device) = (false, null, null);
        }

        if (volume.Target is { } target && now >= volume.GrownAt)
        {
            volume.Size = target;
        }
    }
}
