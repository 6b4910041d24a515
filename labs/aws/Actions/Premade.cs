using System.Globalization;
using CloudManager.Labs.Aws.State;

namespace CloudManager.Labs.Aws.Actions;

/// <summary>Servers that were there before, made up from their number whenever they are asked for.</summary>
internal static class Premade
{
    private const string Prefix = "i-feed";

    public static string Id(int number) => $"{Prefix}{number:x13}";

    public static InstanceThing? Find(Region region, string id) =>
        id.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(id[Prefix.Length..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number)
        && number < region.Options.PremadeServers
            ? Make(region, number)
            : null;

    public static InstanceThing Make(Region region, int number) =>
        new()
        {
            Id = Id(number),
            Tags = new() { ["Name"] = $"old-{number:000000}" },
            MadeAt = region.Now.AddDays(-100),
            Type = "t3.small",
            Image = "ami-0000000000kylin10",
            Subnet = Region.HomeSubnet,
            Vpc = Region.HomeVpc,
            Address = $"10.{101 + (number >> 16)}.{(number >> 8) & 255}.{number & 255}",
            Token = null,
            Groups = [],
            RootVolume = "",
        };
}
