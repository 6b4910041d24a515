using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Relay.Wire;

/// <summary>Every method that goes through an agent: the one list that platform and agent are both written against.</summary>
public static class Methods
{
    public static Method<Nothing, Nothing> Check { get; } = new("adapter", "check", Effect.Reads);

    public static Method<ById, Nothing> Start { get; } = Acts<ById>("power", "start");
    public static Method<ById, Nothing> Stop { get; } = Acts<ById>("power", "stop");
    public static Method<ById, Nothing> Reboot { get; } = Acts<ById>("power", "reboot");

    public static Method<ToSize, Nothing> Resize { get; } = Acts<ToSize>("resizing", "resize");
    public static Method<ById, Nothing> ConfirmResize { get; } = Acts<ById>("resizing", "confirm");
    public static Method<ById, Nothing> RevertResize { get; } = Acts<ById>("resizing", "revert");

    public static Method<ToGiB, Nothing> ExtendVolume { get; } = Acts<ToGiB>("volumes", "extend");
    public static Method<ToServer, Nothing> Attach { get; } = Acts<ToServer>("attachment", "attach");
    public static Method<ById, Nothing> Detach { get; } = Acts<ById>("attachment", "detach");

    public static Method<ToBandwidth, Nothing> SetBandwidth { get; } = Acts<ToBandwidth>("addresses", "setBandwidth");
    public static Method<ToServer, Nothing> Bind { get; } = Acts<ToServer>("binding", "bind");
    public static Method<ById, Nothing> Unbind { get; } = Acts<ById>("binding", "unbind");

    public static Things<ServerSpec, CloudServer> Servers { get; } = new("servers");
    public static Things<VolumeSpec, CloudVolume> Volumes { get; } = new("volumes");
    public static Things<SnapshotSpec, CloudSnapshot> Snapshots { get; } = new("snapshots");
    public static Things<NetworkSpec, CloudNetwork> Networks { get; } = new("networks");
    public static Things<AddressSpec, CloudAddress> Addresses { get; } = new("addresses");

    public static Listing<Nothing, CloudImage> Images { get; } = new("offerings", "images");
    public static Listing<Nothing, CloudFlavour> Flavours { get; } = new("offerings", "flavours");
    public static Listing<Nothing, CloudVolumeType> VolumeTypes { get; } = new("offerings", "volumeTypes");

    public static Listing<Nothing, CloudServer> AllServers { get; } = new("inventory", "servers");
    public static Listing<Nothing, CloudVolume> AllVolumes { get; } = new("inventory", "volumes");
    public static Listing<Nothing, CloudNetwork> AllNetworks { get; } = new("inventory", "networks");
    public static Listing<Nothing, CloudAddress> AllAddresses { get; } = new("inventory", "addresses");

    public static Listing<SinceInstant, ServerChange> Changes { get; } = new("changes", "list");
    public static Method<ById, Uri> OpenConsole { get; } = new("console", "open", Effect.Reads);
    public static Listing<UseOf, UsageSample> Usage { get; } = new("usage", "read");
    public static Method<Nothing, PoolCapacity> Capacity { get; } = new("capacity", "get", Effect.Reads);

    private static Method<TArguments, Nothing> Acts<TArguments>(string service, string name) =>
        new(service, name, Effect.Acts);
}

/// <summary>The four methods of every service that makes things under keys.</summary>
public sealed record Things<TSpec, TThing>(string Service)
{
    public Method<Making<TSpec>, TThing> Create { get; } = new(Service, "create", Effect.Acts);

    public Method<ByKey, TThing?> Find { get; } = new(Service, "find", Effect.Reads) { MayFindNothing = true };

    public Method<ById, TThing> Get { get; } = new(Service, "get", Effect.Reads);

    public Method<ById, Nothing> Delete { get; } = new(Service, "delete", Effect.Acts);
}

/// <summary>The services as they are announced, and where an adapter has each.</summary>
public static class ServiceNames
{
    private static readonly IReadOnlyList<(string Name, Func<ICloudAdapter, object?> Service)> Known =
    [
        ("servers", adapter => adapter.Servers),
        ("power", adapter => adapter.Power),
        ("resizing", adapter => adapter.Resizing),
        ("volumes", adapter => adapter.Volumes),
        ("attachment", adapter => adapter.Attachment),
        ("snapshots", adapter => adapter.Snapshots),
        ("networks", adapter => adapter.Networks),
        ("addresses", adapter => adapter.Addresses),
        ("binding", adapter => adapter.Binding),
        ("offerings", adapter => adapter.Offerings),
        ("inventory", adapter => adapter.Inventory),
        ("changes", adapter => adapter.Changes),
        ("console", adapter => adapter.Console),
        ("usage", adapter => adapter.Usage),
        ("capacity", adapter => adapter.Capacity),
    ];

    /// <summary>All of them, in the order of <see cref="ICloudAdapter"/>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Known.Select(each => each.Name)];

    /// <summary>Those this adapter offers now.</summary>
    public static IReadOnlyList<string> Of(ICloudAdapter adapter) =>
        [.. Known.Where(each => each.Service(adapter) is not null).Select(each => each.Name)];
}
