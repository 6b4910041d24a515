using System.Collections.Concurrent;
using CloudManager.Core.Pools;
using CloudManager.Core.Provisioning;

namespace CloudManager.Core.Inventory;

/// <summary>
/// Remembers where a work order ended until the pool is looked at; however many ended meanwhile, it is looked at once.
/// </summary>
public sealed class PoolWatch : IPoolWatch, IDisposable
{
    private readonly ConcurrentDictionary<PoolId, bool> _worked = [];
    private readonly SemaphoreSlim _signal = new(0, 1);

    public void OrderEnded(PoolId pool)
    {
        if (_worked.TryAdd(pool, true) && _signal.CurrentCount == 0)
        {
            try
            {
                _signal.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another order ended at the same moment and gave the signal.
                return;
            }
        }
    }

    /// <summary>Waits until a work order has ended somewhere, at most so long; false if none has.</summary>
    public Task<bool> WaitAsync(TimeSpan most, CancellationToken cancellationToken) =>
        _signal.WaitAsync(most, cancellationToken);

    /// <summary>The pools to look at, which are then forgotten.</summary>
    public IReadOnlyList<PoolId> Take() => [.. _worked.Keys.Where(pool => _worked.TryRemove(pool, out _))];

    public void Dispose() => _signal.Dispose();
}
