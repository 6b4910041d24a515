namespace CloudManager.Adapters.OpenInterface.Contract;

/// <summary>The names of the collections as paths write them, and of the services as descriptions name them.</summary>
public static class OpenPaths
{
    public const string Servers = "servers";
    public const string Volumes = "volumes";
    public const string Snapshots = "snapshots";
    public const string Networks = "networks";
    public const string Addresses = "addresses";
    public const string Images = "images";
    public const string Flavours = "flavours";
    public const string VolumeTypes = "volume-types";
    public const string ServerChanges = "server-changes";

    public const string Power = "power";
    public const string Resizing = "resizing";
    public const string Attachment = "attachment";
    public const string Binding = "binding";
    public const string Offerings = "offerings";
    public const string Inventory = "inventory";
    public const string Changes = "changes";
    public const string Console = "console";
    public const string Usage = "usage";
    public const string Capacity = "capacity";
}
