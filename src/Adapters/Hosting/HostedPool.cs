using CloudManager.Adapters.Hosting.Guarding;
using CloudManager.Adapters.Hosting.Secrets;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Pools;
using Microsoft.Extensions.Logging;

namespace CloudManager.Adapters.Hosting;

/// <summary>A declared pool and what reaches it.</summary>
internal interface IHostedPool : IAsyncDisposable
{
    Pool Declared { get; }

    /// <summary>What is wrong with the adapter itself; null while nothing is.</summary>
    PoolMalfunction? Malfunction { get; }

    /// <exception cref="AdapterException">The adapter could not be made.</exception>
    ICloudAdapter Open();

    /// <summary>Makes the adapter anew where that can help.</summary>
    void Reopen();
}

/// <summary>One declared pool and its built-in adapter, once it was opened. A failure to open is not kept: the next call tries again.</summary>
internal sealed class HostedPool(
    Pool declared,
    IAdapterFactory? factory,
    HostingContext context,
    AdapterMetrics metrics
) : IHostedPool
{
    private readonly Lock _gate = new();
    private readonly ILogger _logger = context.Loggers.CreateLogger<HostedPools>();
    private GuardedAdapter? _adapter;
    private bool _disposed;

    public Pool Declared => declared;

    public PoolMalfunction? Malfunction => null;

    public ICloudAdapter Open()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _adapter ??= Make();
        }
    }

    public void Reopen()
    {
        // A built-in adapter is trusted to be well: what fails is its cloud, which is asked anew by each call.
    }

    public async ValueTask DisposeAsync()
    {
        GuardedAdapter? adapter;
        lock (_gate)
        {
            (adapter, _adapter, _disposed) = (_adapter, null, true);
        }

        if (adapter is not null)
        {
            await adapter.DisposeAsync();
        }
    }

    private GuardedAdapter Make()
    {
        if (factory is null)
        {
            throw new AdapterException(FailureKind.Unsupported, $"There is no adapter '{declared.Adapter}'.");
        }

        var adapterContext = new AdapterContext(
            declared.Id.Value,
            SecretSettings.Resolved(declared.Settings),
            context.BaseDirectory,
            context.BusinessTime,
            context.MachineClock.Provider
        );
        var guard = new CallGuard(declared, context.MachineClock.Provider, metrics, _logger);
        try
        {
            return new GuardedAdapter(factory.Create(adapterContext), guard);
        }
#pragma warning disable CA1031 // Whatever a factory throws becomes the contract's exception.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            guard.Dispose();
            throw guard.Failures.Translate("open", failure, CancellationToken.None);
        }
    }
}
