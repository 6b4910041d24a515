namespace CloudManager.Labs.Huawei.State;

/// <summary>A size on offer.</summary>
/// <param name="Id">Its name too.</param>
/// <param name="Vcpus">Cores.</param>
/// <param name="RamMiB">Memory in MiB.</param>
/// <param name="Architecture"><c>x86_64</c> or <c>arm64</c>.</param>
internal sealed record Flavor(string Id, int Vcpus, int RamMiB, string Architecture = "x86_64") : IThing
{
    /// <summary>normal, abandon, sellout.</summary>
    public string Sale { get; init; } = "normal";

    /// <summary>The zones where it is sold out although it is on sale.</summary>
    public IReadOnlyList<string> SoldOutIn { get; init; } = [];

    public bool IsSoldOut(string zone) => Sale == "sellout" || SoldOutIn.Contains(zone);
}

/// <summary>An image.</summary>
internal sealed record Image(string Id, string FirstName, string Platform, DateTimeOffset Created) : IThing
{
    public string Name { get; private set; } = FirstName;
    public string Kind { get; init; } = "gold";
    public string OsType { get; init; } = "Linux";
    public string OsVersion { get; init; } = "";
    public int MinDisk { get; init; } = 10;
    public bool IsArm { get; init; }
    public string Status { get; set; } = "active";
    public string EnterpriseProject { get; init; } = "0";
    public string Owner { get; init; } = "";
    public Dictionary<string, string> Tags { get; init; } = [];

    public void Rename(string name) => Name = name;
}

/// <summary>A disk in a server's hands.</summary>
internal sealed record HeldDisk(string VolumeId, string Device, bool IsSystem, bool DeletedWithServer);

/// <summary>A server.</summary>
internal sealed class Server(string id, DateTimeOffset created) : IThing
{
    public string Id { get; } = id;
    public DateTimeOffset Created { get; } = created;
    public DateTimeOffset Updated { get; set; } = created;
    public DateTimeOffset? Launched { get; set; }
    public required string Name { get; set; }
    public string Description { get; set; } = "";
    public required string Flavor { get; set; }
    public required string Image { get; init; }
    public required string Vpc { get; init; }
    public required string Zone { get; init; }
    public string Status { get; set; } = "BUILD";
    public string? Task { get; set; } = "scheduling";
    public string? KeyName { get; init; }
    public string EnterpriseProject { get; init; } = "0";
    public Dictionary<string, string> Metadata { get; init; } = [];
    public Dictionary<string, string> Tags { get; init; } = [];
    public List<string> SecurityGroups { get; init; } = [];
    public List<string> Ports { get; init; } = [];
    public List<HeldDisk> Disks { get; init; } = [];

    /// <summary>When it went on and off, oldest first: only a running server is measured.</summary>
    public List<(DateTimeOffset At, bool On)> Power { get; init; } = [];

    public string VmState =>
        Status switch
        {
            "BUILD" => "building",
            "SHUTOFF" => "stopped",
            "ERROR" => "error",
            _ => "active",
        };

    public int PowerState =>
        Status switch
        {
            "SHUTOFF" => 4,
            "BUILD" or "ERROR" => 0,
            _ => 1,
        };

    public void Turn(bool on, DateTimeOffset at)
    {
        Power.Add((at, on));
        (Status, Task, Updated) = (on ? "ACTIVE" : "SHUTOFF", null, at);
    }

    public bool RanAt(DateTimeOffset at) => Power.FindLast(turn => turn.At <= at).On;
}

/// <summary>A volume.</summary>
internal sealed class Volume(string id, DateTimeOffset created) : IThing
{
    public string Id { get; } = id;
    public DateTimeOffset Created { get; } = created;
    public DateTimeOffset Updated { get; set; } = created;
    public required string Name { get; set; }
    public string Description { get; set; } = "";
    public required int Size { get; set; }
    public required string Type { get; set; }
    public required string Zone { get; init; }
    public string Status { get; set; } = "creating";
    public bool IsBootable { get; init; }
    public bool IsShared { get; init; }
    public string? Snapshot { get; init; }
    public string? Image { get; init; }
    public string EnterpriseProject { get; init; } = "0";
    public Dictionary<string, string> Metadata { get; init; } = [];
    public Dictionary<string, string> Tags { get; init; } = [];
    public string? Server { get; set; }
    public string? Device { get; set; }
    public DateTimeOffset? AttachedAt { get; set; }

    public void Hold(string server, string device, DateTimeOffset at) =>
        (Server, Device, AttachedAt, Status, Updated) = (server, device, at, "in-use", at);

    public void Free(DateTimeOffset at) =>
        (Server, Device, AttachedAt, Status, Updated) = (null, null, null, "available", at);
}

/// <summary>A snapshot of a volume.</summary>
internal sealed class Snapshot(string id, string volume, int size, DateTimeOffset created) : IThing
{
    public string Id { get; } = id;
    public string Volume { get; } = volume;
    public int Size { get; } = size;
    public DateTimeOffset Created { get; } = created;
    public required string Name { get; set; }
    public string Description { get; set; } = "";
    public string Status { get; set; } = "creating";
    public Dictionary<string, string> Metadata { get; init; } = [];
}
