using System.Collections.Concurrent;
using CloudManager.Adapters.Hosting.Guarding.Services;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Hosting.Guarding;

/// <summary>
/// An adapter behind its guard. A service the adapter does not offer stays one it does not offer; some learn only when
/// they connect that their cloud lacks one, so those that may be missing are asked for each time.
/// </summary>
internal sealed class GuardedAdapter(ICloudAdapter inner, CallGuard guard) : ICloudAdapter
{
    private readonly ConcurrentDictionary<Type, object> _guarded = new();

    public AdapterInfo Info => inner.Info;

    public IServerService? Servers => Offer(inner.Servers, it => new GuardedServers(it, guard));

    public IServerPower? Power => Offer(inner.Power, it => new GuardedServerPower(it, guard));

    public IServerResizing? Resizing => Offer(inner.Resizing, it => new GuardedServerResizing(it, guard));

    public IVolumeService? Volumes => Offer(inner.Volumes, it => new GuardedVolumes(it, guard));

    public IVolumeAttachment? Attachment => Offer(inner.Attachment, it => new GuardedVolumeAttachment(it, guard));

    public ISnapshotService? Snapshots => Offer(inner.Snapshots, it => new GuardedSnapshots(it, guard));

    public INetworkService? Networks => Offer(inner.Networks, it => new GuardedNetworks(it, guard));

    public IAddressService? Addresses => Offer(inner.Addresses, it => new GuardedAddresses(it, guard));

    public IAddressBinding? Binding => Offer(inner.Binding, it => new GuardedAddressBinding(it, guard));

    public IOfferings? Offerings => Offer(inner.Offerings, it => new GuardedOfferings(it, guard));

    public IInventory? Inventory => Offer(inner.Inventory, it => new GuardedInventory(it, guard));

    public IServerChanges? Changes => Offer(inner.Changes, it => new GuardedServerChanges(it, guard));

    public IConsoleSource? Console => Offer(inner.Console, it => new GuardedConsole(it, guard));

    public IUsageSource? Usage => Offer(inner.Usage, it => new GuardedUsage(it, guard));

    public ICapacitySource? Capacity => Offer(inner.Capacity, it => new GuardedCapacity(it, guard));

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

    private TService? Offer<TService>(TService? service, Func<TService, TService> put)
        where TService : class =>
        service is null ? null : (TService)_guarded.GetOrAdd(typeof(TService), _ => put(service));
}
