using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Provisioning;
using CloudManager.Scheduler;

namespace CloudManager.Api.Workers;

/// <summary>Waits until the pools' workers have done what is due, or due within a lease's time.</summary>
internal sealed class ProvisioningQueue(IPools pools, ITaskLeases leases, MachineClock clock) : IProvisioningQueue
{
    /// <summary>A task under way is due again when its lease ends; one that backs off for longer is not waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (await IsBusyAsync(cancellationToken))
        {
            await Task.Delay(Look, clock.Provider, cancellationToken);
        }
    }

    private async Task<bool> IsBusyAsync(CancellationToken cancellationToken)
    {
        foreach (var pool in pools.Declared)
        {
            if (await leases.NextDueAsync(pool.Id, cancellationToken) is { } next && next <= clock.Now + Patience)
            {
                return true;
            }
        }

        return false;
    }
}
