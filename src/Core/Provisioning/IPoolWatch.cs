using CloudManager.Core.Pools;

namespace CloudManager.Core.Provisioning;

/// <summary>Is told where something was worked on, so that the pool is looked at soon. Implemented by Inventory.</summary>
public interface IPoolWatch
{
    /// <summary>A work order of the pool has ended; its transaction may not have committed yet.</summary>
    void OrderEnded(PoolId pool);
}
