using CloudManager.Labs.Aws.State;
using CloudManager.Labs.Aws.Wire;

namespace CloudManager.Labs.Aws.Actions;

/// <summary>Writes volumes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Volume.html</summary>
internal static class VolumeXml
{
    public static string State(Region region, VolumeThing volume) =>
        volume.GoneAt is not null ? "deleting"
        : region.Now < volume.ReadyAt ? "creating"
        : volume.Server is null ? "available"
        : "in-use";

    public static string Hanging(Region region, VolumeThing volume) =>
        volume.Detaching ? "detaching"
        : region.Now < volume.HangsAt ? "attaching"
        : "attached";

    public static object?[] Members(Region region, VolumeThing volume) =>
        [
            Xml.Element("volumeId", volume.Id),
            Xml.Element("size", volume.Size),
            Xml.Element("snapshotId"),
            Xml.Element("availabilityZone", volume.Zone),
            Xml.Element("status", State(region, volume)),
            Xml.Element("createTime", Xml.Time(volume.MadeAt)),
            Xml.Element("volumeType", volume.Type),
            Xml.Element("encrypted", false),
            Xml.Set("attachmentSet", volume.Server is null ? [] : [Attachment(region, volume)]),
            Xml.Tags(volume.Tags),
        ];

    public static object?[] Attachment(Region region, VolumeThing volume) =>
        [
            Xml.Element("volumeId", volume.Id),
            Xml.Element("instanceId", volume.Server),
            Xml.Element("device", volume.Device),
            Xml.Element("status", Hanging(region, volume)),
            Xml.Element("attachTime", Xml.Time(volume.MadeAt)),
            Xml.Element("deleteOnTermination", volume.GoesWithServer),
        ];

    public static object?[] Modification(Region region, VolumeThing volume)
    {
        var isOver = region.Now >= volume.GrownAt;
        return
        [
            Xml.Element("volumeId", volume.Id),
            Xml.Element("modificationState", isOver ? "optimizing" : "modifying"),
            Xml.Element("targetSize", volume.Target),
            Xml.Element("originalSize", volume.Original),
            Xml.Element("progress", isOver ? 40 : 0),
            Xml.Element("startTime", Xml.Time(volume.MadeAt)),
        ];
    }
}
