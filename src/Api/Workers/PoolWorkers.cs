using System.Globalization;
using CloudManager.Core.Kernel;
using CloudManager.Core.Pools;
using CloudManager.Core.Provisioning;

namespace CloudManager.Api.Workers;

/// <summary>Runs one worker per pool until the host stops; what is under way then is finished first.</summary>
internal sealed class PoolWorkers(
    IPools pools,
    ITaskLeases leases,
    WorkTask work,
    MachineClock clock,
    ILogger<PoolWorkers> logger
) : BackgroundService
{
    private static readonly TimeSpan AfterBug = TimeSpan.FromSeconds(5);

    // A process that comes back is another owner: the leases of the one that died run out.
    private readonly string _owner = string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}"
    );

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(pools.Declared.Select(pool => RunAsync(pool, stoppingToken)));

    private async Task RunAsync(Pool pool, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var worker = new PoolWorker(pool, leases, work, clock, $"{_owner}-{pool.Id}")
            {
                OnBug = (leased, bug) => logger.LogError(bug, "{Task} on {Pool} broke", leased.Task.Id, pool.Id),
            };
            try
            {
                await worker.RunAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The border of a job: a worker that broke starts again, and the bug is logged.
            catch (Exception bug)
#pragma warning restore CA1031
            {
                logger.LogError(bug, "The worker of {Pool} broke and starts again", pool.Id);
                await Task.Delay(AfterBug, clock.Provider, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
