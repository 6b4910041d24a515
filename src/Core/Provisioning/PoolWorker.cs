using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;

namespace CloudManager.Core.Provisioning;

/// <summary>
/// Works through the tasks of one pool, as many at once as the pool allows. Each pool has a worker of its own, so that
/// one that is down never delays another. Any number of processes may run workers on the same books.
/// </summary>
public sealed class PoolWorker(Pool pool, ITaskLeases leases, WorkTask work, MachineClock clock, string owner)
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan IdleLook = TimeSpan.FromSeconds(1);
    private readonly Dictionary<Task, LeasedTask> _running = [];

    /// <summary>Called when a task broke with an exception that is no failure of the cloud.</summary>
    public required Action<LeasedTask, Exception> OnBug { get; init; }

    /// <summary>Works until told to stop; what is under way is finished.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await TakeAsync(stop);
            await WaitAsync(IdleLook, stop);
        }

        await Task.WhenAll(_running.Keys)
            .WaitAsync(LeaseTime, clock.Provider, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Works until no task of the pool is due within <paramref name="patience"/>.</summary>
    public async Task DrainAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        while (true)
        {
            await TakeAsync(cancellationToken);
            if (_running.Count > 0)
            {
                await WaitAsync(IdleLook, cancellationToken);
                continue;
            }

            var next = await leases.NextDueAsync(pool.Id, cancellationToken);
            if (next is null || next > clock.Now + patience)
            {
                return;
            }

            await WaitAsync(Soon(next.Value), cancellationToken);
        }
    }

    private async Task TakeAsync(CancellationToken cancellationToken)
    {
        foreach (var ended in _running.Keys.Where(t => t.IsCompleted).ToList())
        {
            if (ended.Exception?.InnerException is { } bug)
            {
                OnBug(_running[ended], bug);
            }

            _running.Remove(ended);
        }

        var lease = new Lease(owner, clock.Now, clock.Now + LeaseTime);
        if (_running.Count > 0)
        {
            await leases.RenewAsync(lease, cancellationToken);
        }

        var room = pool.Limits.Concurrency - _running.Count;
        if (room <= 0)
        {
            return;
        }

        foreach (var leased in await leases.TakeAsync(pool.Id, lease, room, cancellationToken))
        {
            _running.Add(
                Task.Run(() => work.ExecuteAsync(leased, CancellationToken.None), CancellationToken.None),
                leased
            );
        }
    }

    /// <summary>Waits for the first task to end, or for the next one to fall due.</summary>
    private async Task WaitAsync(TimeSpan most, CancellationToken cancellationToken)
    {
        var next = await leases.NextDueAsync(pool.Id, cancellationToken);
        var wait = next is null || _running.Count >= pool.Limits.Concurrency ? most : Soon(next.Value);
        var delay = Task.Delay(wait < most ? wait : most, clock.Provider, cancellationToken);
        await Task.WhenAny([delay, .. _running.Keys]).ConfigureAwait(false);
    }

    private TimeSpan Soon(DateTimeOffset at)
    {
        var wait = at - clock.Now;
        return wait < TimeSpan.FromMilliseconds(5) ? TimeSpan.FromMilliseconds(5) : wait;
    }
}
