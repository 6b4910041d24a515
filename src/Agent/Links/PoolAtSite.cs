using CloudManager.Adapters.Hosting;
using CloudManager.Adapters.Relay.Wire;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Pools;
using Microsoft.Extensions.Logging;

namespace CloudManager.Agent.Links;

/// <summary>One pool as it is reached at this site: its guarded adapter, and the time its cloud may be simulated on.</summary>
internal sealed class PoolAtSite(Pool pool, HostedPools pools, FollowedTime businessTime, ILogger logger)
{
    private string? _trouble;

    public string Id => pool.Id.Value;

    /// <summary>As many calls as the pool's own limits allow at once.</summary>
    public int Concurrency => pool.Limits.Concurrency;

    /// <exception cref="AdapterException">The adapter cannot be made.</exception>
    public ICloudAdapter Open() => pools.Open(pool.Id);

    /// <summary>What the adapter offers now; null while it cannot be made.</summary>
    public Announcement? Announce()
    {
        try
        {
            var adapter = Open();
            _trouble = null;
            return new Announcement(adapter.Info, ServiceNames.Of(adapter));
        }
        catch (AdapterException failure)
        {
            if (_trouble != failure.Message)
            {
                _trouble = failure.Message;
                logger.LogError("Pool {Pool} cannot be opened: {Reason}", Id, failure.Message);
            }

            return null;
        }
    }

    /// <summary>Looks once whether the cloud lets the agent in; an adapter learns what its cloud lacks by that.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Open().CheckAsync(cancellationToken);
            logger.LogInformation("The cloud of pool {Pool} answers", Id);
        }
        catch (AdapterException failure)
        {
            logger.LogWarning("The cloud of pool {Pool} does not let the agent in: {Reason}", Id, failure.Message);
        }
    }

    public void Follow(DateTimeOffset now) => businessTime.Follow(now);
}
