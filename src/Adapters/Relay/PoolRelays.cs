using System.Collections.Concurrent;

namespace CloudManager.Adapters.Relay;

/// <summary>The relays of one platform process, by pool: where its adapters and its endpoints for agents meet.</summary>
public sealed class PoolRelays
{
    private readonly ConcurrentDictionary<string, PoolRelay> _relays = new();

    /// <summary>The relay of a pool that has been opened; null where it is not, or is not reached through agents.</summary>
    public PoolRelay? Find(string pool) => _relays.GetValueOrDefault(pool);

    internal void Put(string pool, PoolRelay relay) => _relays[pool] = relay;

    internal void Remove(string pool, PoolRelay relay) => _relays.TryRemove(KeyValuePair.Create(pool, relay));
}
