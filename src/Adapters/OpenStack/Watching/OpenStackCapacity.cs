using CloudManager.Adapters.OpenStack.Compute;
using CloudManager.Adapters.OpenStack.Placement;
using CloudManager.Adapters.OpenStack.Volumes;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.OpenStack.Watching;

/// <summary>
/// The hosts' capacity where the credentials may see it, else the project's quota; block storage always by the
/// project's quota, as volumes of all projects share the back-ends and no call says what is left for this one.
/// </summary>
internal sealed class OpenStackCapacity(CloudDoor door, HostCapacity hosts, ProjectQuota quota, Cinder cinder)
    : ICapacitySource
{
    public async Task<PoolCapacity> GetAsync(CancellationToken cancellationToken)
    {
        var (vcpus, memory) = await hosts.RefusalAsync(cancellationToken) is null
            ? await hosts.GetAsync(cancellationToken)
            : await QuotaAsync(cancellationToken);
        var storage = await StorageAsync(cancellationToken);
        return new PoolCapacity(
            Known(vcpus.Total),
            vcpus.Used,
            Known(memory.Total) / 1024,
            memory.Used / 1024,
            Known(storage?.GiB ?? -1),
            storage?.GiBUsed
        );
    }

    private async Task<(Room, Room)> QuotaAsync(CancellationToken token)
    {
        var limits = await quota.GetAsync(token);
        return (new Room(limits.Cores, limits.CoresUsed), new Room(limits.Memory, limits.MemoryUsed));
    }

    private async Task<VolumeLimits?> StorageAsync(CancellationToken token) =>
        await door.HasAsync(CloudServices.Volume, token)
            ? (await cinder.AskAsync<ICinderOffersApi, VolumeLimitsAnswer>(api => api.GetLimitsAsync(token), token))
                .Limits
                .Absolute
            : null;

    /// <summary>A bound of -1 is none.</summary>
    private static long? Known(long total) => total < 0 ? null : total;
}
