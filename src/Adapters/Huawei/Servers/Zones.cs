using CloudManager.Adapters.Sdk;

namespace CloudManager.Adapters.Huawei.Servers;

/// <summary>
/// The one zone that servers and volumes are placed in: a volume of another zone cannot be attached. It is the one of the
/// settings, else the first that is available, looked up once.
/// </summary>
internal sealed class Zones(HuaweiDoor door, string? setting)
{
    private volatile string? _known = setting;

    /// <exception cref="AdapterException"><see cref="FailureKind.NoCapacity"/>: no zone is available.</exception>
    public async Task<string> GetAsync(CancellationToken token) => _known ??= await FirstAsync(token);

    private async Task<string> FirstAsync(CancellationToken token)
    {
        var answer = await door.AskAsync<IEcsOffersApi, ZonesAnswer>(
            CloudServices.Ecs,
            (api, p) => api.ListZonesAsync(p, token),
            token
        );
        return answer
                .Zones.Where(zone => zone.State is not { Available: false })
                .Select(zone => zone.Name)
                .Order(StringComparer.Ordinal)
                .FirstOrDefault()
            ?? throw new AdapterException(FailureKind.NoCapacity, "The region has no zone that is available.");
    }
}
