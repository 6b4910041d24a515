using CloudManager.Adapters.Sdk;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Adapters.Hosting.Plugins;

/// <summary>
/// Stands between a pool's guard and its plug-in: every call enters the plug-in on a thread that may be lost, is given up
/// when nobody waits for it any more, and is counted if it then does not come back. With too many such calls the pool is
/// closed until it has cooled down, when one call tries, or until a person reopens it.
/// </summary>
internal sealed class PluginWard(PluginThreads threads, WardLimits limits, TimeProvider machineTime)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PoolMalfunction> _broken = [];
    private readonly WardDoor _door = new(limits);

    /// <summary>What is wrong with the plug-in as this pool sees it; null while nothing is.</summary>
    public PoolMalfunction? Malfunction
    {
        get
        {
            lock (_gate)
            {
                return _door.Malfunction ?? _broken.Values.MaxBy(it => it.Since);
            }
        }
    }

    /// <summary>A call into the plug-in.</summary>
    /// <param name="operation">The call's name. Only a find may answer null.</param>
    /// <param name="call">The call; begun on a thread that may be lost.</param>
    /// <param name="cancellationToken">When nobody waits for the answer any more.</param>
    /// <exception cref="PluginFailedException">The plug-in broke the contract.</exception>
    /// <exception cref="AdapterException">What the plug-in answered, or: the pool is closed.</exception>
    public async Task<T> AskAsync<T>(
        string operation,
        Func<CancellationToken, Task<T>> call,
        CancellationToken cancellationToken
    )
    {
        var isTrial = Enter();
        var own = new CancellationTokenSource();
        var work = threads.RunAsync(() => CalledAsync(operation, call, own.Token));
        try
        {
            var answer = await work.WaitAsync(cancellationToken);
            Came(operation);
            return answer;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What a plug-in does when it is cancelled it does on its own threads too.
            threads.Run(() => Cancel(own));
            _ = WatchAsync(operation, work, isTrial);
            throw;
        }
        catch (PluginFailedException failed)
        {
            Broke(operation, failed.Reason);
            throw;
        }
        catch (AdapterException)
        {
            Came(operation);
            throw;
        }
    }

    /// <summary>Work nobody waits for, such as closing what the plug-in has open.</summary>
    public void Post(string operation, Func<Task> work) => threads.Run(() => _ = PostedAsync(operation, work));

    private static void Cancel(CancellationTokenSource own)
    {
        try
        {
            own.Cancel();
        }
        catch (AggregateException)
        {
            // The plug-in's own reaction to being cancelled failed; the call it belongs to tells how it ended.
        }
    }

    private async Task PostedAsync(string operation, Func<Task> work)
    {
        try
        {
            await work();
        }
#pragma warning disable CA1031 // The border of a plug-in.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Note(operation, PluginFailedException.Of(operation, failure).Reason);
        }
    }

    /// <summary>The call as it runs on the plug-in's thread: whatever comes out is the platform's own afterwards.</summary>
    private static async Task<T> CalledAsync<T>(
        string operation,
        Func<CancellationToken, Task<T>> call,
        CancellationToken own
    )
    {
        try
        {
            var answer = await (call(own) ?? throw PluginFailedException.Nothing(operation));
            return answer is null && !operation.StartsWith("find", StringComparison.Ordinal)
                ? throw PluginFailedException.Nothing(operation)
                : answer;
        }
        catch (OperationCanceledException) when (own.IsCancellationRequested)
        {
            throw new OperationCanceledException(own);
        }
#pragma warning disable CA1031 // The border of a plug-in.
        catch (Exception failure) when (failure is not (AdapterException or PluginFailedException))
#pragma warning restore CA1031
        {
            throw PluginFailedException.Of(operation, failure);
        }
    }

    /// <summary>Whether this call is the one that tries whether a closed pool works again.</summary>
    private bool Enter()
    {
        lock (_gate)
        {
            return _door.Enter(machineTime.GetUtcNow());
        }
    }

    private void Came(string operation)
    {
        lock (_gate)
        {
            _door.Came();
            _broken.Remove(operation);
        }
    }

    private void Broke(string operation, Bilingual reason)
    {
        lock (_gate)
        {
            _door.Came();
        }

        Note(operation, reason);
    }

    private void Note(string operation, Bilingual reason)
    {
        lock (_gate)
        {
            _broken[operation] = new PoolMalfunction(
                ($"插件异常：{reason.Zh}", $"the plug-in fails: {reason.En}"),
                machineTime.GetUtcNow()
            );
        }
    }

    /// <summary>Counts a call nobody waits for any more, unless it ends soon.</summary>
    private async Task WatchAsync(string operation, Task work, bool isTrial)
    {
        await ((Task)work.WaitAsync(limits.Grace, machineTime)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (work.IsCompleted)
        {
            Came(operation);
            return;
        }

        lock (_gate)
        {
            _door.GiveUp(operation, isTrial, machineTime.GetUtcNow());
        }

        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            _door.CameBack();
        }
    }
}
