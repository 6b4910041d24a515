using System.Net;
using CloudManager.Labs.Aws.State;
using CloudManager.Labs.Aws.Wire;

namespace CloudManager.Labs.Aws.Actions;

/// <summary>Instances, their types and images.</summary>
internal static class InstanceActions
{
    private const string Error = "InvalidInstanceID";

    public static IEnumerable<object?> Run(Region region, QueryRequest request)
    {
        if (region.MadeBefore(request) is { } made && region.Instances.TryGetValue(made, out var before))
        {
            return InstanceXml.Reservation(region, before).Elements();
        }

        var type = request.Needed("InstanceType");
        if (region.Types.All(each => each.Name != type))
        {
            throw new Refused("InvalidParameterValue", $"Invalid value '{type}' for InstanceType.");
        }

        var image = request.Needed("ImageId");
        if (region.Images.All(each => each.Id != image))
        {
            throw new Refused("InvalidAMIID.NotFound", $"The image id '[{image}]' does not exist");
        }

        var running = region.Instances.Values.Count(each => each.Target != "terminated");
        if (running >= region.Options.MostServers)
        {
            throw new Refused(
                "InstanceLimitExceeded",
                $"You have requested more instances than your limit of {region.Options.MostServers}."
            );
        }

        if (running >= region.Options.Room)
        {
            throw new Refused(
                "InsufficientInstanceCapacity",
                "We currently do not have sufficient capacity in the zone you requested.",
                500
            );
        }

        var instance = Make(region, request);
        region.NoteToken(request, instance.Id);
        return InstanceXml.Reservation(region, instance).Elements();
    }

    public static IEnumerable<object?> Describe(Region region, QueryRequest request)
    {
        var ids = request.List("InstanceId");
        if (ids.Count > 0 && request.Number("MaxResults") is not null)
        {
            throw new Refused(
                "InvalidParameterCombination",
                "The parameter instancesSet cannot be used with the parameter maxResults"
            );
        }

        var made =
            ids.Count > 0
                ? ids.Select(id => Known(region, id))
                : region.Instances.Values.Where(region.IsSeen).OrderBy(each => each.Id, StringComparer.Ordinal);
        var all = made.Where(instance => Passes(region, request, instance));
        if (ids.Count == 0 && MayListPremade(request))
        {
            // Those passed over are not made up: a page costs what it holds.
            var count = all.Count();
            var from = Math.Max(0, Filters.From(request) - count);
            all = all.Concat(
                Enumerable
                    .Range(0, region.Options.PremadeServers)
                    .Select(number => number < from ? null! : Premade.Make(region, number))
            );
        }

        var (items, next) = Filters.Page(region, request, all);
        return
        [
            Xml.Element("reservationSet", items.Select(each => InstanceXml.Reservation(region, each))),
            next is null ? null : Xml.Element("nextToken", next),
        ];
    }

    public static IEnumerable<object?> Terminate(Region region, QueryRequest request) =>
        Change(region, request, (instance, now) => Move(region, instance, now, "shutting-down", "terminated"));

    public static IEnumerable<object?> Start(Region region, QueryRequest request) =>
        Change(
            region,
            request,
            (instance, now) =>
            {
                Require(instance, now, "started", "running", "pending", "stopped");
                if (instance.State(now) == "stopped")
                {
                    Move(region, instance, now, "pending", "running");
                }
            }
        );

    public static IEnumerable<object?> Stop(Region region, QueryRequest request) =>
        Change(
            region,
            request,
            (instance, now) =>
            {
                Require(instance, now, "stopped", "running", "stopping", "stopped");
                if (instance.State(now) == "running")
                {
                    Move(region, instance, now, "stopping", "stopped");
                }
            }
        );

    public static IEnumerable<object?> Reboot(Region region, QueryRequest request)
    {
        foreach (var instance in Chosen(region, request))
        {
            Require(instance, region.Now, "rebooted", "running");
        }

        return [Xml.Element("return", true)];
    }

    public static IEnumerable<object?> Modify(Region region, QueryRequest request)
    {
        var instance = Known(region, request.Needed("InstanceId"));
        if (request.Text("Attribute") != "instanceType")
        {
            throw new Refused("InvalidParameterCombination", "The lab changes no attribute but instanceType");
        }

        var type = request.Needed("Value");
        if (region.Types.All(each => each.Name != type))
        {
            throw new Refused("InvalidParameterValue", $"Invalid value '{type}' for InstanceType.");
        }

        Require(instance, region.Now, "resized", "stopped");
        instance.Type = type;
        return [Xml.Element("return", true)];
    }

    public static IEnumerable<object?> Types(Region region, QueryRequest request)
    {
        var all = region.Types.Where(type =>
            Filters.Pass(request, new Dictionary<string, string>(), name => name == "instance-type" ? type.Name : null)
        );
        var (items, next) = Filters.Page(region, request, all);
        return
        [
            Xml.Set(
                "instanceTypeSet",
                items.Select(type =>
                    new object?[]
                    {
                        Xml.Element("instanceType", type.Name),
                        Xml.Element("vCpuInfo", Xml.Element("defaultVCpus", type.Vcpus)),
                        Xml.Element("memoryInfo", Xml.Element("sizeInMiB", type.MebibytesOfMemory)),
                    }
                )
            ),
            next is null ? null : Xml.Element("nextToken", next),
        ];
    }

