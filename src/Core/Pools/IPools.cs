using System.Diagnostics.CodeAnalysis;
using CloudManager.Adapters.Sdk;

namespace CloudManager.Core.Pools;

/// <summary>The declared pools and the adapters that reach them. Implemented by Adapters/Hosting.</summary>
public interface IPools
{
    /// <summary>All declared pools, in the order of adapters.json.</summary>
    IReadOnlyList<Pool> Declared { get; }

    /// <summary>Finds a declared pool.</summary>
    bool TryFind(PoolId id, [NotNullWhen(true)] out Pool? pool);

    /// <summary>
    /// The pool's adapter, wrapped with limits, time-outs, retry of reading calls and metrics. One instance per pool.
    /// </summary>
    /// <exception cref="AdapterException">The adapter could not be made.</exception>
    ICloudAdapter Open(PoolId id);

    /// <summary>What the pool can do, with the reason where it cannot, and its limits.</summary>
    IReadOnlyList<PoolCapability> Capabilities(PoolId id);
}
