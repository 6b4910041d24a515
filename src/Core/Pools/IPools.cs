using System.Diagnostics.CodeAnalysis;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;

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

    /// <summary>What is wrong with the pool's adapter itself, apart from its cloud; null while nothing is.</summary>
    PoolMalfunction? Malfunction(PoolId id) => null;
}

/// <summary>Opening pools anew. Implemented by Adapters/Hosting.</summary>
public interface IPoolReopening
{
    /// <summary>Makes the pool's adapter anew on a person's word, and lets calls in again where none were.</summary>
    void Reopen(PoolId id);
}

/// <summary>Why a pool is malfunctioning (资源池故障): its adapter, a plug-in, cannot be loaded, fails or hangs.</summary>
/// <param name="Reason">Why, in words an operator can act on.</param>
/// <param name="Since">When it was seen last, machine time.</param>
public sealed record PoolMalfunction(Bilingual Reason, DateTimeOffset Since);
