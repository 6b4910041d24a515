using CloudManager.Labs.Aws.State;
using CloudManager.Labs.Aws.Wire;

namespace CloudManager.Labs.Aws.Actions;

/// <summary>Volumes, where they hang, and their snapshots.</summary>
internal static class VolumeActions
{
    private const string Error = "InvalidVolume";
    private static readonly string[] Types = ["gp2", "gp3", "st1", "sc1", "standard"];

    public static IEnumerable<object?> Create(Region region, QueryRequest request)
    {
        if (region.MadeBefore(request) is { } made && region.Volumes.TryGetValue(made, out var before))
        {
            return VolumeXml.Members(region, before);
        }

        var (type, size) = Ordered(region, request);
        var volume = new VolumeThing
        {
            Id = region.NewId("vol"),
            Tags = request.Tags("volume"),
            MadeAt = region.Now,
            Size = size,
            Type = type,
            Zone = region.Zone,
            Token = request.Text("ClientToken"),
            ReadyAt = region.Now + region.Options.Settle,
        };
        region.Volumes[volume.Id] = volume;
        region.NoteToken(request, volume.Id);
        return VolumeXml.Members(region, volume);
    }

    private static (string Type, int Size) Ordered(Region region, QueryRequest request)
    {
        var type = request.Text("VolumeType") ?? "gp2";
        var size = request.Number("Size") ?? throw new Refused("MissingParameter", "The request must contain size");
        if (!Types.Contains(type))
        {
            throw new Refused("InvalidParameterValue", $"The volume type '{type}' is unknown.");
        }

        if (size is < 1 or > 16_384)
        {
            throw new Refused("InvalidParameterValue", $"Volume of {size}GiB is out of range for type {type}.");
        }

        if (request.Needed("AvailabilityZone") != region.Zone)
        {
            throw new Refused("InvalidZone.NotFound", $"The zone '{request.Text("AvailabilityZone")}' does not exist.");
        }

        if (region.Volumes.Values.Count(each => !each.GoesWithServer) >= region.Options.MostVolumes)
        {
            throw new Refused("VolumeLimitExceeded", "You have exceeded your maximum volume count.");
        }

        return (type, size);
    }

    public static IEnumerable<object?> Describe(Region region, QueryRequest request)
    {
        var all = Filters
            .Of(region, request, region.Volumes, ("VolumeId", Error))
            .Where(volume =>
                Filters.Pass(
                    request,
                    volume,
                    name =>
                        name switch
                        {
                            "volume-id" => volume.Id,
                            "status" => VolumeXml.State(region, volume),
                            "attachment.instance-id" => volume.Server ?? "",
                            _ => null,
                        }
                )
            );
        var (items, next) = Filters.Page(region, request, all);
        return
        [
            Xml.Set("volumeSet", items.Select(volume => VolumeXml.Members(region, volume))),
            next is null ? null : Xml.Element("nextToken", next),
        ];
    }

    public static IEnumerable<object?> Delete(Region region, QueryRequest request)
    {
        var volume = Known(region, request);
        if (volume.Server is not null)
        {
            throw new Refused("VolumeInUse", $"{volume.Id} is currently attached to {volume.Server}");
        }

        volume.GoneAt ??= region.Now + region.Options.Settle;
        return [Xml.Element("return", true)];
    }

    public static IEnumerable<object?> Attach(Region region, QueryRequest request)
    {
        var volume = Known(region, request);
        var server = InstanceActions.Known(region, request.Needed("InstanceId"));
        var device = request.Needed("Device");
        if (volume.Server is not null)
        {
            throw new Refused("VolumeInUse", $"{volume.Id} is already attached to an instance");
        }

        if (VolumeXml.State(region, volume) != "available")
        {
            throw new Refused("IncorrectState", $"{volume.Id} is not 'available'.");
        }

        if (server.State(region.Now) is not ("running" or "stopped"))
        {
            throw new Refused("IncorrectState", $"Instance '{server.Id}' is not 'running'.");
        }

        if (region.Volumes.Values.Any(each => each.Server == server.Id && each.Device == device))
        {
            throw new Refused(
                "InvalidParameterValue",
                $"Invalid value '{device}' for unixDevice. Attachment point {device} is already in use"
            );
        }

        (volume.Server, volume.Device, volume.HangsAt) = (server.Id, device, region.Now + region.Options.Settle);
        return VolumeXml.Attachment(region, volume);
    }

