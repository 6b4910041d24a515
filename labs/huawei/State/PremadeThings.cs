using System.Net;

namespace CloudManager.Labs.Huawei.State;

/// <summary>Servers that exist from the start, with system disk and port; each is made from its number when it is read.</summary>
internal sealed class PremadeThings(Cloud cloud)
{
    private static readonly string[] Sizes = ["s6.small.1", "s6.large.2", "s6.xlarge.2", "s6.2xlarge.4"];
    private static readonly IPNetwork Range = IPNetwork.Parse("10.0.0.0/8");

    public Server Server(int index) =>
        new(Id("server", index), cloud.Start)
        {
            Name = $"premade-{index:d6}",
            Flavor = Sizes[index % Sizes.Length],
            Image = Furniture.ImageId(1),
            Vpc = cloud.Ids.Fixed("vpc-premade"),
            Zone = cloud.Zones[index % cloud.Zones.Count],
            Status = index % 50 == 49 ? "SHUTOFF" : "ACTIVE",
            Task = null,
            Launched = cloud.Start.AddMinutes(1),
            Metadata = new()
            {
                ["charging_mode"] = "0",
                ["vpc_id"] = cloud.Ids.Fixed("vpc-premade"),
                ["os_type"] = "Linux",
            },
            SecurityGroups = [cloud.Ids.Fixed("security-group-default")],
            Ports = [Id("port", index)],
            Disks = [new HeldDisk(Id("volume", index), "/dev/vda", IsSystem: true, DeletedWithServer: true)],
            Power = [(cloud.Start, index % 50 != 49)],
        };

    public Volume Volume(int index)
    {
        var volume = new Volume(Id("volume", index), cloud.Start)
        {
            Name = $"premade-{index:d6}-volume-0000",
            Size = 40,
            Type = "GPSSD",
            Zone = cloud.Zones[index % cloud.Zones.Count],
            IsBootable = true,
        };
        volume.Hold(Id("server", index), "/dev/vda", cloud.Start);
        return volume;
    }

    public Port Port(int index) =>
        new(
            Id("port", index),
            cloud.Ids.Fixed("subnet-premade"),
            Cidrs.Address(Cidrs.Number(Range.BaseAddress) + 256 + (uint)index)
        )
        {
            NeutronSubnet = cloud.Ids.Fixed("neutron-premade"),
            Vpc = cloud.Ids.Fixed("vpc-premade"),
            Mac = $"fa:16:3e:{index >> 16 & 255:x2}:{index >> 8 & 255:x2}:{index & 255:x2}",
            Device = Id("server", index),
            Owner = $"compute:{cloud.Zones[index % cloud.Zones.Count]}",
            SecurityGroups = [cloud.Ids.Fixed("security-group-default")],
        };

    private string Id(string kind, int index) => cloud.Ids.Numbered(kind, index);
}
