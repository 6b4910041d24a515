using CloudManager.Adapters.Huawei.Servers;
using CloudManager.Adapters.Huawei.Volumes;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Watching;

/// <summary>The project's quotas: no call tells what the hosts hold.</summary>
internal sealed class HuaweiCapacity(HuaweiDoor door, Evs evs) : ICapacitySource
{
    private const int MiBPerGiB = 1024;

    public async Task<PoolCapacity> GetAsync(CancellationToken cancellationToken)
    {
        var servers = await LimitsAsync(cancellationToken);
        var volumes = (
            await evs.AskAsync<IEvsOffersApi, QuotaAnswer>(
                (api, p) => api.GetQuotaAsync(p, cancellationToken),
                cancellationToken
            )
        )
            .QuotaSet
            .Gigabytes;
        return new PoolCapacity(
            Known(servers.Cores),
            servers.CoresUsed,
            Known(servers.Memory) / MiBPerGiB,
            servers.MemoryUsed / MiBPerGiB,
            Known(volumes?.Limit ?? -1),
            volumes?.InUse + volumes?.Reserved
        );
    }

    /// <summary>The quota of servers, by the cheapest call that ECS has.</summary>
    public async Task<AbsoluteLimits> LimitsAsync(CancellationToken token) =>
        (
            await door.AskAsync<IEcsOffersApi, LimitsAnswer>(
                CloudServices.Ecs,
                (api, p) => api.GetLimitsAsync(p, token),
                token
            )
        ).Absolute;

    /// <summary>A bound of -1 is none.</summary>
    private static long? Known(long total) => total < 0 ? null : total;
}
