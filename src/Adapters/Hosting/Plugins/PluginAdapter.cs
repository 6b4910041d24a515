using System.Reflection;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Plugins;

/// <summary>
/// A plug-in's adapter as the platform sees it: what it says of itself and which services it offers were read on the
/// plug-in's own threads, when it was made and after each check, so that looking at it never runs its code.
/// </summary>
internal sealed class PluginAdapter : ICloudAdapter
{
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(5);
    private static readonly PropertyInfo[] Offered =
    [
        .. typeof(ICloudAdapter).GetProperties().Where(property => property.PropertyType.IsInterface),
    ];

    private readonly ICloudAdapter _real;
    private readonly PluginWard _ward;
    private readonly TimeProvider _machineTime;
    private volatile Surface _surface;

    /// <summary>To be made on a thread that may be lost.</summary>
    public PluginAdapter(ICloudAdapter real, PluginWard ward, TimeProvider machineTime) =>
        (_real, _ward, _machineTime, _surface) = (real, ward, machineTime, Read(real));

    public AdapterInfo Info => _surface.Info;

    public IServerService? Servers => Of<IServerService>();

    public IServerPower? Power => Of<IServerPower>();

    public IServerResizing? Resizing => Of<IServerResizing>();

    public IVolumeService? Volumes => Of<IVolumeService>();

    public IVolumeAttachment? Attachment => Of<IVolumeAttachment>();

    public ISnapshotService? Snapshots => Of<ISnapshotService>();

    public INetworkService? Networks => Of<INetworkService>();

    public IAddressService? Addresses => Of<IAddressService>();

    public IAddressBinding? Binding => Of<IAddressBinding>();

    public IOfferings? Offerings => Of<IOfferings>();

    public IInventory? Inventory => Of<IInventory>();

    public IServerChanges? Changes => Of<IServerChanges>();

    public IConsoleSource? Console => Of<IConsoleSource>();

    public IUsageSource? Usage => Of<IUsageSource>();

    public ICapacitySource? Capacity => Of<ICapacitySource>();

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await (_real.CheckAsync(cancellationToken) ?? throw PluginFailedException.Nothing("check"));
        _surface = Read(_real);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(ClosingTime, _machineTime);
        try
        {
            await _ward.AskAsync("dispose", CloseAsync, patience.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException("The plug-in did not close.", late);
        }
    }

    private async Task<bool> CloseAsync(CancellationToken cancellationToken)
    {
        await _real.DisposeAsync();
        return true;
    }

    private TService? Of<TService>()
        where TService : class => (TService?)_surface.Services[typeof(TService)];

    private static Surface Read(ICloudAdapter real)
    {
        var info = real.Info ?? throw PluginFailedException.Nothing("Info");
        if (info.Kind is null || info.CloudVersion is null || info.Limits is null || info.Notes is null)
        {
            throw PluginFailedException.Nothing("Info");
        }

        var services = Offered.ToDictionary(
            property => property.PropertyType,
            property => property.GetMethod!.Invoke(real, BindingFlags.DoNotWrapExceptions, null, null, null)
        );
        return new Surface(info with { Notes = [.. info.Notes] }, services);
    }

    /// <param name="Info">What the adapter says of itself.</param>
    /// <param name="Services">The services of the contract, null where there is none.</param>
    private sealed record Surface(AdapterInfo Info, IReadOnlyDictionary<Type, object?> Services);
}
