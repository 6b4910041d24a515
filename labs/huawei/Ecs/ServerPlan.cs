using System.Text.Json.Nodes;
using CloudManager.Labs.Huawei.State;
using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Ecs;

/// <summary>A disk asked for with a server.</summary>
internal sealed record DiskPlan(string Type, int Size, bool IsSystem, bool DeletedWithServer);

/// <summary>A card asked for with a server: an existing port, or a subnet and perhaps an address.</summary>
internal sealed record NicPlan(string? Port, Subnet? Subnet, string? Address);

/// <summary>What a create asks for, checked: everything it names exists and the quota holds.</summary>
internal sealed record ServerPlan(JsonObject Asked, Flavor Flavor, Image Image, State.Vpc Vpc)
{
    public required int Count { get; init; }
    public required string Zone { get; init; }
    public required IReadOnlyList<NicPlan> Nics { get; init; }
    public required IReadOnlyList<string> Groups { get; init; }
    public required IReadOnlyList<DiskPlan> Disks { get; init; }
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    public static ServerPlan Of(Cloud cloud, JsonObject server)
    {
        if (server.Str("name") is not { Length: > 0 and <= 128 })
        {
            throw Invalid("name is invalid");
        }

        var flavor =
            cloud.Flavors.GetValueOrDefault(server.Str("flavorRef") ?? "") ?? throw Invalid("flavorRef is invalid");
        var image = cloud.Images.Find(server.Str("imageRef") ?? "") ?? throw Invalid("imageRef is invalid");
        var vpc = cloud.Vpcs.Find(server.Str("vpcid") ?? "") ?? throw Invalid("vpcid is invalid");
        if (image.IsArm != (flavor.Architecture == "arm64"))
        {
            throw new Fault(400, "Ecs.0007", "the image does not fit the flavor's architecture");
        }

        if (flavor.Sale == "abandon")
        {
            throw new Fault(400, "Ecs.0008", $"flavor [{flavor.Id}] is no longer on sale");
        }

        var count = server.Int("count") ?? 1;
        if (count is < 1 or > 100)
        {
            throw Invalid("count must be 1 to 100");
        }

        var plan = new ServerPlan(server, flavor, image, vpc)
        {
            Count = count,
            Zone = ZoneOf(cloud, flavor, server.Str("availability_zone")),
            Nics = NicsOf(cloud, server, vpc),
            Groups = GroupsOf(cloud, server),
            Disks = DisksOf(server, image),
            Tags = TagsOf(server),
        };
        plan.CheckText();
        plan.CheckQuota(cloud);
        return plan;
    }

    private static Fault Invalid(string what) => new(400, "Ecs.0005", $"request body is illegal: {what}");

    private static string ZoneOf(Cloud cloud, Flavor flavor, string? wanted) =>
        wanted is null ? cloud.Zones.FirstOrDefault(zone => !flavor.IsSoldOut(zone)) ?? cloud.Zones[0]
        : cloud.Zones.Contains(wanted) ? wanted
        : throw Invalid("availability_zone is invalid");

    private static List<NicPlan> NicsOf(Cloud cloud, JsonObject server, State.Vpc vpc)
    {
        var nics = server.List("nics").Select(nic => NicOf(cloud, nic, vpc)).ToList();
        return nics.Count is >= 1 and <= 12 ? nics : throw Invalid("nics is invalid");
    }

    private static NicPlan NicOf(Cloud cloud, JsonObject nic, State.Vpc vpc)
    {
        if (nic.Str("port_id") is { } port)
        {
            return cloud.Ports.Find(port) is { Device: "" }
                ? new NicPlan(port, null, null)
                : throw Invalid($"port [{port}] does not exist or is in use");
        }

        var id = nic.Str("subnet_id") ?? "";
        var subnet = cloud.Subnets.Find(id);
        if (subnet is null || subnet.Vpc != vpc.Id)
        {
            throw Invalid($"subnet [{id}] does not exist in the VPC");
        }

        return subnet.Status == "ACTIVE"
            ? new NicPlan(null, subnet, nic.Str("ip_address") is { Length: > 0 } address ? address : null)
            : throw Invalid($"subnet [{id}] is in status {subnet.Status}");
    }