    public static IEnumerable<object?> Images(Region region, QueryRequest request)
    {
        var owners = request.List("Owner").Select(owner => owner == "self" ? Region.Account : owner).ToList();
        var all = region.Images.Where(image =>
            (owners.Count == 0 || owners.Contains(image.Owner))
            && Filters.Pass(
                request,
                new Dictionary<string, string>(),
                name =>
                    name switch
                    {
                        "image-id" => image.Id,
                        "name" => image.Name,
                        "state" => "available",
                        "architecture" => image.Architecture,
                        _ => null,
                    }
            )
        );
        var (items, next) = Filters.Page(region, request, all);
        return [Xml.Set("imagesSet", items.Select(Image)), next is null ? null : Xml.Element("nextToken", next)];
    }

    public static InstanceThing Known(Region region, string id) =>
        !id.StartsWith("i-", StringComparison.Ordinal)
            ? throw new Refused($"{Error}.Malformed", $"Invalid id: \"{id}\" (expecting \"i-...\")")
            : Premade.Find(region, id) ?? Filters.Known(region, region.Instances, id, Error);

    private static object?[] Image(ImageThing image) =>
        [
            Xml.Element("imageId", image.Id),
            Xml.Element("imageLocation", $"{image.Owner}/{image.Name}"),
            Xml.Element("imageState", "available"),
            Xml.Element("imageOwnerId", image.Owner),
            Xml.Element("architecture", image.Architecture),
            Xml.Element("imageType", "machine"),
            Xml.Element("name", image.Name),
            Xml.Element("rootDeviceType", "ebs"),
            Xml.Element("rootDeviceName", "/dev/sda1"),
            Xml.Set(
                "blockDeviceMapping",
                [
                    [Xml.Element("deviceName", "/dev/sda1"), Xml.Element("ebs", Xml.Element("volumeSize", image.GiB))],
                ]
            ),
        ];

    private static InstanceThing Make(Region region, QueryRequest request)
    {
        var now = region.Now;
        var subnet = Filters.Known(
            region,
            region.Subnets,
            request.Text("SubnetId") ?? Region.HomeSubnet,
            "InvalidSubnetID"
        );
        var id = region.NewId("i");
        var disk = request.Parts("BlockDeviceMapping") is [var first, ..] ? first : null;
        var root = new VolumeThing
        {
            Id = region.NewId("vol"),
            Tags = request.Tags("volume"),
            MadeAt = now,
            Size = disk?.Number("Ebs.VolumeSize") ?? 8,
            Type = disk?.Text("Ebs.VolumeType") ?? "gp3",
            Zone = region.Zone,
            Token = null,
            Server = id,
            Device = disk?.Text("DeviceName") ?? "/dev/sda1",
            GoesWithServer = disk?.Flag("Ebs.DeleteOnTermination") ?? true,
        };
        var instance = new InstanceThing
        {
            Id = id,
            Tags = request.Tags("instance"),
            MadeAt = now,
            Type = request.Needed("InstanceType"),
            Image = request.Needed("ImageId"),
            Subnet = subnet.Id,
            Vpc = subnet.Vpc,
            Address = Address(subnet),
            Token = request.Text("ClientToken"),
            Groups = [.. request.List("SecurityGroupId")],
            RootVolume = root.Id,
            ArrivesAt = now + region.Options.Settle,
        };
        region.Volumes[root.Id] = root;
        return region.Instances[id] = instance;
    }

    /// <summary>The first four addresses of a subnet are the cloud's.</summary>
    private static string Address(SubnetThing subnet)
    {
        var bytes = IPNetwork.Parse(subnet.Cidr).BaseAddress.GetAddressBytes();
        var number = ++subnet.Given + 3;
        (bytes[2], bytes[3]) = ((byte)(bytes[2] + (number >> 8)), (byte)(bytes[3] + number));
        return new IPAddress(bytes).ToString();
    }

    private static bool MayListPremade(QueryRequest request) => request.Parts("Filter").Count == 0;

    private static bool Passes(Region region, QueryRequest request, InstanceThing instance) =>
        Filters.Pass(
            request,
            instance,
            name =>
                name switch
                {
                    "instance-id" => instance.Id,
                    "instance-state-name" => instance.State(region.Now),
                    "instance-type" => instance.Type,
                    "vpc-id" => instance.Vpc,
                    "subnet-id" => instance.Subnet,
                    _ => null,
                }
        );

    private static List<InstanceThing> Chosen(Region region, QueryRequest request) =>
        [.. request.List("InstanceId").Select(id => Known(region, id))];

    private static IEnumerable<object?> Change(
        Region region,
        QueryRequest request,
        Action<InstanceThing, DateTimeOffset> change
    )
    {
        var now = region.Now;
        var items = new List<object?[]>();
        foreach (var instance in Chosen(region, request))
        {
            var before = instance.State(now);
            change(instance, now);
            items.Add([
                Xml.Element("instanceId", instance.Id),
                InstanceXml.State("currentState", instance.State(now)),
                InstanceXml.State("previousState", before),
            ]);
        }

        return [Xml.Set("instancesSet", items)];
    }

    private static void Require(InstanceThing instance, DateTimeOffset now, string done, params string[] states)
    {
        if (!states.Contains(instance.State(now)))
        {
            throw new Refused(
                "IncorrectInstanceState",
                $"The instance '{instance.Id}' is not in a state from which it can be {done}."
            );
        }
    }

    private static void Move(Region region, InstanceThing instance, DateTimeOffset now, string moving, string target)
    {
        if (instance.Target == "terminated")
        {
            return;
        }

        (instance.Moving, instance.Target, instance.ArrivesAt) = (moving, target, now + region.Options.Settle);
        instance.Reason = target switch
        {
            "running" => null,
            _ => "Client.UserInitiatedShutdown",
        };
    }
}
