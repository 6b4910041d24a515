using System.Diagnostics.CodeAnalysis;
using CloudManager.Adapters.Hosting.Guarding;
using CloudManager.Adapters.Hosting.Plugins;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Pools;

namespace CloudManager.Adapters.Hosting;

/// <summary>
/// The declared resource pools (资源池, art. 14–16), each opened when it is first needed and guarded once: limits,
/// time-outs, retry and figures stand here, so that no adapter has its own.
/// </summary>
public sealed class HostedPools : IPools, IPoolReopening, IAsyncDisposable
{
    private readonly Dictionary<PoolId, IHostedPool> _pools;

    /// <param name="pools">The pools of a checked adapters.json.</param>
    /// <param name="factories">The adapters there are.</param>
    /// <param name="context">What pools are opened with.</param>
    public HostedPools(IReadOnlyList<Pool> pools, IEnumerable<IAdapterFactory> factories, HostingContext context)
    {
        Declared = pools;
        var known = factories.ToDictionary(factory => factory.Kind);
        var metrics = new AdapterMetrics(context.Metrics);
        _pools = pools.ToDictionary(
            pool => pool.Id,
            pool => Hosted(pool, known.GetValueOrDefault(pool.Adapter), context, metrics)
        );
    }

    /// <inheritdoc/>
    public IReadOnlyList<Pool> Declared { get; }

    /// <inheritdoc/>
    public bool TryFind(PoolId id, [NotNullWhen(true)] out Pool? pool)
    {
        pool = _pools.GetValueOrDefault(id)?.Declared;
        return pool is not null;
    }

    /// <inheritdoc/>
    public ICloudAdapter Open(PoolId id) => Find(id).Open();

    /// <inheritdoc/>
    public IReadOnlyList<PoolCapability> Capabilities(PoolId id)
    {
        var pool = Find(id);
        try
        {
            return PoolCapabilities.Of(pool.Open());
        }
        catch (AdapterException failure)
        {
            return pool.Malfunction is { } malfunction
                ? PoolCapabilities.OfMalfunctioning(malfunction.Reason)
                : PoolCapabilities.OfUnopened(failure.Message);
        }
    }

    /// <inheritdoc/>
    public PoolMalfunction? Malfunction(PoolId id) => Find(id).Malfunction;

    /// <inheritdoc/>
    public void Reopen(PoolId id) => Find(id).Reopen();

    /// <summary>Closes every adapter that was opened.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools.Values)
        {
            await pool.DisposeAsync();
        }
    }

    private static IHostedPool Hosted(
        Pool pool,
        IAdapterFactory? factory,
        HostingContext context,
        AdapterMetrics metrics
    ) =>
        factory is Plugin plugin
            ? new PluginPool(pool, plugin, context, metrics)
            : new HostedPool(pool, factory, context, metrics);

    private IHostedPool Find(PoolId id) =>
        _pools.GetValueOrDefault(id)
        ?? throw new AdapterException(FailureKind.NotFound, $"There is no pool '{id}' in adapters.json.");
}