    private static List<string> GroupsOf(Cloud cloud, JsonObject server)
    {
        var groups = server.List("security_groups").Select(group => group.Str("id") ?? "").ToList();
        if (groups.Find(id => cloud.SecurityGroups.Find(id) is null) is { } unknown)
        {
            throw Invalid($"security group [{unknown}] does not exist");
        }

        return groups.Count > 0 ? groups : [cloud.Ids.Fixed("security-group-default")];
    }

    private static List<DiskPlan> DisksOf(JsonObject server, Image image)
    {
        var root = server.Obj("root_volume") ?? throw Invalid("root_volume is missing");
        var system = DiskOf(root, isSystem: true, Math.Max(40, image.MinDisk));
        if (system.Size < image.MinDisk)
        {
            throw Invalid($"the system disk must have at least {image.MinDisk} GB");
        }

        var data = server.List("data_volumes").Select(disk => DiskOf(disk, isSystem: false, null)).ToList();
        return data.Count <= 23 ? [system, .. data] : throw Invalid("more than 23 data volumes");
    }

    private static DiskPlan DiskOf(JsonObject disk, bool isSystem, int? otherwise)
    {
        var type = disk.Str("volumetype") ?? "";
        var size = disk.Int("size") ?? otherwise ?? 0;
        var (least, most) = isSystem ? (1, 1024) : (10, 32768);
        return Cloud.VolumeTypes.Contains(type) && size >= least && size <= most
            ? new DiskPlan(type, size, isSystem, isSystem || disk.Flag("delete_on_termination"))
            : throw Invalid("volumetype or size of a disk is invalid");
    }

    private static Dictionary<string, string> TagsOf(JsonObject server)
    {
        var tags = Json.Tags(server.List("server_tags"));
        foreach (var text in (server["tags"] as JsonArray ?? []).Select(node => node?.GetValue<string>() ?? ""))
        {
            var cut = text.IndexOf('.');
            tags[cut < 0 ? text : text[..cut]] = cut < 0 ? "" : text[(cut + 1)..];
        }

        return tags.Count <= 10 ? tags : throw Invalid("more than 10 tags");
    }

    private void CheckText()
    {
        var data = Asked.Str("user_data");
        if (data is not null && !Convert.TryFromBase64String(data, new byte[data.Length], out _))
        {
            throw Invalid("user_data is not base64");
        }

        if (Asked.Obj("metadata") is { Count: > 10 })
        {
            throw Invalid("more than 10 metadata entries");
        }

        if (Count > 1 && Asked.Str("name")!.Length > 59)
        {
            throw Invalid("name is longer than 59 for more than one server");
        }

        if (Asked.Obj("publicip") is { } address && Count > 1 && address.Str("id") is not null)
        {
            throw new Fault(400, "Ecs.0000", "An existing EIP cannot be assigned to the ECSs created in batches.");
        }
    }

    private void CheckQuota(Cloud cloud)
    {
        var quotas = cloud.Options.Quotas;
        var used = Usage.Of(cloud);
        if (
            !Cloud.Fits(quotas.Instances, used.Instances, Count)
            || !Cloud.Fits(quotas.Cores, used.Cores, (long)Count * Flavor.Vcpus)
            || !Cloud.Fits(quotas.RamMiB, used.RamMiB, (long)Count * Flavor.RamMiB)
        )
        {
            throw new Fault(
                400,
                "Ecs.0001",
                "Insufficient ECS quota: the number of instances, cores or RAM is above the quota"
            );
        }

        if (
            !Cloud.Fits(quotas.Volumes, cloud.Volumes.Made, (long)Count * Disks.Count)
            || !Cloud.Fits(quotas.Gigabytes, cloud.GigabytesMade, (long)Count * Disks.Sum(disk => disk.Size))
        )
        {
            throw new Fault(400, "Ecs.0021", "Insufficient EVS disk quota");
        }

        if (Asked.Obj("publicip")?.Obj("eip") is not null && !Cloud.Fits(quotas.Addresses, cloud.Eips.Count, Count))
        {
            throw new Fault(400, "Ecs.0013", "Insufficient EIP quota");
        }
    }
}
