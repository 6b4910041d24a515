using CloudManager.Adapters.Hosting.Guarding.Services;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Guarding;

/// <summary>
/// An adapter behind its guard. A service the adapter does not offer stays one it does not offer; some learn only when
/// they connect that their cloud lacks one, so those that may be missing are asked for each time.
/// </summary>
internal sealed class GuardedAdapter(ICloudAdapter inner, CallGuard guard) : ICloudAdapter
{
    public AdapterInfo Info => inner.Info;

    public IServerService? Servers { get; } = Wrap(inner.Servers, it => new GuardedServers(it, guard));

    public IServerPower? Power { get; } = Wrap(inner.Power, it => new GuardedServerPower(it, guard));

    public IServerResizing? Resizing { get; } = Wrap(inner.Resizing, it => new GuardedServerResizing(it, guard));

    public IVolumeService? Volumes => Wrap(inner.Volumes, it => new GuardedVolumes(it, guard));

    public IVolumeAttachment? Attachment =>
        Wrap(inner.Attachment, it => new GuardedVolumeAttachment(it, guard));

    public ISnapshotService? Snapshots => Wrap(inner.Snapshots, it => new GuardedSnapshots(it, guard));

    public INetworkService? Networks { get; } = Wrap(inner.Networks, it => new GuardedNetworks(it, guard));

    public IAddressService? Addresses { get; } = Wrap(inner.Addresses, it => new GuardedAddresses(it, guard));

    public IAddressBinding? Binding { get; } = Wrap(inner.Binding, it => new GuardedAddressBinding(it, guard));

    public IOfferings? Offerings { get; } = Wrap(inner.Offerings, it => new GuardedOfferings(it, guard));

    public IInventory? Inventory { get; } = Wrap(inner.Inventory, it => new GuardedInventory(it, guard));

    public IServerChanges? Changes { get; } = Wrap(inner.Changes, it => new GuardedServerChanges(it, guard));

    public IConsoleSource? Console { get; } = Wrap(inner.Console, it => new GuardedConsole(it, guard));

    public IUsageSource? Usage => Wrap(inner.Usage, it => new GuardedUsage(it, guard));

    public ICapacitySource? Capacity { get; } = Wrap(inner.Capacity, it => new GuardedCapacity(it, guard));

    public Task CheckAsync(CancellationToken cancellationToken) =>
        guard.TellAsync("check", Repeat.WhenTransient, inner.CheckAsync, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await inner.DisposeAsync();
        }
#pragma warning disable CA1031 // The platform is closing the pool; that the adapter fails at it is logged by the translation.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            guard.Failures.Translate("dispose", failure, CancellationToken.None);
        }
        finally
        {
            guard.Dispose();
        }
    }

    private static TService? Wrap<TService>(TService? service, Func<TService, TService> wrap)
        where TService : class => service is null ? null : wrap(service);
}
