using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.State;

/// <summary>Everything that exists in the simulated cloud. One call at a time touches it, under <see cref="Gate"/>.</summary>
internal sealed class Cloud
{
    public static readonly IReadOnlyList<string> VolumeTypes =
    [
        "SATA",
        "SAS",
        "GPSSD",
        "SSD",
        "ESSD",
        "GPSSD2",
        "ESSD2",
    ];

    public Cloud(SimulatorOptions options)
    {
        Options = options;
        Timeline = new Timeline(options.Clock);
        Ids = new Ids(options.Seed);
        Jobs = new Jobs(Timeline, Ids, options);
        Zones = [.. "abc".Select(letter => $"{options.Region}{letter}")];
        Start = new DateTimeOffset(2025, 1, 6, 0, 0, 0, TimeSpan.Zero);
        var premade = new PremadeThings(this);
        Servers = new(new(options.PremadeServers, premade.Server, id => Index("server", id)));
        Volumes = new(new(options.PremadeServers, premade.Volume, id => Index("volume", id)));
        Ports = new(new(options.PremadeServers, premade.Port, id => Index("port", id)));
        Projects = options.SubProjects.Aggregate(
            new List<(string, string)> { (options.ProjectId, options.Region) },
            (all, name) =>
                [
                    .. all,
                    (
                        Ids.Fixed($"project-{name}").Replace("-", "", StringComparison.Ordinal),
                        $"{options.Region}_{name}"
                    ),
                ]
        );
        Accounts.Keys[options.AccessKey] = new Credential(options.AccessKey, options.SecretKey);
        Furniture.Place(this);
    }

    public Lock Gate { get; } = new();
    public SimulatorOptions Options { get; }
    public Timeline Timeline { get; }
    public Ids Ids { get; }
    public Jobs Jobs { get; }
    public Tally Tally { get; } = new();
    public Troubles Troubles { get; } = new();
    public Accounts Accounts { get; } = new();
    public IReadOnlyList<string> Zones { get; }

    /// <summary>The projects: the region's own, then those of its name and more.</summary>
    public IReadOnlyList<(string Id, string Name)> Projects { get; }

    public bool HasProject(string id) => Projects.Any(project => project.Id == id);

    /// <summary>Since when what exists from the start exists.</summary>
    public DateTimeOffset Start { get; }
    public DateTimeOffset Now => Timeline.Now;

    public Table<Server> Servers { get; }

    /// <summary>Servers ordered whose jobs have not begun: they count, but nobody sees them.</summary>
    public List<Server> Pending { get; } = [];
    public Table<Volume> Volumes { get; }
    public long GigabytesMade => Volumes.Own().Sum(volume => (long)volume.Size);
    public Table<Port> Ports { get; }
    public Table<Snapshot> Snapshots { get; } = new();
    public Table<Vpc> Vpcs { get; } = new();
    public Table<Subnet> Subnets { get; } = new();
    public Table<SecurityGroup> SecurityGroups { get; } = new();
    public Table<Bandwidth> Bandwidths { get; } = new();
    public Table<Eip> Eips { get; } = new();
    public Table<Image> Images { get; } = new();
    public Dictionary<string, Flavor> Flavors { get; } = [];

    /// <summary>What a client token made, by service and token.</summary>
    public Dictionary<string, Reply> Tokens { get; } = [];

    public Flavor FlavorOf(Server server) => Flavors[server.Flavor];

    public Eip? EipOn(string port) => Eips.All().FirstOrDefault(eip => eip.Port == port);

    /// <summary>Whether one more of something may be made; -1 is without limit.</summary>
    public static bool Fits(int limit, long used, long more) => limit < 0 || used + more <= limit;

    /// <summary>Makes everything as it was at the start; counts, keys and tokens to log in with stay.</summary>
    public void Reset()
    {
        Timeline.Clear();
        Jobs.Clear();
        Troubles.Clear();
        Servers.Clear();
        Volumes.Clear();
        Ports.Clear();
        Snapshots.Clear();
        Vpcs.Clear();
        Subnets.Clear();
        SecurityGroups.Clear();
        Bandwidths.Clear();
        Eips.Clear();
        Images.Clear();
        Pending.Clear();
        Tokens.Clear();
        Furniture.Place(this);
    }

    /// <summary>What the same token made before, or what it makes now.</summary>
    public Reply Once(string service, string? token, Func<Reply> make)
    {
        if (token is null)
        {
            return make();
        }

        if (token.Length is 0 or > 64 || !token.All(char.IsAscii))
        {
            throw new Fault(400, "Ecs.0005", "X-Client-Token must be 1 to 64 ASCII characters");
        }

        return Tokens.TryGetValue($"{service}/{token}", out var made) ? made : Tokens[$"{service}/{token}"] = make();
    }

    private int? Index(string kind, string id) => Ids.NumberIn(kind, Options.PremadeServers, id);
}
