using System.Diagnostics.CodeAnalysis;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Pools;

namespace CloudManager.Journey.Tests.Support;

/// <summary>The hosted pools, some of them regarded as of another kind from a point of the story on.</summary>
internal sealed class RegardedPools(IPools hosted) : IPools
{
    private readonly Dictionary<PoolId, PoolKind> _kinds = [];

    public IReadOnlyList<Pool> Declared => [.. hosted.Declared.Select(Regarded)];

    public void Regard(PoolId id, PoolKind kind) => _kinds[id] = kind;

    public bool TryFind(PoolId id, [NotNullWhen(true)] out Pool? pool)
    {
        pool = hosted.TryFind(id, out var found) ? Regarded(found) : null;
        return pool is not null;
    }

    public ICloudAdapter Open(PoolId id) => hosted.Open(id);

    public IReadOnlyList<PoolCapability> Capabilities(PoolId id) => hosted.Capabilities(id);

    private Pool Regarded(Pool pool) => _kinds.TryGetValue(pool.Id, out var kind) ? pool with { Kind = kind } : pool;
}
