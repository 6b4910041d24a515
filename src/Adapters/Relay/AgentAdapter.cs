using CloudManager.Adapters.Relay.Services;
using CloudManager.Adapters.Relay.Wire;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Relay;

/// <summary>
/// A pool behind site agents: every call goes into the pool's relay. It offers what its agents announced. Before any
/// has, it offers everything, as only the agents know, and each call says that none is there: a task must not fail for
/// good because the platform was started before the agent.
/// </summary>
internal sealed class AgentAdapter(PoolRelay relay, Action close) : ICloudAdapter
{
    private readonly RelayServers _servers = new(relay);
    private readonly RelayVolumes _volumes = new(relay);
    private readonly RelaySnapshots _snapshots = new(relay);
    private readonly RelayNetworks _networks = new(relay);
    private readonly RelayAddresses _addresses = new(relay);
    private readonly RelayWatching _watching = new(relay);

    public AdapterInfo Info
    {
        get
        {
            var said = relay.Announced is [var newest, ..] ? newest.Info : null;
            var version = said is null ? "" : $"{said.Kind} {said.CloudVersion}".TrimEnd();
            return new AdapterInfo(AgentAdapterFactory.KindName, version, said?.Limits ?? new CloudLimits())
            {
                Notes = said?.Notes ?? [.. ServiceNames.All.Append("bandwidth").Select(Unknown)],
            };
        }
    }

    public IServerService? Servers => Offer("servers", _servers);

    public IServerPower? Power => Offer("power", _servers);

    public IServerResizing? Resizing => Offer("resizing", _servers);

    public IVolumeService? Volumes => Offer("volumes", _volumes);

    public IVolumeAttachment? Attachment => Offer("attachment", _volumes);

    public ISnapshotService? Snapshots => Offer("snapshots", _snapshots);

    public INetworkService? Networks => Offer("networks", _networks);

    public IAddressService? Addresses => Offer("addresses", _addresses);

    public IAddressBinding? Binding => Offer("binding", _addresses);

    public IOfferings? Offerings => Offer("offerings", _watching);

    public IInventory? Inventory => Offer("inventory", _watching);

    public IServerChanges? Changes => Offer("changes", _watching);

    public IConsoleSource? Console => Offer("console", _servers);

    public IUsageSource? Usage => Offer("usage", _watching);

    public ICapacitySource? Capacity => Offer("capacity", _watching);

    public Task CheckAsync(CancellationToken cancellationToken) =>
        relay.AskAsync(Methods.Check, Nothing.Value, cancellationToken);

    public ValueTask DisposeAsync()
    {
        close();
        return ValueTask.CompletedTask;
    }

    private T? Offer<T>(string name, T service)
        where T : class
    {
        var announced = relay.Announced;
        return announced.Count == 0 || announced.Any(each => each.Services.Contains(name)) ? service : null;
    }

    private CapabilityNote Unknown(string capability) =>
        new(capability, $"现场代理尚未报告该资源池的能力 / {relay.Absence ?? "the agent cannot open its adapter"}");
}
