using CloudManager.Adapters.Hosting.Guarding;
using CloudManager.Adapters.Hosting.Secrets;
using CloudManager.Adapters.Sdk;
using CloudManager.Core.Pools;
using Microsoft.Extensions.Logging;

namespace CloudManager.Adapters.Hosting.Plugins;

/// <summary>
/// A pool whose adapter comes from a plug-in. It is opened beside whoever needs it first: a plug-in that hangs while its
/// adapter is made holds nobody for long.
/// </summary>
internal sealed class PluginPool(Pool declared, Plugin plugin, HostingContext context, AdapterMetrics metrics)
    : IHostedPool
{
    private readonly TimeProvider _machineTime = context.MachineClock.Provider;
    private readonly DateTimeOffset _since = context.MachineClock.Now;
    private readonly ILogger _logger = context.Loggers.CreateLogger<HostedPools>();
    private readonly Lock _gate = new();
    private PluginWard _ward = new(plugin.Threads, context.Ward, context.MachineClock.Provider);
    private Task<GuardedAdapter>? _opening;
    private bool _disposed;

    public Pool Declared => declared;

    public PoolMalfunction? Malfunction
    {
        get
        {
            var lasting = plugin.WhyNot(declared.Id.Value) is { } refusal
                ? ($"插件未能加载：{refusal.Zh}", $"the plug-in is not loaded: {refusal.En}")
                : default((string, string)?);
            return lasting is { } why ? new PoolMalfunction(why, _since)
                : _ward.Malfunction is { } now ? now
                : plugin.Crash is { } crash ? new PoolMalfunction(crash, _since)
                : null;
        }
    }

    public ICloudAdapter Open()
    {
        if (plugin.WhyNot(declared.Id.Value) is not null)
        {
            throw PluginClosed.Because(Malfunction!.Reason, TimeSpan.FromMinutes(1));
        }

        Task<GuardedAdapter> opening;
        bool isFirst;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            isFirst = _opening is null || _opening.IsFaulted;
            opening = isFirst ? (_opening = MakeAsync(_ward)) : _opening!;
        }

        if (!opening.IsCompleted && !(isFirst && IsSoonDone(opening)))
        {
            throw PluginClosed.Because(
                ("插件正在打开资源池", "the plug-in is still opening the pool"),
                context.Ward.OpenPatience
            );
        }

        return opening.GetAwaiter().GetResult();
    }

    /// <summary>A plug-in's code stays loaded; its adapter is made anew, and what hung is forgotten.</summary>
    public void Reopen()
    {
        Task<GuardedAdapter>? former;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            (former, _opening) = (_opening, null);
            _ward = new PluginWard(plugin.Threads, context.Ward, _machineTime);
        }

        plugin.ForgetCrash();
        _ = CloseAsync(former);
    }

    public async ValueTask DisposeAsync()
    {
        Task<GuardedAdapter>? opening;
        lock (_gate)
        {
            (opening, _opening, _disposed) = (_opening, null, true);
        }

        await CloseAsync(opening);
    }

    /// <summary>Opening is asked for where nobody can await it: the first to ask waits a little, on his own thread.</summary>
    private bool IsSoonDone(Task opening) => Task.WaitAny([opening], context.Ward.OpenPatience) == 0;

    private static async Task CloseAsync(Task<GuardedAdapter>? opening)
    {
        if (opening is null)
        {
            return;
        }

        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully)
        {
            await (await opening).DisposeAsync();
        }
    }

    private async Task<GuardedAdapter> MakeAsync(PluginWard ward)
    {
        var guard = new CallGuard(declared, _machineTime, metrics, _logger, ward);
        using var patience = new CancellationTokenSource(context.Ward.LoadTime, _machineTime);
        try
        {
            var adapter = await ward.AskAsync("open", token => Task.FromResult(Make(ward, token)), patience.Token);
            return new GuardedAdapter(adapter, guard);
        }
#pragma warning disable CA1031 // Whatever a factory throws becomes the contract's exception.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            guard.Dispose();
            throw failure is OperationCanceledException
                ? Late()
                : guard.Failures.Translate("open", failure, CancellationToken.None);
        }
    }

    private AdapterException Late() =>
        new(
            FailureKind.Unavailable,
            $"the plug-in did not make its adapter within {context.Ward.LoadTime.TotalSeconds:0.#} s"
        );

    private PluginAdapter Make(PluginWard ward, CancellationToken cancellationToken)
    {
        var adapterContext = new AdapterContext(
            declared.Id.Value,
            SecretSettings.Resolved(declared.Settings),
            context.BaseDirectory,
            context.BusinessTime,
            _machineTime
        );
        var real = plugin.Create(adapterContext) ?? throw PluginFailedException.Nothing("Create");
        if (cancellationToken.IsCancellationRequested)
        {
            // Nobody waits for it any more: another is made when one is needed.
            ward.Post("dispose", () => real.DisposeAsync().AsTask());
        }

        return new PluginAdapter(real, ward, _machineTime);
    }
}
