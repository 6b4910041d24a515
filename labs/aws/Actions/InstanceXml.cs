using System.Xml.Linq;
using CloudManager.Labs.Aws.State;
using CloudManager.Labs.Aws.Wire;

namespace CloudManager.Labs.Aws.Actions;

/// <summary>Writes instances: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html</summary>
internal static class InstanceXml
{
    private static readonly Dictionary<string, int> Codes = new()
    {
        ["pending"] = 0,
        ["running"] = 16,
        ["shutting-down"] = 32,
        ["terminated"] = 48,
        ["stopping"] = 64,
        ["stopped"] = 80,
    };

    public static XElement State(string name, string state) =>
        Xml.Element(name, Xml.Element("code", Codes[state]), Xml.Element("name", state));

    public static XElement Reservation(Region region, InstanceThing instance, string name = "item") =>
        Xml.Element(
            name,
            Xml.Element("reservationId", $"r-{instance.Id[2..]}"),
            Xml.Element("ownerId", Region.Account),
            Xml.Element("groupSet"),
            Xml.Element("instancesSet", Instance(region, instance))
        );

    private static XElement Instance(Region region, InstanceThing instance)
    {
        var state = instance.State(region.Now);
        var type = region.Types.First(each => each.Name == instance.Type);
        return Xml.Element(
            "item",
            Xml.Element("instanceId", instance.Id),
            Xml.Element("imageId", instance.Image),
            State("instanceState", state),
            Xml.Element("instanceType", instance.Type),
            Xml.Element("launchTime", Xml.Time(instance.MadeAt)),
            Xml.Element("placement", Xml.Element("availabilityZone", region.Zone), Xml.Element("tenancy", "default")),
            Xml.Element("clientToken", instance.Token),
            state == "terminated" ? null : Network(instance, state),
            instance.Reason is { } reason
                ? Xml.Element(
                    "stateReason",
                    Xml.Element("code", reason),
                    Xml.Element("message", $"{reason}: told by the lab")
                )
                : null,
            Xml.Element(
                "architecture",
                region.Images.FirstOrDefault(image => image.Id == instance.Image)?.Architecture
            ),
            Xml.Element("rootDeviceType", "ebs"),
            Xml.Element("rootDeviceName", "/dev/sda1"),
            state == "terminated" ? null : Devices(region, instance),
            Xml.Element("cpuOptions", Xml.Element("coreCount", type.Vcpus / 2), Xml.Element("threadsPerCore", 2)),
            Xml.Tags(instance.Tags)
        );
    }

    private static object?[] Network(InstanceThing instance, string state) =>
        [
            Xml.Element("subnetId", instance.Subnet),
            Xml.Element("vpcId", instance.Vpc),
            Xml.Set(
                "groupSet",
                instance.Groups.Select(group =>
                    new object?[] { Xml.Element("groupId", group), Xml.Element("groupName", group) }
                )
            ),
            state == "pending"
                ? null
                : new object[]
                {
                    Xml.Element("privateIpAddress", instance.Address),
                    Xml.Set(
                        "networkInterfaceSet",
                        [
                            [
                                Xml.Element("networkInterfaceId", $"eni-{instance.Id[2..]}"),
                                Xml.Element("privateIpAddress", instance.Address),
                                Xml.Set(
                                    "privateIpAddressesSet",
                                    [
                                        [
                                            Xml.Element("privateIpAddress", instance.Address),
                                            Xml.Element("primary", true),
                                        ],
                                    ]
                                ),
                            ],
                        ]
                    ),
                },
        ];

    private static XElement Devices(Region region, InstanceThing instance) =>
        Xml.Set(
            "blockDeviceMapping",
            region
                .Volumes.Values.Where(volume => volume.Server == instance.Id)
                .Select(volume =>
                    new object?[]
                    {
                        Xml.Element("deviceName", volume.Device),
                        Xml.Element(
                            "ebs",
                            Xml.Element("volumeId", volume.Id),
                            Xml.Element("status", VolumeXml.Hanging(region, volume)),
                            Xml.Element("attachTime", Xml.Time(volume.MadeAt)),
                            Xml.Element("deleteOnTermination", volume.GoesWithServer)
                        ),
                    }
                )
        );
}