    public static IEnumerable<object?> Detach(Region region, QueryRequest request)
    {
        var volume = Known(region, request);
        if (volume.Server is null)
        {
            throw new Refused("IncorrectState", $"Volume '{volume.Id}' is in the 'available' state.");
        }

        var told = VolumeXml.Attachment(region, volume);
        (volume.Detaching, volume.HangsAt) = (true, region.Now + region.Options.Settle);
        return told;
    }

    public static IEnumerable<object?> Modify(Region region, QueryRequest request)
    {
        var volume = Known(region, request);
        var size = request.Number("Size") ?? volume.Size;
        if (size < volume.Size)
        {
            throw new Refused("InvalidParameterValue", "New size cannot be smaller than existing size");
        }

        if (volume.Target is not null && region.Now < volume.GrownAt)
        {
            throw new Refused("IncorrectModificationState", $"Volume {volume.Id} is already being modified.");
        }

        if (volume.Target is not null)
        {
            throw new Refused(
                "VolumeModificationRateExceeded",
                "You've reached the maximum modification rate per volume limit. Wait at least 6 hours."
            );
        }

        (volume.Original, volume.Target) = (volume.Size, size);
        volume.GrownAt = region.Now + region.Options.Settle;
        return [Xml.Element("volumeModification", VolumeXml.Modification(region, volume))];
    }

    public static IEnumerable<object?> Modifications(Region region, QueryRequest request)
    {
        var asked = request.List("VolumeId");
        var modified = region
            .Volumes.Values.Where(volume => asked.Contains(volume.Id) && volume.Target is not null)
            .ToList();
        return modified.Count == 0
            ? throw new Refused(
                "InvalidVolumeModification.NotFound",
                $"No modification of '{string.Join(", ", asked)}'."
            )
            : [Xml.Set("volumeModificationSet", modified.Select(volume => VolumeXml.Modification(region, volume)))];
    }

    public static IEnumerable<object?> Snap(Region region, QueryRequest request)
    {
        var volume = Known(region, request);
        var snapshot = new SnapshotThing
        {
            Id = region.NewId("snap"),
            Tags = request.Tags("snapshot"),
            MadeAt = region.Now,
            Volume = volume.Id,
            Size = volume.Size,
            ReadyAt = region.Now + region.Options.Settle,
        };
        region.Snapshots[snapshot.Id] = snapshot;
        return Members(region, snapshot);
    }

    public static IEnumerable<object?> Snapshots(Region region, QueryRequest request)
    {
        var all = Filters
            .Of(region, request, region.Snapshots, ("SnapshotId", "InvalidSnapshot"))
            .Where(snapshot =>
                Filters.Pass(
                    request,
                    snapshot,
                    name =>
                        name switch
                        {
                            "snapshot-id" => snapshot.Id,
                            "volume-id" => snapshot.Volume,
                            _ => null,
                        }
                )
            );
        var (items, next) = Filters.Page(region, request, all);
        return
        [
            Xml.Set("snapshotSet", items.Select(snapshot => Members(region, snapshot))),
            next is null ? null : Xml.Element("nextToken", next),
        ];
    }

    public static IEnumerable<object?> DeleteSnapshot(Region region, QueryRequest request)
    {
        var id = request.Needed("SnapshotId");
        region.Snapshots.Remove(Filters.Known(region, region.Snapshots, id, "InvalidSnapshot").Id);
        return [Xml.Element("return", true)];
    }

    private static VolumeThing Known(Region region, QueryRequest request)
    {
        var id = request.Needed("VolumeId");
        return id.StartsWith("vol-", StringComparison.Ordinal)
            ? Filters.Known(region, region.Volumes, id, Error)
            : throw new Refused(
                "InvalidParameterValue",
                $"Value ({id}) for parameter volumeId is invalid. Expected: 'vol-...'."
            );
    }

    private static object?[] Members(Region region, SnapshotThing snapshot)
    {
        var isReady = region.Now >= snapshot.ReadyAt;
        return
        [
            Xml.Element("snapshotId", snapshot.Id),
            Xml.Element("volumeId", snapshot.Volume),
            Xml.Element("status", isReady ? "completed" : "pending"),
            Xml.Element("startTime", Xml.Time(snapshot.MadeAt)),
            Xml.Element("progress", isReady ? "100%" : "10%"),
            Xml.Element("ownerId", Region.Account),
            Xml.Element("volumeSize", snapshot.Size),
            Xml.Element("description"),
            Xml.Tags(snapshot.Tags),
        ];
    }
}
