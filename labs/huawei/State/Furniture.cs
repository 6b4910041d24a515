using System.Net;

namespace CloudManager.Labs.Huawei.State;

/// <summary>What an account finds when it comes: sizes, images, a network ready to use, the default security group.</summary>
internal static class Furniture
{
    private static readonly (string Size, int Vcpus)[] Sizes =
    [
        ("small", 1),
        ("medium", 1),
        ("large", 2),
        ("xlarge", 4),
        ("2xlarge", 8),
        ("4xlarge", 16),
    ];

    private static readonly int[] Ratios = [1, 2, 4];

    /// <summary>The id of the n-th public image, the same whatever the seed.</summary>
    public static string ImageId(int number) => $"0a1b2c3d-0000-4000-8000-{number:x12}";

    public static void Place(Cloud cloud)
    {
        PlaceFlavors(cloud);
        PlaceImages(cloud);
        PlaceNetwork(cloud, "default", "192.168.0.0/16");
        if (cloud.Options.PremadeServers > 0)
        {
            PlaceNetwork(cloud, "premade", "10.0.0.0/8");
        }

        var group = new SecurityGroup(cloud.Ids.Fixed("security-group-default"), cloud.Start)
        {
            Name = "default",
            Description = "Default security group",
        };
        group.Rules.Add(new Rule(cloud.Ids.Fixed("rule-out"), group.Id, "egress", cloud.Start));
        group.Rules.Add(
            new Rule(cloud.Ids.Fixed("rule-in"), group.Id, "ingress", cloud.Start) { RemoteGroup = group.Id }
        );
        cloud.SecurityGroups.Add(group);
    }

    private static void PlaceFlavors(Cloud cloud)
    {
        var all = Sizes
            .SelectMany(_ => Ratios, (size, ratio) => (size.Size, size.Vcpus, Ratio: ratio))
            .Select(size => new Flavor($"s6.{size.Size}.{size.Ratio}", size.Vcpus, size.Vcpus * size.Ratio * 1024))
            .Append(new Flavor("kc1.large.2", 2, 4096, "arm64"))
            .Append(new Flavor("kc1.xlarge.2", 4, 8192, "arm64"))
            .Append(new Flavor("s3.large.2", 2, 4096) { Sale = "abandon" })
            .Append(new Flavor("c6.large.2", 2, 4096) { SoldOutIn = [cloud.Zones[0]] })
            .Append(new Flavor("c6.xlarge.2", 4, 8192) { Sale = "sellout" });
        foreach (var flavor in all.OrderBy(flavor => flavor.Id, StringComparer.Ordinal))
        {
            cloud.Flavors[flavor.Id] = flavor;
        }
    }

    private static void PlaceImages(Cloud cloud)
    {
        (string Name, string Platform, string Type, int Disk, bool Arm)[] images =
        [
            ("Ubuntu 22.04 server 64bit", "Ubuntu", "Linux", 10, false),
            ("CentOS 7.9 64bit", "CentOS", "Linux", 10, false),
            ("openEuler 22.03 64bit", "openEuler", "Linux", 10, false),
            ("Kylin Linux Advanced Server V10 64bit", "Kylin", "Linux", 10, false),
            ("Kylin Linux Advanced Server V10 64bit with ARM", "Kylin", "Linux", 10, true),
            ("Windows Server 2019 Standard 64bit", "Windows", "Windows", 40, false),
        ];
        for (var i = 0; i < images.Length; i++)
        {
            var (name, platform, type, disk, arm) = images[i];
            cloud.Images.Add(
                new Image(ImageId(i + 1), name, platform, cloud.Start)
                {
                    OsType = type,
                    OsVersion = name,
                    MinDisk = disk,
                    IsArm = arm,
                    Owner = cloud.Ids.Fixed("image-owner").Replace("-", "", StringComparison.Ordinal),
                }
            );
        }
    }

    private static void PlaceNetwork(Cloud cloud, string name, string cidr)
    {
        var vpc = new Vpc(cloud.Ids.Fixed($"vpc-{name}"), cloud.Start)
        {
            Name = $"vpc-{name}",
            Cidr = cidr,
            Status = "OK",
        };
        var range = IPNetwork.Parse(cidr);
        cloud.Vpcs.Add(vpc);
        cloud.Subnets.Add(
            new Subnet(cloud.Ids.Fixed($"subnet-{name}"), cloud.Ids.Fixed($"neutron-{name}"), cloud.Start)
            {
                Name = $"subnet-{name}",
                Vpc = vpc.Id,
                Range = range,
                Gateway = Cidrs.Address(Cidrs.Number(range.BaseAddress) + 1),
                Status = "ACTIVE",
            }
        );
    }
}
